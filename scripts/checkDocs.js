/**
 * node scripts/checkDocs.js: opens the pages of the built documentation in Chromium, in light and in dark. Fails on
 * violations of axe, on errors, and on links to pages that do not exist. Run `npm run build-docs` before.
 */
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { exit } from 'node:process';
import axe from 'axe-core';
import { chromium } from 'playwright';
import { chromiumArguments, ensureChromium, findChromium } from './findChromium.js';
import { root } from './run.js';

/** @typedef {import('playwright').Page} Page */

const site = join(root, 'storybook-static');
const types = /** @type {Record<string, string>} */ ({
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
});
/** Pages with texts. The others show stories. */
const CHECKED = /^(introduction|guides|hooks|search)/;
const SEARCH = 'search-and-api-reference--docs';
/** Exports whose pages are opened: a component, a function and an interface. */
const EXPORTS = ['ThreadView', 'createBackend', 'Conversation'];
/** Stories, which the project `storybook` checks one by one, and tables of Storybook. */
const EXCLUDED = [['.sbdocs-preview'], ['.docblock-argstable']];
/** Rules for a whole page. These pages are the content of a frame inside of Storybook. */
const RULES = { region: { enabled: false }, 'landmark-one-main': { enabled: false } };

const { entries } = JSON.parse(readFileSync(join(site, 'index.json'), 'utf8'));
const pages = Object.keys(entries).filter((id) => entries[id].type === 'docs' && CHECKED.test(id));

ensureChromium();
const server = createServer((request, response) => {
  const file = join(site, new URL(request.url ?? '', 'http://x').pathname);
  if (!existsSync(file) || extname(file) === '') response.writeHead(404).end();
  else response.setHeader('content-type', types[extname(file)] ?? '').end(readFileSync(file));
});
await once(server.listen(0, '127.0.0.1'), 'listening');
// A server that listens on a port has an address, never a pipe.
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
const url = `http://127.0.0.1:${port}`;
const executablePath = findChromium();
const browser = await chromium.launch({
  args: chromiumArguments,
  ...(executablePath !== undefined && { executablePath }),
});
/** @type {Set<string>} */
const problems = new Set();
try {
  for (const theme of /** @type {const} */ (['light', 'dark'])) {
    const context = await browser.newContext({ colorScheme: theme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    for (const id of pages) await checkPage(page, id, theme);
    await context.close();
  }
} finally {
  await browser.close();
  server.close();
}
for (const problem of problems) console.error(problem);
console.log(`${pages.length} pages, ${problems.size} problems`);
exit(problems.size === 0 ? 0 : 1);

/**
 * @param {Page} page
 * @param {string} id
 * @param {'light' | 'dark'} theme
 */
async function checkPage(page, id, theme) {
  /** @param {Error} error */
  const report = (error) => problems.add(`${id}: ${error.message}`);
  page.on('pageerror', report);
  await page.goto(`${url}/iframe.html?viewMode=docs&id=${id}&globals=theme:${theme}`);
  await page.locator('#storybook-docs h1, #storybook-docs input[type=search]').first().waitFor();
  await runAxe(page, id, theme);
  for (const href of await page.locator('a[href]').evaluateAll(listTargets)) checkLink(id, href);
  if (id === SEARCH) for (const name of EXPORTS) await checkExport(page, name, theme);
  page.off('pageerror', report);
}

/**
 * Opens the page of an export with the search.
 *
 * @param {Page} page
 * @param {string} name
 * @param {'light' | 'dark'} theme
 */
async function checkExport(page, name, theme) {
  await page.getByRole('searchbox').fill(name);
  await page.getByRole('button', { name, exact: true }).first().click();
  await page.locator('#storybook-docs h1', { hasText: name }).waitFor();
  await runAxe(page, `${SEARCH} ${name}`, theme);
}

/**
 * @param {Page} page
 * @param {string} place
 * @param {string} theme
 */
async function runAxe(page, place, theme) {
  await page.evaluate(axe.source);
  const found = await page.evaluate(
    async ({ exclude, rules }) => {
      // @ts-expect-error -- The script above has defined it.
      const { violations } = await globalThis.axe.run({ exclude }, { rules });
      return violations.flatMap((/** @type {import('axe-core').Result} */ { id, nodes }) =>
        nodes.map(({ html, target }) => `${id} at ${target.join(' ')}: ${html.slice(0, 160)}`),
      );
    },
    { exclude: EXCLUDED, rules: RULES },
  );
  for (const violation of found) problems.add(`${place} in ${theme}: ${violation}`);
}

/**
 * @param {(HTMLElement | SVGElement)[]} links
 * @returns {string[]}
 */
function listTargets(links) {
  return links.map((link) => link.getAttribute('href') ?? '');
}

/**
 * @param {string} id
 * @param {string} href
 */
function checkLink(id, href) {
  const target = new URL(href, `${url}/`);
  if (target.origin !== url || href.startsWith('#')) return;
  const path = target.searchParams.get('path');
  const isFound =
    path === null
      ? existsSync(join(site, target.pathname)) && target.pathname !== '/'
      : entries[path.split('/').at(-1) ?? ''] !== undefined;
  if (!isFound) problems.add(`${id}: broken link to ${href}`);
}
