/** Time for jobs in one slice. The rest of the frame is left to the page. */
const SLICE_MS = 10;
/** Sum of the sizes of the jobs in one slice: what the browser can lay out within a frame. */
const SLICE_SIZE = 2_000;

const jobs = new Map<() => void, number>();
let isRunning = false;

/**
 * Runs a short job in a later task. Jobs run in the order in which they were scheduled, as many per frame as fit into a few
 * milliseconds.
 *
 * @param size Size of the change to the page: about the number of UTF-16 units or elements.
 * @returns Function that cancels the job, unless it has run.
 */
export function scheduleJob(job: () => void, size: number): () => void {
  jobs.set(job, size);
  if (!isRunning) {
    isRunning = true;
    setTimeout(runSlice);
  }
  return () => {
    jobs.delete(job);
  };
}

function runSlice(): void {
  const end = performance.now() + SLICE_MS;
  let remainingSize = SLICE_SIZE;
  for (const [job, size] of jobs) {
    if (performance.now() >= end || remainingSize <= 0) {
      // After the frame, not before it: the browser would lay out the changes of several slices in one task.
      requestAnimationFrame(() => setTimeout(runSlice));
      return;
    }
    remainingSize -= size;
    jobs.delete(job);
    job();
  }
  isRunning = false;
}
