/**
 * npm run docs:pictures: takes the pictures of the README from the playground, in light and dark: a loop of a question, two
 * function calls that the user answers, and the answer, and a still picture of its end for readers who prefer reduced motion.
 */
import { join } from 'node:path';
import { chromium } from 'playwright';
import sharp from 'sharp';
import { createServer } from 'vite';
import { chromiumArguments, findChromium } from './findChromium.js';
import { root } from './run.js';

/** @typedef {import('playwright').Page} Page */
/** @typedef {{ picture: Buffer, delayMs: number }} Frame */

const QUESTION = 'What is the weather in Paris and Tokyo?';
const RESULTS = ['Light rain, 12 °C', 'Sunny, 21 °C'];

const TYPING_MS = 70;
const STREAMING_MS = 100;
const PAUSE_MS = 900;
const END_MS = 4_000;

const server = await createServer({
  configFile: join(root, 'app/vite.config.ts'),
  logLevel: 'warn',
  server: { host: '127.0.0.1', port: 0, open: false },
});
await server.listen();
const [address] = server.resolvedUrls?.local ?? [];
if (address === undefined) throw new Error('The playground has no address.');
const executablePath = findChromium();
const browser = await chromium.launch({
  args: chromiumArguments,
  ...(executablePath !== undefined && { executablePath }),
});
try {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    const context = await browser.newContext({
      viewport: { width: 1100, height: 820 },
      deviceScaleFactor: 2,
      colorScheme,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    // Vite reloads the page after it has bundled the dependencies.
    await page.goto(address, { waitUntil: 'networkidle' });
    const frames = await recordConversation(page);
    await writeLoop(frames, join(root, `docs/loop-${colorScheme}.webp`));
    await page.screenshot({ path: join(root, `docs/thread-${colorScheme}.png`) });
    await context.close();
  }
} finally {
  await browser.close();
  await server.close();
}

/**
 * Asks, answers two function calls, and waits for the answer.
 *
 * @param {Page} page
 * @returns {Promise<Frame[]>}
 */
async function recordConversation(page) {
  /** @type {Frame[]} */
  const frames = [];
  /** @param {number} delayMs */
  const shoot = async (delayMs) => {
    frames.push({ picture: await page.screenshot({ scale: 'css' }), delayMs });
  };
  /**
   * @param {string} text
   * @param {number} step Characters between two pictures.
   */
  const type = async (text, step) => {
    for (let start = 0; start < text.length; start += step) {
      await page.keyboard.insertText(text.slice(start, start + step));
      await shoot(TYPING_MS);
    }
  };

  const composer = page.getByRole('textbox', { name: 'Message' });
  await composer.click();
  await shoot(PAUSE_MS);
  await type(QUESTION, 2);
  await shoot(PAUSE_MS / 2);
  await page.keyboard.press('Enter');
  const results = page.getByRole('textbox', { name: 'Result' });
  await shootUntil(() => results.nth(1).isVisible(), shoot);
  await shoot(PAUSE_MS);
  for (const result of RESULTS) {
    await results.first().click();
    await type(result, 3);
    await page.keyboard.press('Control+Enter');
    await shoot(PAUSE_MS / 2);
  }
  const submit = page.getByRole('button', { name: 'Submit 2 results' });
  await submit.waitFor();
  await shoot(PAUSE_MS);
  await submit.click();
  const done = page.locator('[data-part="thread"][data-status="completed"]');
  await shootUntil(() => done.isVisible(), shoot);
  await shoot(END_MS);
  return frames;
}

/**
 * Takes pictures until a condition holds.
 *
 * @param {() => Promise<boolean>} isDone
 * @param {(delayMs: number) => Promise<void>} shoot
 */
async function shootUntil(isDone, shoot) {
  while (!(await isDone())) await shoot(STREAMING_MS);
}

/**
 * Writes an animation. Pictures that are equal become one that is shown longer.
 *
 * @param {readonly Frame[]} frames
 * @param {string} path
 */
async function writeLoop(frames, path) {
  /** @type {Frame[]} */
  const distinct = [];
  for (const frame of frames) {
    const last = distinct.at(-1);
    if (last?.picture.equals(frame.picture)) last.delayMs += frame.delayMs;
    else distinct.push({ ...frame });
  }
  await sharp(
    distinct.map(({ picture }) => picture),
    { join: { animated: true } },
  )
    .webp({ quality: 80, effort: 6, minSize: true, delay: distinct.map(({ delayMs }) => delayMs) })
    .toFile(path);
}
