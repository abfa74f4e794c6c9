import { containsFocus, isFocusNowhere } from '../../common/treeRoot.js';

const FIELD = 'textarea, select, input:not([type="radio"])';

/** Moves the focus to the first field of a form once it is rendered, unless the user moves it elsewhere before. */
export function focusFirstField(form: HTMLFormElement): void {
  const observer = new MutationObserver(() => {
    // Some browsers do not focus a button that is clicked.
    const isExpected = containsFocus(form) || isFocusNowhere(form);
    const field = form.querySelector<HTMLElement>(FIELD);
    if (isExpected && !field && form.isConnected) return;
    observer.disconnect();
    if (isExpected) field?.focus();
  });
  observer.observe(form, { childList: true, subtree: true });
}
