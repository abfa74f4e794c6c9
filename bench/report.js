/**
 * Prints what a bench has measured. `npm run bench` names a file in BENCH_REPORT, in which it collects the tables of all
 * benches, one JSON object a line.
 */
import { appendFileSync } from 'node:fs';
import { env } from 'node:process';

/** @typedef {Record<string, string | number | undefined>} Row */

let currentTitle = '';

/**
 * Prints a table.
 *
 * @param {string} title
 * @param {readonly Row[]} rows
 */
export function printTable(title, rows) {
  console.log(`\n${title}`);
  console.table(rows);
  addToReport(title, rows);
}

/**
 * Begins a list of lines.
 *
 * @param {string} title
 */
export function heading(title) {
  currentTitle = title;
  console.log(`\n${title}`);
}

/**
 * Prints a line of the list.
 *
 * @param {string} what
 * @param {number} value
 * @param {string} unit
 * @param {string} [note]
 */
export function printLine(what, value, unit, note = '') {
  const text = value.toFixed(value < 10 ? 2 : 0);
  console.log(`  ${what.padEnd(34)} ${text.padStart(9)} ${unit}  ${note}`.trimEnd());
  addToReport(currentTitle, [{ what, value: Number(text), unit, note }]);
}

/**
 * @param {string} title
 * @param {readonly Row[]} rows
 */
function addToReport(title, rows) {
  const file = env['BENCH_REPORT'];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ title, rows })}\n`);
}
