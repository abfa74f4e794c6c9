/** Resolves in a later task, so that long work in slices does not block other requests and events. */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** Time of one slice of work. */
const SLICE_MS = 20;

/**
 * Returns a function to await in each iteration of a long loop. It yields to the event loop when 20 ms have passed
 * since it last did, and resolves immediately otherwise.
 *
 * @param now Returns the time in milliseconds. @default performance.now
 */
export function createYielder(now: () => number = () => performance.now()): () => Promise<void> {
  let sliceEnd = now() + SLICE_MS;
  return async () => {
    if (now() < sliceEnd) return;
    await yieldToEventLoop();
    sliceEnd = now() + SLICE_MS;
  };
}
