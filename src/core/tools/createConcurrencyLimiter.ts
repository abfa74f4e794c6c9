import type { FunctionTool } from './FunctionTool.js';

/** Limits how many handlers run at the same time: overall, and of each tool. */
export interface ConcurrencyLimiter {
  /** Runs the task when a slot is free. Skips it if the signal has aborted by then. */
  run: (
    tool: Pick<FunctionTool, 'name' | 'concurrency'>,
    signal: AbortSignal,
    task: () => Promise<void>,
  ) => Promise<void>;
}

/** Creates a limiter. Reads the overall limit before each start, so it may change. */
export function createConcurrencyLimiter(getLimit: () => number): ConcurrencyLimiter {
  /** Names of the tools of the running tasks. */
  const running: string[] = [];
  let waiting: (() => void)[] = [];

  const hasSlot = ({ name, concurrency }: Pick<FunctionTool, 'name' | 'concurrency'>): boolean =>
    running.length < getLimit() && running.filter((other) => other === name).length < concurrency;

  const wakeAll = (): void => {
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  };

  return {
    async run(tool, signal, task) {
      while (!hasSlot(tool)) await new Promise<void>((resolve) => waiting.push(resolve));
      if (signal.aborted) return;
      running.push(tool.name);
      try {
        await task();
      } finally {
        running.splice(running.indexOf(tool.name), 1);
        wakeAll();
      }
    },
  };
}
