/** Returns true if the page is hidden, for example in a background tab. Returns false without a document. */
export function isHidden(): boolean {
  return globalThis.document?.visibilityState === 'hidden';
}
