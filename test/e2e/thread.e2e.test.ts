import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { ACTION_TIMEOUT_MS, launchBrowser } from './launchBrowser.js';
import { servePage, STRICT_POLICY, type ServedPage } from './servePage.js';

let served: ServedPage;
let browser: Browser;
const errors: string[] = [];

beforeAll(async () => {
  served = await servePage('pages', 'thread/index.html', {
    'content-security-policy': STRICT_POLICY,
  });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await served.close();
});

afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  const seen = errors.splice(0);
  if (seen.length > 0) throw new Error(seen.join('\n'));
});

async function open({
  path = '/',
  ...options
}: BrowserContextOptions & { path?: string } = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 900, height: 700 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(ACTION_TIMEOUT_MS);
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(served.origin + path);
  await composer(page).waitFor();
  return page;
}

const composer = (page: Page) => page.getByRole('textbox', { name: 'Message' });
const settled = (page: Page, status = 'completed') =>
  page.locator(`[data-part="thread"][data-status="${status}"]`).waitFor();
/** Returns the accessible name of the focused element, or else its part. */
const focused = (page: Page) =>
  page.evaluate(
    () =>
      document.activeElement?.getAttribute('aria-label') ??
      document.activeElement?.getAttribute('data-part') ??
      document.activeElement?.tagName,
  );

async function sendMessage(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  // Enter alone breaks the line on touch devices.
  await composer(page).press('Control+Enter');
}

/** Drops the errors that the browser logs, at any time, for requests that the test has blocked. */
function ignoreBlockedRequests(): void {
  const others = errors.filter((error) => !error.includes('net::ERR_FAILED'));
  errors.splice(0, errors.length, ...others);
}

it('holds a whole conversation under a strict policy', async () => {
  const page = await open();
  await sendMessage(page, 'Show me some markdown');
  await settled(page);
  await sendMessage(page, 'What is the weather in Paris?');
  await page.getByRole('button', { name: 'Submit result' }).waitFor();
  expect(await page.evaluate(() => window.violations)).toEqual([]);
});

it('announces the start of an answer once and the finished answer once', async () => {
  const page = await open({ path: '/?pace=10' });
  await sendMessage(page, 'Hello');
  await settled(page);
  await page.waitForFunction(() => window.announcements.length >= 2);
  const announced = await page.evaluate(() => window.announcements);
  expect(announced[0]).toBe('The assistant is answering.');
  expect(announced[1]).toMatch(/^The assistant says: Hello! Good to see you/);
  expect(announced).toHaveLength(2);
});

it('announces a failed answer assertively', async () => {
  const page = await open();
  await sendMessage(page, 'fail');
  await settled(page, 'failed');
  await page.waitForFunction(() => window.announcements.some((text) => text.startsWith('!')));
  expect(await page.evaluate(() => window.announcements)).toEqual([
    'The assistant is answering.',
    '!The answer failed.',
  ]);
});

