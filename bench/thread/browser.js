import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { fileURLToPath } from 'node:url';
import { chromiumArguments, ensureChromium } from '../../scripts/findChromium.js';

const configFile = fileURLToPath(new URL('vite.config.ts', import.meta.url));

/**
 * @typedef {object} Measures
 * @property {<T>(act: () => Promise<T>) => Promise<{ result: T, ms: number }>} cpu
 * @property {() => Promise<number>} longest
 *
 * @typedef {import('playwright').Page & Measures} BenchPage
 */

/** Builds the page, serves it, and starts a browser for it. */
export async function startBrowser() {
  await build({ configFile, logLevel: 'warn' });
  const server = await preview({
    configFile,
    logLevel: 'warn',
    preview: { host: '127.0.0.1', port: 4400, strictPort: false, open: false },
  });
  const address = server.resolvedUrls?.local[0];
  if (address === undefined) throw new Error('The page could not be served.');
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: [...chromiumArguments, '--js-flags=--expose-gc'],
  });
  return {
    /** Opens a new page. @param {string} variant */
    async open(variant) {
      const page = await browser.newPage({ viewport: { width: 1_000, height: 800 } });
      page.on('pageerror', (error) => console.error(`${variant}: ${error.message}`));
      await page.addInitScript(() => {
        const tasks = /** @type {number[]} */ ([]);
        new PerformanceObserver((list) =>
          tasks.push(...list.getEntries().map(({ duration }) => duration)),
        ).observe({ type: 'longtask', buffered: true });
        Reflect.set(globalThis, 'longTasks', tasks);
      });
      await page.goto(address);
      const devtools = await page.context().newCDPSession(page);
      // CPU time of the main thread. Other processes lengthen the wall-clock time, but not this.
      await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
      const taskMs = async () => {
        const { metrics } = await devtools.send('Performance.getMetrics');
        return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000;
      };
      return /** @type {BenchPage} */ (
        Object.assign(page, {
          /** Measures the main-thread CPU time of an action. @template T @param {() => Promise<T>} act */
          async cpu(act) {
            await page.evaluate(() => {
              globalThis.gc?.();
              Reflect.get(globalThis, 'longTasks').length = 0;
            });
            // Waits for the end of the garbage collection.
            await page.waitForTimeout(200);
            const before = await taskMs();
            const result = await act();
            return { result, ms: (await taskMs()) - before };
          },
          /** The longest task since `cpu` began, in milliseconds. 0 if no task took 50 ms. */
          longest: () => page.evaluate(() => Math.max(0, ...Reflect.get(globalThis, 'longTasks'))),
        })
      );
    },
    async stop() {
      await browser.close();
      await server.close();
    },
  };
}
