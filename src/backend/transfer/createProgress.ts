/** Progress of an import or an export. */
export interface TransferProgress {
  phase: 'reading' | 'threads';
  /** Number of threads that are done, and of all threads. Undefined while the folder is read. */
  threads: { done: number; total: number } | undefined;
  /** Part of the work that is done, from 0 to 1. */
  share: number;
  /** Estimated time left in milliseconds. Undefined until there is something to estimate from. */
  remainingMs: number | undefined;
}

/** Options for `createProgress`. */
export interface ProgressOptions {
  onProgress?: (progress: TransferProgress) => void;
  now?: () => number;
}

/**
 * Creates a counter of work that reports after each step.
 *
 * @param expected All work, in any unit
 */
export function createProgress({ onProgress, now = Date.now }: ProgressOptions, expected: number) {
  const startedAt = now();
  let total = expected;
  let done = 0;
  return {
    /** Sets the work that is left, when it is known better. */
    setRemaining(work: number): void {
      total = done + work;
    },

    add(
      phase: TransferProgress['phase'],
      work: number,
      threads?: { done: number; total: number },
    ): void {
      done += work;
      const share = total === 0 ? 1 : Math.min(1, done / total);
      const elapsedMs = now() - startedAt;
      const remainingMs = share === 0 ? undefined : Math.round((elapsedMs * (1 - share)) / share);
      onProgress?.({ phase, threads, share, remainingMs });
    },
  };
}
