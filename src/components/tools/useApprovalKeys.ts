import { useRef, type FocusEvent, type KeyboardEvent } from 'react';
import { isElement } from '../../common/isElement.js';
import { submitOnCtrlEnter } from './submitOnCtrlEnter.js';

/** A key press in the first half second may be meant for the element that had the focus before. */
const FOCUS_DELAY_MS = 500;

/** Event handlers of a form that asks for an approval. */
export interface ApprovalKeys {
  onFocus: (event: FocusEvent<HTMLFormElement>) => void;
  onKeyDown: (event: KeyboardEvent<HTMLFormElement>) => void;
}

/**
 * Returns handlers with which Enter approves and Escape denies a call, while the form itself has the focus. Escape also denies it
 * from one of the buttons. Ignores keys that may not be meant for the form: those right after it has received the focus, those
 * that are held down, and those after other keys, with which the user may be writing a message.
 */
export function useApprovalKeys({ onDeny }: { onDeny: () => void }): ApprovalKeys {
  const focusedAt = useRef(0);
  const isTyping = useRef(false);
  return {
    onFocus({ target, currentTarget }) {
      if (target !== currentTarget) return;
      focusedAt.current = Date.now();
      isTyping.current = false;
    },
    onKeyDown(event) {
      submitOnCtrlEnter(event);
      const { key, target, currentTarget: form } = event;
      const isForm = target === form;
      if (isForm && key.length === 1) isTyping.current = true;
      const isMeant = !isTyping.current && Date.now() - focusedAt.current >= FOCUS_DELAY_MS;
      if (!isPlainPress(event) || (isForm && !isMeant)) return;
      const isButton = isElement(target) && target.matches('button');
      if (key === 'Enter' && isForm) {
        event.preventDefault();
        form.requestSubmit();
      } else if (key === 'Escape' && (isForm || isButton)) {
        event.preventDefault();
        event.stopPropagation();
        onDeny();
      }
    },
  };
}

/** Returns true for a key that is pressed alone, and that nothing else has handled. */
function isPlainPress(event: KeyboardEvent): boolean {
  const { ctrlKey, metaKey, altKey, shiftKey, repeat, defaultPrevented, nativeEvent } = event;
  const hasModifier = ctrlKey || metaKey || altKey || shiftKey;
  return !hasModifier && !repeat && !defaultPrevented && !nativeEvent.isComposing;
}
