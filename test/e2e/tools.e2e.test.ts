import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ACTION_TIMEOUT_MS, launchBrowser } from './launchBrowser.js';
import { servePage, STRICT_POLICY, type ServedPage } from './servePage.js';

let served: ServedPage;
let browser: Browser;

beforeAll(async () => {
  served = await servePage('pages', 'tools/index.html', {
    'content-security-policy': STRICT_POLICY,
  });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await served.close();
});

it('fills in, validates and submits a schema form by keyboard under a strict policy', async () => {
  const page = await browser.newPage();
  page.setDefaultTimeout(ACTION_TIMEOUT_MS);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  const sendPatterns = await holdPatterns(page);
  await page.goto(served.origin);
  await page.getByRole('textbox', { name: 'Message' }).fill('Is the offer good?');
  await page.keyboard.press('Enter');
  const code = page.getByRole('textbox', { name: 'Code' });
  await code.waitFor();
  expect(await code.evaluate((field) => field === document.activeElement)).toBe(true);

  await code.fill(`${'a'.repeat(3_000)}!`);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('alert').filter({ hasText: 'Check' }).waitFor();
  sendPatterns();
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
    .getByText(/I received/)
    .first()
    .waitFor();
  const reply = await page
    .getByRole('log')
    .getByText(/I received/)
    .first()
    .textContent();
  expect(JSON.parse(reply?.slice('I received '.length, -1) ?? '')).toEqual({
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

/** Lets the code that matches patterns arrive when the returned function is called, after the first submit. */
async function holdPatterns(page: Page): Promise<() => void> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/*.js', async (route) => {
    const response = await route.fetch();
    // A message of re2js.
    if ((await response.text()).includes('missing argument to repetition operator')) await released;
    await route.fulfill({ response });
  });
  return release;
}
