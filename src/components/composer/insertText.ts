/**
 * Inserts a text into a text field as if the user had typed it: the component that holds the value receives an event, and the
 * cursor is at the end of the text.
 *
 * @param start Place of the text. @default the start of the selection
 * @param end End of what the text replaces. @default the end of the selection, or `start`
 */
export function insertText(
  field: HTMLTextAreaElement,
  text: string,
  start?: number,
  end?: number,
): void {
  const from = start ?? field.selectionStart;
  field.setRangeText(text, from, end ?? start ?? field.selectionEnd, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
