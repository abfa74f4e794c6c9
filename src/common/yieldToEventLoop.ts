/** Resolves once others have had their turn: what takes long does so in slices, and nobody waits for all of them. */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** How long others wait at most, about, in milliseconds. */
const SLICE_MS = 20;

/** For long loops: awaited in each turn, it breathes whenever a slice of time is used up, and costs nothing else. */
export function createYielder(): () => Promise<void> {
  let end = performance.now() + SLICE_MS;
  return async () => {
    if (performance.now() < end) return;
    await yieldToEventLoop();
    end = performance.now() + SLICE_MS;
  };
}
