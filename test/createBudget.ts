import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { numRuns } from './budget.js';

/**
 * Returns the parameters of a fuzzer that keeps the failures it has found: they are the first cases of each run. A new failure is
 * added to `test/corpus/<name>.json`; commit it together with the fix.
 *
 * @param full Number of cases in `npm run test:slow`.
 * @param small Number of cases in `npm test`.
 */
export function createBudget<Case extends unknown[]>(
  name: string,
  full: number,
  small: number,
): fc.Parameters<Case> {
  const file = join(import.meta.dirname, 'corpus', `${name}.json`);
  // The file contains cases that this function has written.
  const corpus = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Case[]) : [];
  return {
    numRuns: numRuns(full, small) + corpus.length,
    examples: corpus,
    reporter(details) {
      if (!details.failed) return;
      const { counterexample } = details;
      const known = new Set(corpus.map((entry) => JSON.stringify(entry)));
      const text = JSON.stringify(counterexample);
      if (!known.has(text)) {
        corpus.push(JSON.parse(text) as Case);
        writeFileSync(file, `${JSON.stringify(corpus, null, 2)}\n`);
      }
      throw new Error(fc.defaultReportMessage(details), { cause: details.errorInstance });
    },
  };
}
