/** Helpers of `npm run bench:cluster`. */
import { printLine } from '../report.js';

/** @param {number[]} values */
export function median(values) {
  return quantile(values, 0.5);
}

/**
 * @param {number[]} values
 * @param {number} share
 */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** @param {() => Promise<unknown>} task */
export async function time(task) {
  const start = performance.now();
  await task();
  return performance.now() - start;
}

/**
 * Measures tasks alternately, so that other load affects all of them. Returns the medians.
 *
 * @template {string} Name
 * @param {Record<Name, () => Promise<number>>} tasks each measures once
 * @param {number} rounds
 */
export async function alternate(tasks, rounds) {
  const entries = /** @type {[Name, () => Promise<number>][]} */ (Object.entries(tasks));
  const values = /** @type {Record<Name, number[]>} */ (
    Object.fromEntries(entries.map(([name]) => [name, []]))
  );
  for (const [, measure] of entries) await measure();
  for (let round = 0; round < rounds; round++)
    for (const [name, measure] of entries) values[name].push(await measure());
  return /** @type {Record<Name, number>} */ (
    Object.fromEntries(entries.map(([name]) => [name, median(values[name])]))
  );
}

/**
 * Returns how often a task is done in a second by several callers.
 *
 * @param {() => Promise<unknown>} task
 * @param {{ callers: number, durationMs: number }} options
 */
export async function throughput(task, { callers, durationMs }) {
  const start = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (performance.now() - start < durationMs) {
        await task();
        done += 1;
      }
    }),
  );
  return (done * 1000) / (performance.now() - start);
}

/**
 * Prints values with their ratios to the first one.
 *
 * @param {Record<string, number>} values
 * @param {string} unit
 */
export function printRatios(values, unit) {
  const [base = Number.NaN] = Object.values(values);
  for (const [name, value] of Object.entries(values))
    printLine(name, value, unit, `${(value / base).toFixed(2)} x`);
}
