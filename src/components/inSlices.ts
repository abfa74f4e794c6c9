/** A task of ours takes about this long, in milliseconds, and leaves the rest of a frame to others. */
const SLICE_MS = 10;
/** What one task may bring to the page, which has to lay it out: text of about so many UTF-16 units. */
const SLICE_SIZE = 2_000;

const waiting = new Map<() => void, number>();
let isAwake = false;

/**
 * Runs a small job once the page has time: jobs follow one another in the order they came, and as many share a task as fit
 * into a few milliseconds. Answers how to take the job back.
 * @param size Of the text that it makes something of.
 */
export function inSlices(job: () => void, size: number): () => void {
  waiting.set(job, size);
  if (!isAwake) {
    isAwake = true;
    setTimeout(runSlice);
  }
  return () => void waiting.delete(job);
}

function runSlice(): void {
  const end = performance.now() + SLICE_MS;
  let room = SLICE_SIZE;
  for (const [job, size] of waiting) {
    if (performance.now() >= end || room <= 0) {
      setTimeout(runSlice);
      return;
    }
    room -= size;
    waiting.delete(job);
    job();
  }
  isAwake = false;
}
