/** Signal that aborts when one of two others does. */
export interface JoinedSignal {
  signal: AbortSignal;
  /** Removes the listeners from the others. Call it when the signal is no longer needed. */
  dispose: () => void;
}

/**
 * Returns a function that joins a signal with a common one, such as that of the shutdown of a server. Not AbortSignal.any, which
 * keeps every result as long as the common signal lives. The common signal has one listener for all, because Node warns of a
 * leak when a signal has more than ten.
 */
export function createSignalJoin(common: AbortSignal): (other: AbortSignal) => JoinedSignal {
  const onCommonAbort = new Set<() => void>();
  common.addEventListener('abort', () => {
    for (const callback of onCommonAbort) callback();
  });
  return (other) => {
    const controller = new AbortController();
    const abortLikeCommon = () => controller.abort(common.reason);
    const abortLikeOther = () => controller.abort(other.reason);
    if (common.aborted) abortLikeCommon();
    else if (other.aborted) abortLikeOther();
    onCommonAbort.add(abortLikeCommon);
    other.addEventListener('abort', abortLikeOther);
    return {
      signal: controller.signal,
      dispose() {
        onCommonAbort.delete(abortLikeCommon);
        other.removeEventListener('abort', abortLikeOther);
      },
    };
  };
}
