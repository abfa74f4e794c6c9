/**
 * npm run bench:thread: compares the cost of a thread with a lower bound (text nodes in a bare DOM), a plain list with
 * react-markdown, and a minimal virtualized list (virtua, markdown in memoized blocks).
 *
 * All are measured alternately in one run over several rounds, and judged by the ratio of their medians. Times are CPU times
 * of the page's main thread, which other processes do not affect. A limit is missed when it is exceeded by more than the
 * margin, which is how much the ratio of two runs of the same page differs on a busy machine.
 *
 *     node bench/thread/run.js [rounds = 5] [scenario ...]
 */
import { argv, exit } from 'node:process';
import { startBrowser } from './browser.js';
import { flooding, leaping, median, opening, pacing, TOKENS, typing } from './scenarios.js';
import { printTable } from '../report.js';
import { measureSize, measureSplitSize } from './measureSize.js';

const MARGIN = 1.1;
/** The plain list is so slow per token that a tenth of the tokens is enough. */
const PLAIN_TOKENS = TOKENS / 10;

const rounds = Number(argv[2] ?? 5);
const wanted = argv.slice(3);
/** @type {{ what: string, ours: string, others: string, ratio: number | undefined, limit: number, margin: number }[]} */
const table = [];

/** @param {string} what @param {number} ours @param {number} limit @param {string} others the compared values, as text */
function atMost(what, ours, limit, others) {
  table.push({ what, ours: format(ours), others, ratio: ours, limit, margin: 1 });
}

/** @param {string} what @param {number} ours @param {number} other @param {number} limit @param {string} [others] */
function ratioAtMost(what, ours, other, limit, others = format(other)) {
  table.push({ what, ours: format(ours), others, ratio: ours / other, limit, margin: MARGIN });
}

/** @template {string} Name @template T @param {Record<Name, () => Promise<T>>} acts @param {number} [times] */
async function interleaved(acts, times = rounds) {
  const names = /** @type {Name[]} */ (Object.keys(acts));
  const results = /** @type {Record<Name, T[]>} */ ({});
  for (const name of names) results[name] = [];
  for (let round = 0; round < times; round += 1) {
    // Rotates the order, so that no variant always follows the same one.
    for (const name of [
      ...names.slice(round % names.length),
      ...names.slice(0, round % names.length),
    ])
      results[name].push(await acts[name]());
  }
  return results;
}

const getMedianMs = (/** @type {{ ms: number }[]} */ results) =>
  median(results.map(({ ms }) => ms));