it('reaches every control of the thread by keyboard', async () => {
  const page = await open();
  await composer(page).focus();
  await page.keyboard.type('Write something long');
  await page.keyboard.press('Enter');
  await settled(page);
  expect(await focused(page)).toBe('Message');

  // Backwards from the composer: the actions of the last answer, then the list, which scrolls by keyboard.
  const walked: (string | null | undefined)[] = [];
  for (let step = 0; step < 20 && walked.at(-1) !== 'Conversation'; step += 1) {
    await page.keyboard.press('Shift+Tab');
    walked.push(await focused(page));
  }
  expect(walked).toContain('Regenerate');
  expect(walked).toContain('Copy');
  expect(walked).toContain('Edit');
  expect(walked.at(-1)).toBe('Conversation');
  const position = () =>
    page.locator('[data-part="thread-scroll"]').evaluate((element) => element.scrollTop);
  const top = await position();
  await page.keyboard.press('End');
  await page.waitForFunction(
    (before) =>
      (document.querySelector('[data-part="thread-scroll"]')?.scrollTop ?? before) > before + 50,
    top,
  );

  await page.getByRole('button', { name: 'Edit' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toBe('Edit message');
  await page.keyboard.press('Escape');
  await expect.poll(() => focused(page)).toBe('Edit');
});

it('moves the focus between the messages and the composer with F6', async () => {
  const page = await open();
  await sendMessage(page, 'Hello');
  await settled(page);
  await page.keyboard.press('F6');
  expect(await focused(page)).toBe('Conversation');
  await page.getByRole('button', { name: 'Regenerate' }).focus();
  await page.keyboard.press('F6');
  expect(await focused(page)).toBe('Message');
  await page.keyboard.press('Control+F6');
  expect(await focused(page)).toBe('Message');
});

it('returns the focus to the composer when an answer is stopped', async () => {
  const page = await open({ path: '/?pace=60' });
  await sendMessage(page, 'Write something long');
  const stop = page.getByRole('button', { name: 'Stop answer' });
  await stop.focus();
  await page.keyboard.press('Enter');
  await settled(page, 'cancelled');
  expect(await focused(page)).toBe('Message');
});

it.each([
  ['320 pixels, as at 400 % zoom', { viewport: { width: 320, height: 256 } }],
  ['a small phone', { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true }],
] as const)('does not scroll horizontally at %s', async (_, options) => {
  const page = await open(options);
  await sendMessage(page, 'Show me some markdown');
  await settled(page);
  await page.locator('input[type="file"]').setInputFiles({
    name: 'Quarterly report of the northern region, third version with comments.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('Hello'),
  });
  await page.locator('[data-part="composer"] [data-part="file-chip"]').waitFor();
  const widths = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }));
  expect(widths.content).toBeLessThanOrEqual(widths.window);
  expect(await composer(page).isVisible()).toBe(true);
  const list = await page.locator('[data-part="thread-scroll"]').boundingBox();
  expect(list?.height).toBeGreaterThan(60);
});

it('runs no animation when the user prefers reduced motion', async () => {
  const page = await open({ reducedMotion: 'reduce', path: '/?pace=40' });
  await sendMessage(page, 'Write something long');
  await page.locator('[data-part="message"][data-streaming]').waitFor();
  const moving = await page.evaluate(
    () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
  );
  expect(moving).toBe(0);
});

it('keeps every control visible in forced colours', async () => {
  const page = await open({ forcedColors: 'active' });
  await sendMessage(page, 'Hello');
  await settled(page);
  const faint = await page.evaluate(() =>
    [...document.querySelectorAll('button, textarea')]
      .filter((element) => {
        const { color, backgroundColor } = getComputedStyle(element);
        return color === backgroundColor;
      })
      .map((element) => element.outerHTML.slice(0, 200)),
  );
  expect(faint).toEqual([]);
});

it('shows the file name and an error while the file components cannot be loaded', async () => {
  const page = await open();
  let isBlocked = true;
  let requests = 0;
  await page.route('**/threadFiles.lazy-*.js', (route) => {
    requests += 1;
    return isBlocked ? route.abort() : route.continue();
  });
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'rain.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b') });
  const retry = page.getByRole('alert').getByRole('button', { name: 'Try again' });
  await retry.waitFor();
  expect(await page.locator('[data-part="composer-attachments"]').innerText()).toBe('rain.csv');

  // Retry while still blocked: the module also retries on its own, which removes the button.
  const before = requests;
  await retry.click();
  await expect.poll(() => requests).toBeGreaterThan(before);
  isBlocked = false;
  await page.getByRole('button', { name: 'Remove rain.csv' }).waitFor();
  expect(await retry.count()).toBe(0);
  await sendMessage(page, 'Hello');
  await page.getByRole('list', { name: 'Attached files' }).getByText('rain.csv').waitFor();
  ignoreBlockedRequests();
});

