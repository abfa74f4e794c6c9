import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { printLine } from '../report.js';

/** Unit of the times in /proc, on every Linux that Node supports. */
const TICKS_PER_SECOND = 100;

/**
 * Prints the share of one core that the processes of each setup use without requests.
 *
 * @param {Record<string, { pids: number[] }>} setups
 * @param {number} durationMs
 */
export async function measureIdle(setups, durationMs) {
  if (!existsSync('/proc/self/stat')) {
    console.log('  not measured: needs Linux');
    return;
  }
  const list = Object.entries(setups);
  const before = list.map(([, { pids }]) => readTicks(pids));
  await sleep(durationMs);
  for (const [index, [name, { pids }]] of list.entries()) {
    const seconds = (readTicks(pids) - (before[index] ?? 0)) / TICKS_PER_SECOND;
    printLine(name, (seconds * 100_000) / durationMs, '% of one core');
  }
}

/** @param {number[]} pids */
function readTicks(pids) {
  return pids.reduce((sum, pid) => {
    // The second field, the name in parentheses, may contain spaces. User and system time are the 14th and 15th field.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return sum + Number(fields[11]) + Number(fields[12]);
  }, 0);
}
