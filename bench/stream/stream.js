/**
 * npm run bench:stream: what following an answer costs, as ratios, all measured in this one run. Absolute times are this
 * machine's; ratios are what must hold. Exits 1 when one that must be reached is missed by more than the noise.
 *
 * The noise: medians of interleaved rounds move by about a tenth on a machine with other work to do, so that a limit counts
 * as missed 15 percent beyond it.
 */
import { exit } from 'node:process';
import { measureAccumulating } from './accumulating.js';
import { measureCommits } from './commits.js';
import { measureParsing } from './parsing.js';

const NOISE = 1.15;

const rows = [
  ...(await measureAccumulating()),
  ...(await measureParsing()),
  ...(await measureCommits()),
];
const missed = rows.filter(
  ({ atMost, ratio }) => atMost !== undefined && !(ratio <= atMost * NOISE),
);

console.table(
  rows.map(({ what, one, other, ratio, atMost }) => ({
    what,
    one,
    other,
    ratio: Number(ratio.toFixed(2)),
    'at most': atMost ?? '',
    reached:
      atMost === undefined
        ? ''
        : ratio <= atMost
          ? 'yes'
          : ratio <= atMost * NOISE
            ? 'within noise'
            : 'NO',
  })),
);
if (missed.length > 0) console.error(`Missed: ${missed.map(({ what }) => what).join('; ')}`);
exit(missed.length > 0 ? 1 : 0);
