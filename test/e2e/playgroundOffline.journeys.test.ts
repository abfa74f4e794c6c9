import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { writeServiceWorker } from '../../app/offline/writeServiceWorker.js';
import { ACTION_TIMEOUT_MS, launchBrowser } from './launchBrowser.js';
import { serveFolder, type ServedPage } from './servePage.js';
import { sendMessage } from './setUpPlayground.js';

/** Any host may serve the playground below any path. */
const PATH = 'some/where';

let browser: Browser;
let context: BrowserContext;
let host: string;
let site: ServedPage;
const errors: string[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  host = await mkdtemp(join(tmpdir(), 'playground-'));
  await cp(join(inject('builds'), 'playgroundStatic'), join(host, PATH), { recursive: true });
  await writeFile(join(host, 'index.html'), '');
  site = await serveFolder(() => host, 'index.html');
  context = await browser.newContext();
});

afterEach(async () => {
  await context.close();
  await site.close();
  await rm(host, { recursive: true });
  const seen = errors.splice(0);
  if (seen.length > 0) throw new Error(seen.join('\n'));
});

/** Opens the playground, and waits until its service worker controls it. */
async function open(): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(ACTION_TIMEOUT_MS);
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${site.origin}/${PATH}/index.html`);
  await getComposer(page).waitFor();
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
  return page;
}

const getComposer = (page: Page) => page.getByRole('textbox', { name: 'Message' });

/** Returns the number of builds whose files the browser has. */
const countBuilds = (page: Page) => page.evaluate(async () => (await caches.keys()).length);

/** Checks that the browser has all files of a newer build, which waits until no tab uses the earlier one. */
const hasUpdate = (page: Page) =>
  page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null);

const isSecondBuild = (page: Page) => page.locator('html[data-build="second"]').isVisible();

it('works offline after the first visit, with chapters that were not open before', async () => {
  const page = await open();
  await sendMessage(page, 'What is the weather in Paris and Tokyo?');
  await page.getByRole('textbox', { name: 'Result' }).first().waitFor();
  await site.close();

  await page.reload();
  await page.getByRole('textbox', { name: 'Result' }).first().waitFor();
  await page.getByRole('link', { name: 'Approval' }).click();
  await getComposer(page).waitFor();
  await page.getByRole('link', { name: 'Guides' }).click();
  await page.getByRole('heading', { name: 'Getting started' }).waitFor();
  const other = await context.newPage();
  await other.goto(`${site.origin}/${PATH}/index.html#/chapter/forms`);
  await getComposer(other).waitFor();
  expect(await countBuilds(other)).toBe(1);
});

it('takes an update with the next load, and keeps tabs with the earlier build whole', async () => {
  const old = await open();
  await publishUpdate();
  const page = await open();
  expect(await isSecondBuild(page)).toBe(true);
  await expect.poll(() => hasUpdate(page)).toBe(true);
  expect(await countBuilds(page)).toBe(2);

  // The host no longer has the files of the first build.
  await old.getByRole('link', { name: 'Guides' }).click();
  await old.getByRole('heading', { name: 'Getting started' }).waitFor();

  const outside = await context.newPage();
  await outside.goto(`${site.origin}/index.html`);
  await old.close();
  await page.close();
  await expect.poll(() => countBuilds(outside)).toBe(1);
  await site.close();
  const offline = await open();
  expect(await isSecondBuild(offline)).toBe(true);
});

/** Replaces the build by another one, in which a file of the guides has another name. */
async function publishUpdate(): Promise<void> {
  const folder = join(host, PATH);
  const assets = join(folder, 'assets');
  const names = await readdir(assets);
  const guide = names.find((name) => /^getting-started-.*\.js$/.test(name)) ?? 'missing';
  await cp(join(assets, guide), join(assets, `new-${guide}`));
  await rm(join(assets, guide));
  const page = join(folder, 'index.html');
  const html = await readFile(page, 'utf8');
  await writeFile(page, html.replace('<html ', '<html data-build="second" '));
  await writeServiceWorker(folder);
}
