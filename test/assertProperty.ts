import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { numRuns } from './budget.js';

/** Budget of a fuzzer. */
interface FuzzBudget {
  /** Name of its corpus. */
  name: string;
  /** Number of cases in `npm run test:slow`. */
  full: number;
  /** Number of cases in `npm test`. */
  small: number;
}

/** Property of fast-check whose cases can be written as JSON. */
interface Property<Case> {
  run(value: Case): unknown;
}

/**
 * Runs a fuzzer that keeps the failures it has found: they are the first cases of each run. A new failure is added to
 * `test/corpus/<name>.json`; commit it together with the fix. The message of a failure begins with the error of the
 * first case that failed, because the smaller cases that follow may fail for other reasons.
 */
export async function assertProperty<Case extends unknown[]>(
  property: fc.IAsyncProperty<Case> | fc.IProperty<Case>,
  { name, full, small }: FuzzBudget,
): Promise<void> {
  const file = join(import.meta.dirname, 'corpus', `${name}.json`);
  // The file contains cases that this function has written.
  const corpus = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Case[]) : [];
  const takeFirstError = watchErrors<Case>(property);
  await fc.assert(property, {
    numRuns: numRuns(full, small) + corpus.length,
    examples: corpus,
    reporter(details) {
      if (!details.failed) return;
      const known = new Set(corpus.map((entry) => JSON.stringify(entry)));
      const text = JSON.stringify(details.counterexample);
      // JSON cannot hold all values. The message has the seed of those.
      if (!known.has(text) && isJson(details.counterexample)) {
        corpus.push(JSON.parse(text) as Case);
        writeFileSync(file, `${JSON.stringify(corpus, null, 2)}\n`);
      }
      const { error, example } = takeFirstError();
      throw new Error(
        `First failure: ${error}\nFirst case: ${example}\n\n${fc.defaultReportMessage(details)}`,
        { cause: details.errorInstance },
      );
    },
  });
}

/** Returns true if JSON holds a case. Objects of generators may lack a prototype, which a clone has again. */
function isJson(value: unknown): boolean {
  try {
    return isDeepStrictEqual(structuredClone(value), JSON.parse(JSON.stringify(value)));
  } catch {
    return false;
  }
}

/** Maximum length of the first case in the message. */
const MAX_EXAMPLE_LENGTH = 5_000;

/** Returns a function that returns the error of the first case that failed, and the case. */
function watchErrors<Case>(property: Property<Case>): () => { error: string; example: string } {
  let first: { error: string; example: string } | undefined;
  const run = property.run.bind(property);
  const note = <Result>(value: Case, result: Result): Result => {
    const error = readError(result);
    if (error !== undefined && first === undefined)
      first = { error, example: JSON.stringify(value).slice(0, MAX_EXAMPLE_LENGTH) };
    return result;
  };
  property.run = (value) => {
    const result = run(value);
    return result instanceof Promise
      ? result.then((settled: unknown) => note(value, settled))
      : note(value, result);
  };
  return () => first ?? { error: 'unknown', example: 'unknown' };
}

/** Returns the stack of the error of a run of a property, or undefined if it passed or was skipped. */
function readError(result: unknown): string | undefined {
  if (typeof result !== 'object' || result === null || !('error' in result)) return undefined;
  const { error } = result;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
