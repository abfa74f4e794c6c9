import { Session } from 'node:inspector';

interface Coverage {
  result: { functions: { ranges: { count: number }[] }[] }[];
}

/** Counts the calls of all functions, as a measure of work that does not depend on the speed of the machine. */
export function createCallCounter(): { count: (callback: () => void) => number; stop: () => void } {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  /** Returns the number of calls since the last time. */
  const take = (): number => {
    let calls = 0;
    session.post('Profiler.takePreciseCoverage', (error, coverage) => {
      if (error) throw error;
      calls = sumCalls(coverage);
    });
    return calls;
  };
  return {
    count(callback) {
      take();
      callback();
      return take();
    },
    stop: () => session.disconnect(),
  };
}

function sumCalls({ result }: Coverage): number {
  return result
    .flatMap(({ functions }) => functions)
    .flatMap(({ ranges }) => ranges)
    .reduce((sum, { count }) => sum + count, 0);
}