/** @type {Record<string, (browser: Awaited<ReturnType<typeof startBrowser>>) => Promise<void>>} */
const scenarios = {
  async open(browser) {
    const { short, long, list } = await interleaved({
      short: () => opening(browser, 'ours', 100),
      long: () => opening(browser, 'ours', 10_000),
      list: () => opening(browser, 'virtualList', 10_000),
    });
    const { plain } = await interleaved(
      { plain: () => opening(browser, 'reactMarkdown', 100, 2) },
      1,
    );
    ratioAtMost(
      'open 10,000 cached messages: ms, by 100',
      getMedianMs(long),
      getMedianMs(short),
      1.2,
      `${format(getMedianMs(short))} (list ${format(getMedianMs(list))}, plain of 100 ${format(getMedianMs(plain))})`,
    );
    atMost('elements in the page', Math.max(...long.map(({ elements }) => elements)), 1_000, '');
  },

  async pace(browser) {
    const { ours, short, dom, list } = await interleaved({
      ours: () => pacing(browser, 'ours', 1_000),
      short: () => pacing(browser, 'ours', 10),
      dom: () => pacing(browser, 'bareDom', 1_000),
      list: () => pacing(browser, 'virtualList', 1_000),
    });
    const { plain } = await interleaved(
      { plain: () => pacing(browser, 'reactMarkdown', 1_000, PLAIN_TOKENS) },
      1,
    );
    ratioAtMost(
      '2,000 tokens into 1,000 messages: ms a token, by the bare DOM',
      getMedianMs(ours),
      getMedianMs(dom),
      1.5,
      `${format(getMedianMs(dom))} (list ${format(getMedianMs(list))}, plain ${format(getMedianMs(plain))})`,
    );
    ratioAtMost('the same, by that into 10 messages', getMedianMs(ours), getMedianMs(short), 1.1);
    atMost('commits in a frame', median(ours.map(({ commits }) => commits)), 1, '');
    atMost(
      'longest task over 50 ms, 0 for none',
      median(ours.map(({ longest }) => longest)),
      50,
      `bare DOM ${format(median(dom.map(({ longest }) => longest)))}`,
    );
  },

  async flood(browser) {
    const { ours, list } = await interleaved({
      ours: () => flooding(browser, 'ours', 1_000),
      list: () => flooding(browser, 'virtualList', 1_000),
    });
    const { plain } = await interleaved(
      { plain: () => flooding(browser, 'reactMarkdown', 1_000, PLAIN_TOKENS) },
      1,
    );
    ratioAtMost(
      'a token a task: ms a token, by the virtualized list',
      getMedianMs(ours),
      getMedianMs(list),
      1.2,
      `${format(getMedianMs(list))} (plain ${format(getMedianMs(plain))})`,
    );
  },

  async type(browser) {
    for (const [what, gapMs] of /** @type {const} */ ([
      ['key held down', 23],
      ['typed fast', 90],
    ])) {
      const { ours, dom, list } = await interleaved({
        ours: () => typing(browser, 'ours', 1_000, gapMs),
        dom: () => typing(browser, 'bareDom', 1_000, gapMs),
        list: () => typing(browser, 'virtualList', 1_000, gapMs),
      });
      // Both halves of a round are seconds apart, so other load affects both.
      const ratio = (/** @type {{ idle: number, streaming: number }[]} */ results) =>
        median(results.map(({ idle, streaming }) => streaming / idle));
      const p95 = (/** @type {{ idle: number, streaming: number }[]} */ results) =>
        median(results.map(({ streaming }) => streaming));
      table.push({
        what: `key to picture while text streams, ${what}: 95th percentile in ms, by idle`,
        ours: format(p95(ours)),
        others: `${format(median(ours.map(({ idle }) => idle)))} (bare DOM ${format(p95(dom))}, ${format(ratio(dom))}; list ${format(p95(list))}, ${format(ratio(list))})`,
        ratio: ratio(ours),
        limit: 1.2,
        margin: MARGIN,
      });
    }
  },

  async leap(browser) {
    const leap = (/** @type {string} */ variant, /** @type {import('./main.js').LeapWay} */ way) =>
      leaping(browser, variant, 10_000, way);
    for (const [what, way] of /** @type {const} */ ([
      ['by the scrollbar', 'wheel'],
      ['by a script', 'script'],
      ['by a script while text is selected', 'selection'],
      ['to the first row, as by assistive technology', 'row'],
    ])) {
      const { ours, list } = await interleaved({
        ours: () => leap('ours', way),
        list: () => leap('virtualList', way),
      });
      const idle = median(ours.map(({ idleSlow }) => idleSlow));
      atMost(
        `10,000 messages in 60 leaps ${what}: frames over 32 ms`,
        median(ours.map(({ slow }) => slow)),
        2 + idle,
        `list ${median(list.map(({ slow }) => slow))}, dropped in idle ${idle}`,
      );
      atMost(
        'blank frames',
        Math.max(...ours.map(({ blank }) => blank)),
        0,
        `list ${median(list.map(({ blank }) => blank))}`,
      );
      atMost('rows in the page', Math.max(...ours.map(({ mostRows }) => mostRows)), 60, '');
      if (way !== 'row')
        atMost('distance from the start: px', Math.max(...ours.map(({ top }) => top)), 1, '');
    }
  },

  async size() {
    for (const [what, page, limit] of /** @type {const} */ ([
      ['a page with ThreadView: kB over React', 'view', 64],
      ['hooks and client, to read a thread and follow its run: kB', 'hooks', 20],
      ['the same with a hook for each operation: kB', 'operations', 24],
    ])) {
      const split = format((await measureSplitSize(page)) / 1_000);
      atMost(what, (await measureSize(page)) / 1_000, limit, `as Vite splits it ${split}`);
    }
  },
};

const browser = await startBrowser();
try {
  for (const [name, measure] of Object.entries(scenarios)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    console.error(`${name} ...`);
    await measure(browser);
  }
} finally {
  await browser.stop();
}

const rows = table.map(({ what, ours, others, ratio, limit, margin }) => {
  const value = ratio ?? Number.NaN;
  return {
    what,
    ours,
    'measured by': others,
    ratio: margin === 1 ? '' : format(value),
    'at most': limit,
    verdict: judge(value, limit, margin),
  };
});
printTable('A thread in Chromium', rows);
exit(rows.some(({ verdict }) => verdict === 'MISSED') ? 1 : 0);

/** @param {number} value */
function format(value) {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(3);
}

/** @param {number} value @param {number} limit @param {number} margin */
function judge(value, limit, margin) {
  if (value <= limit) return 'ok';
  return value <= limit * margin ? 'within noise' : 'MISSED';
}
