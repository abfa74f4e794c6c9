/**
 * npm run docs:pictures: takes the pictures of the README from the playground, in light and dark. They show a question, two
 * answered function calls, the answer and the composer.
 */
import { join } from 'node:path';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { chromiumArguments, findChromium } from './findChromium.js';
import { root } from './run.js';

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
  const page = await browser.newPage({
    viewport: { width: 1100, height: 820 },
    deviceScaleFactor: 2,
    reducedMotion: 'reduce',
  });
  // Vite reloads the page after it has bundled the dependencies.
  await page.goto(address, { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: 'What is the weather in Paris and Tokyo?' }).click();
  const results = page.getByRole('textbox', { name: 'Result' });
  await results.nth(1).waitFor();
  for (const result of ['Light rain, 12 °C', 'Sunny, 21 °C']) {
    await results.first().fill(result);
    await results.first().press('Control+Enter');
  }
  await page.getByRole('button', { name: 'Submit 2 results' }).click();
  await page.locator('[data-part="thread"][data-status="completed"]').waitFor();
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(root, `docs/thread-${colorScheme}.png`) });
  }
} finally {
  await browser.close();
  await server.close();
}
