'use client';
import { useId, useState, type RefObject } from 'react';
import { focusById } from '../../../common/treeRoot.js';
import { toAssistantsError, type AssistantsError } from '../../../client/AssistantsError.js';
import { useThreadConversation } from '../ThreadContext.js';

/** Result of `useMessageChange`. */
export interface MessageChange {
  isEditing: boolean;
  /** Id of the edit button, which receives the focus when the editor closes. */
  editButtonId: string;
  toggleEditor: () => void;
  /** Closes the editor and returns the focus to the edit button. */
  closeEditor: () => void;
  /** Call when the edited message is sent: closes the editor, and leaves the focus where it is. */
  finishEditing: () => void;
  /** Requests another answer. */
  regenerate: () => void;
  /** Error of the last change. */
  error: AssistantsError | undefined;
  setError: (error: AssistantsError | undefined) => void;
}

/** Holds the state of changes to a message of a thread: editing a message of the user, regenerating an answer. */
export function useMessageChange(message: RefObject<HTMLElement | null>): MessageChange {
  const conversation = useThreadConversation();
  const editButtonId = useId();
  const [isEditing, setIsEditing] = useState(false);
  const [error, setError] = useState<AssistantsError>();
  const closeEditor = (): void => {
    setIsEditing(false);
    setError(undefined);
    focusById(message.current, editButtonId);
  };
  return {
    isEditing,
    editButtonId,
    toggleEditor() {
      if (isEditing) closeEditor();
      else setIsEditing(true);
    },
    closeEditor,
    finishEditing: () => setIsEditing(false),
    regenerate() {
      setError(undefined);
      conversation.regenerate().catch((reason: unknown) => setError(toAssistantsError(reason)));
    },
    error,
    setError,
  };
}
