import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './launchBrowser.js';
import { allPayloads } from '../security/payloads.js';
import { servePage, STRICT_POLICY, type ServedPage } from './servePage.js';

let page: ServedPage;
let browser: Browser;

beforeAll(async () => {
  page = await servePage('pages', 'hostile-text/index.html', {
    'content-security-policy': STRICT_POLICY,
  });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await page.close();
});

it('renders every hostile text on every surface without script, request or policy violation', async () => {
  const context = await browser.newContext();
  const tab = await context.newPage();
  const requests: string[] = [];
  const errors: string[] = [];
  tab.on('request', (request) => requests.push(request.url()));
  tab.on('pageerror', (error) => errors.push(error.message));
  tab.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  tab.on('dialog', (dialog) => errors.push(`dialog: ${dialog.message()}`));
  tab.on('popup', (popup) => errors.push(`popup: ${popup.url()}`));
  await tab.goto(page.origin);
  await tab.waitForFunction(() => 'renderAll' in window);
  await tab.evaluate(() => window.loadLazyModules());
  const before = requests.length;

  const { rendered, broken } = await tab.evaluate(() => window.renderAll());
  expect(rendered).toBe(allPayloads.length * 6);
  expect(broken).toEqual([]);
  expect(await tab.evaluate(() => ({ ran: window.ran, violations: window.violations }))).toEqual({
    ran: [],
    violations: [],
  });
  expect(requests.slice(before)).toEqual([]);
  expect(requests.filter((url) => !url.startsWith(page.origin))).toEqual([]);
  expect(errors).toEqual([]);
  expect(tab.url()).toBe(`${page.origin}/`);
  await context.close();
}, 180_000);

it('renders formulas and highlighted code of hostile texts under a strict policy', async () => {
  const tab = await browser.newPage();
  const requests: string[] = [];
  const errors: string[] = [];
  tab.on('request', (request) => requests.push(request.url()));
  tab.on('pageerror', (error) => errors.push(error.message));
  await tab.goto(page.origin);
  await tab.waitForFunction(() => 'renderPlugins' in window);
  const { formulas, tokens, broken } = await tab.evaluate(() => window.renderPlugins());
  expect(formulas).toBeGreaterThan(allPayloads.length / 4);
  expect(tokens).toBeGreaterThan(allPayloads.length / 4);
  expect(broken).toEqual([]);
  expect(await tab.evaluate(() => ({ ran: window.ran, violations: window.violations }))).toEqual({
    ran: [],
    violations: [],
  });
  expect(requests.filter((url) => !url.startsWith(page.origin))).toEqual([]);
  expect(errors).toEqual([]);
  await tab.close();
});

it('detects policy violations', async () => {
  const tab = await browser.newPage();
  await tab.goto(page.origin);
  await tab.waitForFunction(() => 'renderAll' in window);
  await tab.evaluate(() => {
    const image = document.createElement('img');
    image.src = 'https://evil.example/a.png';
    document.body.append(image);
    try {
      document.body.insertAdjacentHTML('beforeend', '<b>x</b>');
    } catch {
      // Trusted Types reject the string.
    }
  });
  await tab.waitForFunction(() => window.violations.length >= 2);
  const directives = await tab.evaluate(() =>
    window.violations.map((violation) => violation.split(' ')[0]),
  );
  expect(new Set(directives)).toEqual(new Set(['img-src', 'require-trusted-types-for']));
  await tab.close();
});
