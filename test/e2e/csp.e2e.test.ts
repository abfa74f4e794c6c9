import { chromium, type Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chromiumArguments, findChromium } from '../../scripts/findChromium.js';
import { allPayloads } from '../security/payloads.js';
import { servePage, type ServedPage } from './servedPage.js';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; require-trusted-types-for 'script'";

let page: ServedPage;
let browser: Browser;

beforeAll(async () => {
  page = await servePage('test/security/page', { 'content-security-policy': POLICY });
  const executablePath = findChromium();
  browser = await chromium.launch({
    args: chromiumArguments,
    ...(executablePath !== undefined && { executablePath }),
  });
});

afterAll(async () => {
  await browser.close();
  await page.close();
});

it('shows every hostile text on every surface under a strict policy, and nothing runs, loads or is stopped', async () => {
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
  await tab.waitForFunction(() => 'showAll' in window);
  const before = requests.length;

  const { shown, broken } = await tab.evaluate(() => window.showAll());
  expect(shown).toBe(allPayloads.length * 6);
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

it('makes formulas and colours under a strict policy, of hostile texts too', async () => {
  const tab = await browser.newPage();
  const requests: string[] = [];
  const errors: string[] = [];
  tab.on('request', (request) => requests.push(request.url()));
  tab.on('pageerror', (error) => errors.push(error.message));
  await tab.goto(page.origin);
  await tab.waitForFunction(() => 'showPlugins' in window);
  const { formulas, tokens, broken } = await tab.evaluate(() => window.showPlugins());
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

it('would see it', async () => {
  const tab = await browser.newPage();
  await tab.goto(page.origin);
  await tab.waitForFunction(() => 'showAll' in window);
  await tab.evaluate(() => {
    const image = document.createElement('img');
    image.src = 'https://evil.example/a.png';
    document.body.append(image);
    try {
      document.body.insertAdjacentHTML('beforeend', '<b>x</b>');
    } catch {
      // Trusted Types refuse it.
    }
  });
  await tab.waitForFunction(() => window.violations.length >= 2);
  const stopped = await tab.evaluate(() =>
    window.violations.map((violation) => violation.split(' ')[0]),
  );
  expect(new Set(stopped)).toEqual(new Set(['img-src', 'require-trusted-types-for']));
  await tab.close();
});
