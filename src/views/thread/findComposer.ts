/** Returns the text field of the thread that contains an element. */
export function findComposer(element: Element | null | undefined): HTMLTextAreaElement | undefined {
  const thread = element?.closest('[data-part="thread"]');
  return (
    thread?.querySelector<HTMLTextAreaElement>('textarea[data-part="composer-input"]') ?? undefined
  );
}
