import { createContext, useContext, type ReactNode, type RefObject } from 'react';
import type { ComposerDraft } from './useDraft.js';

/** Values that `ComposerForm` provides to the parts inside it. */
export interface ComposerContextValue {
  draft: ComposerDraft;
  /** Code points over the limit, or 0. */
  excessLength: number;
  /** Code points up to the limit. Negative over the limit. */
  remainingLength: number;
  /** In code points. */
  maxLength: number;
  canSend: boolean;
  /** True while an answer is in progress. */
  isRunning: boolean;
  isDisabled: boolean;
  /** Ref of the text field. */
  input: RefObject<HTMLTextAreaElement | null>;
  /** Id of the text field. */
  inputId: string;
  /** Id of the hint, which describes the text field. */
  hintId: string;
  /** Sends the draft if `canSend` is true, and moves the focus to the text field. */
  submit: () => void;
  /** Stops the answer. Undefined if the composer has no `onStop`. */
  stop: (() => void) | undefined;
  /** Attaches files. Undefined if the composer has no `onAttach`. */
  attach: ((files: File[]) => void) | undefined;
  /** Chips of the files to send. Undefined without files. */
  attachments: ReactNode;
}

/** Provides the state of `ComposerForm`. Undefined outside of it. */
export const ComposerContext = createContext<ComposerContextValue | undefined>(undefined);

/**
 * Returns the state of the surrounding composer, for custom parts.
 *
 * @throws Error outside `ComposerForm`
 */
export function useComposer(): ComposerContextValue {
  const context = useContext(ComposerContext);
  if (context === undefined)
    throw new Error(
      'useComposer must be used inside <ComposerForm>. Wrap the part in <ComposerForm onSend={...}>.',
    );
  return context;
}
