/** Thrown when a run is stopped. Not a failure of the run: the code that stopped it settles it. */
export class RunStoppedError extends Error {
  override readonly name = 'RunStoppedError';
}

/**
 * Passes the items of a source to `take`, one after another, until it ends. An abort ends the wait immediately, even if the
 * source ignores the signal.
 *
 * @throws RunStoppedError if aborted, and errors of the source and of `take`
 */
export async function readModelStream<T>(
  source: AsyncIterable<T>,
  signal: AbortSignal,
  take: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = source[Symbol.asyncIterator]();
  // One listener for all items. Racing each item against one long-lived promise would leak a reaction per item.
  let stop: (() => void) | undefined;
  const onAbort = () => stop?.();
  signal.addEventListener('abort', onAbort);
  try {
    while (true) {
      if (signal.aborted) throw new RunStoppedError();
      const next = await new Promise<IteratorResult<T>>((resolve, reject) => {
        stop = () => reject(new RunStoppedError());
        iterator.next().then(resolve, reject);
      });
      if (signal.aborted) throw new RunStoppedError();
      if (next.done) return;
      await take(next.value);
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    // Not awaited, because a blocked source would block the run. Its errors no longer matter.
    iterator.return?.().catch(() => undefined);
  }
}
