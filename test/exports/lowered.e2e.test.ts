import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chromiumArguments, findChromium } from '../../scripts/findChromium.js';

const styles = fileURLToPath(new URL('../../dist/styles.css', import.meta.url));

/** The stylesheet, followed by the app's, as a bundler with its default targets leaves them: without light-dark(). */
async function lowered(appStyles: string): Promise<string> {
  const entry = 'virtual:app.css';
  const output = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'app',
        resolveId: (id) => (id === entry ? '/app.css' : undefined),
        load: (id) => (id === '/app.css' ? `@import '${styles}';\n${appStyles}` : undefined),
      },
    ],
    build: { write: false, cssMinify: 'lightningcss', rolldownOptions: { input: entry } },
  });
  const files = [output].flat().flatMap((one) => ('output' in one ? one.output : []));
  const sheet = files.find((file) => file.type === 'asset' && file.fileName.endsWith('.css'));
  return sheet?.type === 'asset' ? String(sheet.source) : '';
}

let browser: Browser;
beforeAll(async () => {
  const executablePath = findChromium();
  browser = await chromium.launch({
    args: chromiumArguments,
    ...(executablePath !== undefined && { executablePath }),
  });
});
afterAll(() => browser.close());

/** What a token comes to on the page, and inside something dark. */
async function coloursUnder(css: string, colorScheme: 'light' | 'dark'): Promise<string[]> {
  const page = await browser.newPage({ colorScheme });
  const text = '<p style="color: var(--assistants-danger)"></p>';
  await page.setContent(`<style>${css}</style>${text}<div data-theme="dark">${text}</div>`);
  const colours = await page
    .locator('p')
    .evaluateAll((all) => all.map((each) => getComputedStyle(each).color));
  await page.close();
  return colours;
}

const LIGHT = 'oklch(0.43 0.16 27)';
const DARK = 'oklch(0.83 0.09 22)';

it.each([
  { app: '', system: 'light', page: LIGHT },
  { app: '', system: 'dark', page: LIGHT },
  { app: ':root { color-scheme: light dark; }', system: 'light', page: LIGHT },
  { app: ':root { color-scheme: light dark; }', system: 'dark', page: DARK },
  { app: ':root { color-scheme: dark; }', system: 'light', page: DARK },
] as const)(
  'keeps its colours in an app with "$app" on a $system system, where a bundler lowers them',
  async ({ app, system, page }) => {
    const css = await lowered(app);
    expect(css).not.toContain('light-dark(');
    expect(await coloursUnder(css, system)).toEqual([page, DARK]);
  },
);
