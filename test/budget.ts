import { env } from 'node:process';

/**
 * Returns the number of runs of a property test: the full budget in `npm run test:slow`, which sets FULL_BUDGET=1, and the
 * small one in `npm test`.
 */
export function numRuns(full: number, small: number): number {
  return env['FULL_BUDGET'] === '1' ? full : small;
}
