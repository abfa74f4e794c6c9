/** Tells if the page is hidden, for example in a background tab. False where there is no document. */
export function isHidden(): boolean {
  return globalThis.document?.visibilityState === 'hidden';
}
