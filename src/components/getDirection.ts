/** `dir` of a field: from what is written in it, and that of the page while it is empty, which `auto` takes for left to right. */
export function getDirection(text: string): 'auto' | undefined {
  return text === '' ? undefined : 'auto';
}
