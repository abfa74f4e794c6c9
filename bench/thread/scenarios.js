/** @typedef {import('./browser.js').BenchPage} BenchPage */
/** @typedef {Awaited<ReturnType<typeof import('./browser.js').startBrowser>>} Browser */

/** The number of tokens of the answer. */
export const TOKENS = 2_000;
/** Tokens per frame. */
const PER_FRAME = 4;
/** The number of keys pressed, by the minimum milliseconds between them. */
const KEYS = { 23: 120, 90: 60 };

/** @param {BenchPage} page @param {string} variant @param {number} count */
async function openThread(page, variant, count) {
  await page.evaluate(
    ([name, number]) => bench.prepare(name, number),
    /** @type {const} */ ([variant, count]),
  );
  return page.cpu(() => page.evaluate(() => bench.open()));
}

/**
 * Opens and fills a short thread, so that the code is compiled before it is measured.
 *
 * @param {BenchPage} page
 * @param {string} variant
 */
async function warmUp(page, variant) {
  await openThread(page, variant, 20);
  await page.evaluate(() => bench.begin());
  await page.evaluate(() => bench.pace(300, 8));
  await page.evaluate(() => bench.end());
  await page.evaluate(() => bench.close());
}

/** @template T @param {Browser} browser @param {string} variant @param {(page: BenchPage) => Promise<T>} act */
async function inPage(browser, variant, act) {
  const page = await browser.open(variant);
  try {
    await warmUp(page, variant);
    return await act(page);
  } finally {
    await page.close();
  }
}

/** Opens a cached thread. @param {Browser} browser @param {string} variant @param {number} count @param {number} [times] */
export function opening(browser, variant, count, times = 5) {
  return inPage(browser, variant, async (page) => {
    const costs = [];
    let elements = 0;
    for (let time = 0; time < times; time += 1) {
      const { ms, result } = await openThread(page, variant, count);
      costs.push(ms);
      elements = result.elements;
      await page.evaluate(() => bench.close());
    }
    return { ms: median(costs), elements };
  });
}

/**
 * Streams an answer at four tokens per frame.
 *
 * @param {Browser} browser
 * @param {string} variant
 * @param {number} count
 * @param {number} [tokens]
 */
export function pacing(browser, variant, count, tokens = TOKENS) {
  return inPage(browser, variant, async (page) => {
    await openThread(page, variant, count);
    await page.evaluate(() => bench.begin());
    const { ms, result } = await page.cpu(() =>
      page.evaluate(
        ([all, each]) => bench.pace(all, each),
        /** @type {const} */ ([tokens, PER_FRAME]),
      ),
    );
    return { ms: ms / tokens, commits: result.mostCommits, longest: await page.longest() };
  });
}

/**
 * Streams an answer at one token per task.
 *
 * @param {Browser} browser
 * @param {string} variant
 * @param {number} count
 * @param {number} [tokens]
 */
export function flooding(browser, variant, count, tokens = TOKENS) {
  return inPage(browser, variant, async (page) => {
    await openThread(page, variant, count);
    await page.evaluate(() => bench.begin());
    const { ms } = await page.cpu(() => page.evaluate((all) => bench.flood(all), tokens));
    return { ms: ms / tokens, length: await page.evaluate(() => bench.lastLength()) };
  });
}

/**
 * Types in the composer, first while idle, then while an answer is streamed.
 * @param {Browser} browser
 * @param {string} variant
 * @param {number} count
 * @param {keyof typeof KEYS} gapMs 23 is a key held down, 90 is fast typing
 */
export function typing(browser, variant, count, gapMs) {
  return inPage(browser, variant, async (page) => {
    await openThread(page, variant, count);
    const typed = async () => {
      await page.evaluate(() => bench.watchKeys());
      for (let key = 0; key < KEYS[gapMs]; key += 1) {
        await page.keyboard.press(key % 6 === 5 ? 'Space' : 'e');
        // Keeps the keys out of step with the frames.
        await page.waitForTimeout(gapMs + ((key * 7) % 17));
      }
      await page.waitForTimeout(200);
      return percentile(await page.evaluate(() => bench.keyTimes()), 0.95);
    };
    const idle = await typed();
    await page.evaluate(() => document.querySelector('textarea')?.select());
    await page.keyboard.press('Delete');
    await page.evaluate(() => bench.begin());
    await page.evaluate((each) => bench.startStream(each), PER_FRAME);
    const streaming = await typed();
    await page.evaluate(() => bench.stopStream());
    return { idle, streaming };
  });
}

/**
 * Scrolls up from the end in 60 leaps.
 *
 * @param {Browser} browser
 * @param {string} variant
 * @param {number} count
 * @param {import('./main.js').LeapWay} [way]
 */
export function leaping(browser, variant, count, way = 'wheel') {
  return inPage(browser, variant, async (page) => {
    await openThread(page, variant, count);
    const idle = await page.evaluate(() => bench.idle(2_500));
    const { ms, result } = await page.cpu(() => page.evaluate((by) => bench.leap(60, by), way));
    return { ...result, idleSlow: idle.slow, ms };
  });
}

/** @param {readonly number[]} values */
export function median(values) {
  return percentile(values, 0.5);
}

/** @param {readonly number[]} values @param {number} part */
export function percentile(values, part) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
