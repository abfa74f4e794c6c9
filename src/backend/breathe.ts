/** Resolves once others have had their turn: what takes long does so in slices, and nobody waits for all of them. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
