/**
 * Settles like `work`, or rejects with the reason of the signal as soon as it aborts. `work` is not called if the signal is
 * aborted already. A custom `fetch` may ignore its signal, so passing the signal on is not enough.
 */
export async function raceWithAbort<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
