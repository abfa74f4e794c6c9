import { chromium, type Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chromiumArguments, findChromium } from '../../scripts/findChromium.js';
import { servePage, type ServedPage } from './servedPage.js';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; require-trusted-types-for 'script'";

let served: ServedPage;
let browser: Browser;

beforeAll(async () => {
  served = await servePage('test/e2e/toolsPage', { 'content-security-policy': POLICY });
  const executablePath = findChromium();
  browser = await chromium.launch({
    args: chromiumArguments,
    ...(executablePath !== undefined && { executablePath }),
  });
});

afterAll(async () => {
  await browser.close();
  await served.close();
});

it('a form is filled in by keyboard under a strict policy, held against its schema, and submitted', async () => {
  const page = await browser.newPage();
  page.setDefaultTimeout(20_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(served.origin);
  await page.getByRole('textbox', { name: 'Message' }).fill('Is the offer good?');
  await page.keyboard.press('Enter');
  const code = page.getByRole('textbox', { name: 'Code' });
  await code.waitFor();
  expect(await code.evaluate((field) => field === document.activeElement)).toBe(true);

  await code.fill(`${'a'.repeat(3_000)}!`);
  await page.keyboard.press('Control+Enter');
  await page.getByText('This is not in the expected form.').first().waitFor();
  expect(
    await page
      .getByRole('alert')
      .filter({ hasText: 'Check 2 fields' })
      .evaluate((list) => list === document.activeElement),
  ).toBe(true);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await code.evaluate((field) => field === document.activeElement)).toBe(true);

  await page.keyboard.press('Control+A');
  await page.keyboard.type('aaa');
  await page.keyboard.press('Tab');
  await page.keyboard.type('800');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Free delivery');
  await page.getByRole('textbox', { name: /^City/ }).fill('Lisbon');
  await page.getByRole('combobox', { name: /Payment/ }).selectOption('Invoice');
  await page.getByRole('textbox', { name: 'Company' }).fill('ACME');
  await page.keyboard.press('Control+Enter');

  await page
    .getByText(/I was told/)
    .first()
    .waitFor();
  const told = await page
    .getByRole('log')
    .getByText(/I was told/)
    .first()
    .textContent();
  expect(JSON.parse(told?.slice('I was told '.length, -1) ?? '')).toEqual({
    code: 'aaa',
    price: 800,
    verdict: 'yes',
    terms: ['Free delivery'],
    address: { city: 'Lisbon' },
    payment: { company: 'ACME' },
  });
  expect(errors).toEqual([]);
  await page.close();
});
