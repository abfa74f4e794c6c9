/**
 * Returns the `dir` attribute of a text field: the direction of its text. An empty field has the direction of the page, because
 * `auto` would make it left-to-right.
 */
export function getDirection(text: string): 'auto' | undefined {
  return text === '' ? undefined : 'auto';
}
