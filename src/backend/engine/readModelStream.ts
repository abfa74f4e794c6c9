/** A run was stopped while it was worked on. Not an error of the run: whoever stopped it ends it. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/**
 * Takes what a source gives, one after another, until it ends. An abort ends the wait at once, even for a source that
 * heeds no signal. @throws Stopped when aborted, and whatever the source or `take` throws
 */
export async function readModelStream<T>(
  source: AsyncIterable<T>,
  signal: AbortSignal,
  take: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = source[Symbol.asyncIterator]();
  // One listener for all items: racing each against one lasting promise would pile up a reaction an item.
  let stop: (() => void) | undefined;
  const onAbort = () => stop?.();
  signal.addEventListener('abort', onAbort);
  try {
    while (true) {
      if (signal.aborted) throw new Stopped();
      const next = await new Promise<IteratorResult<T>>((resolve, reject) => {
        stop = () => reject(new Stopped());
        iterator.next().then(resolve, reject);
      });
      if (signal.aborted) throw new Stopped();
      if (next.done) return;
      await take(next.value);
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    // Not awaited: a source that waits for something else would keep the run waiting. What it throws on its way out
    // comes too late to matter.
    iterator.return?.().catch(() => undefined);
  }
}
