/** A task of ours takes about this long, in milliseconds, and leaves the rest of a frame to others. */
const SLICE_MS = 10;
/** What the page is given to lay out in a frame: about so many UTF-16 units of text, or elements. */
const FRAME_SIZE = 2_000;

const waiting = new Map<() => void, number>();
let isAwake = false;

/**
 * Runs a small job once the page has time: jobs follow one another in the order they came, and as many share a frame as fit
 * into a few milliseconds. Answers how to take the job back.
 * @param size Of what it brings to the page.
 */
export function scheduleJob(job: () => void, size: number): () => void {
  waiting.set(job, size);
  if (!isAwake) {
    isAwake = true;
    setTimeout(runSlice);
  }
  return () => void waiting.delete(job);
}

function runSlice(): void {
  const end = performance.now() + SLICE_MS;
  let room = FRAME_SIZE;
  for (const [job, size] of waiting) {
    if (performance.now() >= end || room <= 0) {
      // Behind the frame: what several slices bring before it would be laid out in one task.
      requestAnimationFrame(() => setTimeout(runSlice));
      return;
    }
    room -= size;
    waiting.delete(job);
    job();
  }
  isAwake = false;
}
