import type { Tool } from './defineTool.js';

/** Lets so many handlers run at the same time, of all tools and of each; the others wait in line. */
export function createSlots(limit: () => number) {
  const running: string[] = [];
  let queue: (() => void)[] = [];
  return {
    /** Does the work when its turn comes, unless the signal is aborted by then. */
    async take(
      { name, concurrency }: Tool,
      signal: AbortSignal,
      work: () => Promise<void>,
    ): Promise<void> {
      while (
        running.length >= limit() ||
        running.filter((other) => other === name).length >= concurrency
      ) {
        await new Promise<void>((resolve) => queue.push(resolve));
      }
      if (signal.aborted) return;
      running.push(name);
      try {
        await work();
      } finally {
        running.splice(running.indexOf(name), 1);
        const waiting = queue;
        queue = [];
        for (const go of waiting) go();
      }
    },
  };
}
