import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../e2e/launchBrowser.js';

const styles = fileURLToPath(new URL('../../dist/styles.css', import.meta.url));

/** Bundles the stylesheet and the app's styles with default targets, which replaces light-dark(). */
async function bundleStyles(appStyles: string): Promise<string> {
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
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** Returns the value of a colour token on the page, whose root has a class, and inside a dark element. */
async function readColours(
  css: string,
  colorScheme: 'light' | 'dark',
  rootClass = '',
): Promise<string[]> {
  const page = await browser.newPage({ colorScheme });
  const text = '<p style="color: var(--assistants-danger)"></p>';
  await page.setContent(`<style>${css}</style>${text}<div data-theme="dark">${text}</div>`);
  await page.locator('html').evaluate((root, name) => {
    root.setAttribute('class', name);
  }, rootClass);
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
  'keeps its colours in an app with "$app" on a $system system after lowering',
  async ({ app, system, page }) => {
    const css = await bundleStyles(app);
    expect(css).not.toContain('light-dark(');
    expect(await readColours(css, system)).toEqual([page, DARK]);
  },
);

it('is dark on a page whose root has the class `dark`, after lowering', async () => {
  const css = await bundleStyles('');
  expect(await readColours(css, 'light', 'dark')).toEqual([DARK, DARK]);
});
