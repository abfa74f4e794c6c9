/** A task of ours takes about this long, in milliseconds, and leaves the rest of a frame to others. */
const SLICE = 10;

const waiting = new Set<() => void>();
let isAwake = false;

/**
 * Runs a small job once the page has time: jobs follow one another in the order they came, and as many share a task as fit
 * into a few milliseconds. Answers how to take the job back.
 */
export function inSlices(job: () => void): () => void {
  waiting.add(job);
  if (!isAwake) {
    isAwake = true;
    setTimeout(runSlice);
  }
  return () => void waiting.delete(job);
}

function runSlice(): void {
  const end = performance.now() + SLICE;
  for (const job of waiting) {
    if (performance.now() >= end) {
      setTimeout(runSlice);
      return;
    }
    waiting.delete(job);
    job();
  }
  isAwake = false;
}