it('offers a retry while the failure notice cannot be loaded, and shows the notice once it is', async () => {
  const page = await open();
  let isBlocked = true;
  await page.route('**/ThreadStatus.lazy-*.js', (route) =>
    isBlocked ? route.abort() : route.continue(),
  );
  await sendMessage(page, 'fail');
  await settled(page, 'failed');
  const retry = page.getByRole('alert').getByRole('button', { name: 'Try again' });
  await retry.waitFor();

  await sendMessage(page, 'Hello');
  await settled(page);
  expect(await retry.count()).toBe(0);

  isBlocked = false;
  await sendMessage(page, 'fail');
  await page.getByText('Server error.').waitFor();
  expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(1);
  ignoreBlockedRequests();
});

it('offers a retry while the search cannot be loaded, and shows the search once it is', async () => {
  const page = await open({ path: '/?search' });
  let isBlocked = true;
  await page.route('**/ThreadSearch.lazy-*.js', (route) =>
    isBlocked ? route.abort() : route.continue(),
  );
  await page.reload();
  const retry = page.getByRole('alert').getByRole('button', { name: 'Try again' });
  await retry.waitFor();
  isBlocked = false;
  await page.getByRole('searchbox').waitFor();
  expect(await retry.count()).toBe(0);
  ignoreBlockedRequests();
});

it('renders every row while the row window cannot be loaded, and virtualizes once it is', async () => {
  const page = await open({ path: '/?pace=0' });
  let isBlocked = true;
  await page.route('**/createRowWindow-*.js', (route) =>
    isBlocked ? route.abort() : route.continue(),
  );
  const rows = page.locator('[data-part="message-row"]');
  for (let sent = 1; sent <= 20; sent += 1) {
    await sendMessage(page, `Message ${sent}`);
    await rows.nth(sent * 2 - 1).waitFor();
    await settled(page);
  }
  expect(await rows.first().innerText()).toContain('Message 1');
  const isAtEnd = () =>
    page
      .locator('[data-part="thread-scroll"]')
      .evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight < 2);
  expect(await isAtEnd()).toBe(true);

  isBlocked = false;
  await page.waitForFunction(
    () => document.querySelectorAll('[data-part="message-row"]').length < 40,
  );
  expect(await isAtEnd()).toBe(true);
  await page
    .locator('[data-part="thread-scroll"]')
    .evaluate((element) => element.scrollTo({ top: 0 }));
  await rows.getByText('Message 1', { exact: true }).waitFor();
  ignoreBlockedRequests();
});

it('has fields that Safari does not zoom into, and buttons that are hit where they are seen, on a touch screen', async () => {
  const page = await open({
    hasTouch: true,
    isMobile: true,
    viewport: { width: 320, height: 640 },
  });
  await sendMessage(page, 'Hello');
  await settled(page);
  // A tap on the message shows its buttons.
  await page.getByText('Hello', { exact: true }).click();
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.locator('[data-part="message-editor-input"]').waitFor();
  await page.getByRole('button', { name: 'Good answer' }).waitFor();
  const sizes = await page
    .locator('textarea')
    .evaluateAll((fields) => fields.map((field) => parseFloat(getComputedStyle(field).fontSize)));
  expect(sizes).toEqual([16, 16]);

  // Also near the edges, where the larger area of a neighbor could cover the button.
  const missed = await page.locator('[data-part="message-actions"] button').evaluateAll((buttons) =>
    buttons.flatMap((button) => {
      button.scrollIntoView({ block: 'center' });
      const { left, right, top, bottom } = button.getBoundingClientRect();
      const middle = (top + bottom) / 2;
      const hit = [left + 1, (left + right) / 2, right - 1].map((x) =>
        document.elementFromPoint(x, middle)?.closest('button'),
      );
      return hit.every((found) => found === button) ? [] : [button.ariaLabel];
    }),
  );
  expect(missed).toEqual([]);
  const reached = await page
    .getByRole('button', { name: 'Copy' })
    .last()
    .evaluate((button) => {
      const { left, top, width, height } = button.getBoundingClientRect();
      const x = left + width / 2;
      const y = top + height / 2;
      return [document.elementFromPoint(x, y - 21), document.elementFromPoint(x - 21, y)].map(
        (found) => found?.closest('button') === button,
      );
    });
  expect(reached).toEqual([true, true]);
});
