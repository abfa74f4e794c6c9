/**
 * npm run bench:stream: the cost of following an answer, as ratios within this run. Exits 1 if a limit is missed by more than
 * the noise: medians of alternating rounds move by about a tenth on a busy machine, so a limit counts as missed 15 percent
 * beyond it.
 */
import { exit } from 'node:process';
import { measureAccumulating } from './accumulating.js';
import { measureCommits } from './commits.js';
import { measureParsing } from './parsing.js';
import { measureRejoining } from './rejoining.js';
import { printTable } from '../report.js';

const NOISE = 1.15;

const rows = [
  ...(await measureAccumulating()),
  ...(await measureParsing()),
  ...(await measureRejoining()),
  ...(await measureCommits()),
];
const missed = rows.filter(
  ({ atMost, ratio }) => atMost !== undefined && !(ratio <= atMost * NOISE),
);

printTable(
  'Following an answer',
  rows.map(({ what, one, other, ratio, atMost }) => ({
    what,
    one,
    other,
    ratio: Number(ratio.toFixed(2)),
    'at most': atMost ?? '',
    reached: judge(ratio, atMost),
  })),
);
if (missed.length > 0) console.error(`Missed: ${missed.map(({ what }) => what).join('; ')}`);
exit(missed.length > 0 ? 1 : 0);

/**
 * @param {number} ratio
 * @param {number | undefined} atMost
 */
function judge(ratio, atMost) {
  if (atMost === undefined) return '';
  if (ratio <= atMost) return 'yes';
  return ratio <= atMost * NOISE ? 'within noise' : 'NO';
}
