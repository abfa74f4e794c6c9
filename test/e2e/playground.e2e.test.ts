import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright';
import { preview, type PreviewServer } from 'vite';
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { matchOperation } from '../../src/protocol/matchOperation.js';
import { operationIds } from '../../src/protocol/operationPaths.js';
import { ACTION_TIMEOUT_MS, launchBrowser } from './launchBrowser.js';
import { servePage } from './servePage.js';
import { walkOperations } from './walkOperations.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const configFile = join(root, 'app/vite.config.ts');

let server: PreviewServer;
let browser: Browser;
let origin: string;

beforeAll(async () => {
  server = await serve(0);
  // A server that listens on a port has an address, never a pipe.
  origin = `http://127.0.0.1:${(server.httpServer.address() as AddressInfo).port}`;
  browser = await launchBrowser();
});

/** Serves the playground with its own backend on a port. */
function serve(port: number): Promise<PreviewServer> {
  return preview({
    configFile,
    logLevel: 'error',
    build: { outDir: join(inject('builds'), 'playground') },
    preview: { host: '127.0.0.1', port },
  });
}

afterAll(async () => {
  await browser.close();
  await server.close();
});

/** Errors and warnings of the console, and requests to other origins. No page may cause any. */
const incidents: string[] = [];

afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  const seen = incidents.splice(0);
  if (seen.length > 0) throw new Error(seen.join('\n'));
});

async function open({
  path = '/',
  base = origin,
  prepare,
  ...options
}: BrowserContextOptions & {
  path?: string;
  base?: string;
  prepare?: (page: Page) => Promise<unknown>;
} = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(ACTION_TIMEOUT_MS);
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      incidents.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => incidents.push(`page: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(base) && !url.startsWith('blob:') && !url.startsWith('data:'))
      incidents.push(`request: ${url}`);
  });
  await prepare?.(page);
  await page.goto(base + path);
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
  return page;
}

async function sendMessage(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.keyboard.press('Enter');
}

/** Returns the role and text of each message, oldest first. */
function readMessages(page: Page): Promise<string[]> {
  return page
    .locator('[data-part="message"]')
    .evaluateAll((rows) =>
      rows.map(
        (row) =>
          `${row.dataset['role']}: ${row.querySelector('[data-part="message-text"]')?.textContent}`,
      ),
    );
}

const messages = (page: Page) => page.locator('[data-part="message"]');
const settled = (page: Page, status = 'completed') =>
  page.locator(`[data-part="thread"][data-status="${status}"]`).waitFor();

it('answers a question with a function call, and shows it again after a reload', async () => {
  const page = await open();
  await sendMessage(page, 'What is the weather in Paris?');
  await page.getByText('Let me look up').waitFor();
  const form = page.getByRole('form', { name: /get_weather/ });
  await form.getByText('Paris', { exact: true }).waitFor();
  await form.getByText('JSON', { exact: true }).click();
  await form.getByRole('textbox', { name: 'Result' }).fill('{"sky": "clear", "degrees": 21}');
  await form.getByRole('button', { name: 'Submit result' }).click();
  await settled(page);
  const answer = page.locator('[data-part="message"]').last();
  expect(await answer.getByRole('listitem').allTextContents()).toEqual([
    'sky: clear',
    'degrees: 21',
  ]);
  expect(await answer.locator('strong').first().textContent()).toBe('Paris');
  const before = await readMessages(page);
  expect(before).toHaveLength(3);
  const address = page.url();

  await page.reload();
  await page.getByText('degrees: ').waitFor();
  expect(page.url()).toBe(address);
  expect(await readMessages(page)).toEqual(before);
  await page.getByRole('list', { name: 'Steps' }).getByText('Called get_weather').waitFor();
});

it('lists the thread by its first words, and opens it by its URL in another tab', async () => {
  const page = await open();
  await sendMessage(page, 'Hello there');
  await settled(page);
  const link = page.getByRole('navigation').getByRole('link', { name: 'Hello there' });
  await link.waitFor();

  const other = await page.context().newPage();
  await other.goto(page.url());
  await messages(other).getByText('Good to see you').waitFor();
  expect(await readMessages(other)).toEqual(await readMessages(page));
  await page.getByRole('button', { name: 'New thread' }).click();
  await page.locator('[data-part="empty-title"]').waitFor();
  await link.click();
  await messages(page).getByText('Good to see you').waitFor();
});

it('streams an answer', async () => {
  const page = await open();
  await sendMessage(page, 'Write something long');
  const text = page.locator('[data-part="message"][data-streaming]').last();
  await text.waitFor();
  const lengths: number[] = [];
  for (let look = 0; look < 5; look += 1) {
    lengths.push((await text.textContent())?.length ?? 0);
    await page.waitForFunction(
      (length) => (document.querySelector('[data-streaming]')?.textContent?.length ?? 0) > length,
      lengths[look] ?? 0,
    );
  }
  expect(lengths).toEqual([...new Set(lengths)].toSorted((a, b) => a - b));
  expect(lengths).toHaveLength(5);
});

it('stops an answer and keeps its text', async () => {
  const page = await open();
  // This answer never ends on its own, however slow the machine is.
  await sendMessage(page, 'Please stall');
  await messages(page).getByText('I will not stop before you do').waitFor();

  await page.getByRole('button', { name: 'Stop answer' }).click();
  await settled(page, 'cancelled');

  await page.getByText('You stopped this answer.').waitFor();
  expect(await messages(page).getByText('I will not stop before you do').count()).toBe(1);
  expect(await page.getByRole('button', { name: 'Stop answer' }).count()).toBe(0);
});

it('continues an answer after a reload, and shows every message once', async () => {
  const page = await open();
  await sendMessage(page, 'Write something long');
  await messages(page).getByText('The river begins').waitFor();

  await page.reload();
  await page.getByRole('button', { name: 'Stop answer' }).waitFor();
  await messages(page).getByText('That was the long answer').waitFor();
  await settled(page);

  const texts = await readMessages(page);
  expect(texts).toHaveLength(2);
  expect(texts[1]?.split('A walk along the river')).toHaveLength(2);
  expect(texts[1]?.split('That was the long answer')).toHaveLength(2);
});

it('follows the end of a growing answer until the user scrolls up', async () => {
  const page = await open();
  await sendMessage(page, 'Write something long');
  await page.getByText('The bridge').waitFor();
  const scroller = page.locator('[data-part="thread-scroll"]');
  const distance = () =>
    scroller.evaluate(
      ({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight,
    );
  expect(await distance()).toBeLessThan(60);

  await scroller.hover();
  await page.mouse.wheel(0, -400);
  await page.getByRole('button', { name: 'Jump to latest' }).waitFor();
  const top = await scroller.evaluate(({ scrollTop }) => scrollTop);
  await page.getByText('The locks').waitFor();
  expect(Math.abs((await scroller.evaluate(({ scrollTop }) => scrollTop)) - top)).toBeLessThan(2);
  await page.getByRole('button', { name: 'Jump to latest' }).click();

  expect(await distance()).toBeLessThan(60);
});

it('can be used by keyboard alone', async () => {
  const page = await open();
  await page.keyboard.press('n');
  expect(await hasFocus(page.getByRole('textbox', { name: 'Message' }))).toBe(true);
  await page.keyboard.type('What is the weather in Oslo?');
  await page.keyboard.press('Enter');
  await page.getByRole('form', { name: /get_weather/ }).waitFor();
  // The focus has moved from the empty composer to the requested field.
  await page.keyboard.type('snow');
  await page.keyboard.press('Control+Enter');
  await settled(page);

  await messages(page).getByText('snow').waitFor();
  expect(await hasFocus(page.getByRole('textbox', { name: 'Message' }))).toBe(true);
});

it('keeps the focus when a panel that covers the thread closes', async () => {
  const page = await open({ viewport: { width: 600, height: 800 } });
  await page.getByRole('button', { name: 'Chapters and threads' }).click();
  await page.getByRole('navigation').getByRole('button', { name: 'New thread' }).focus();
  await page.keyboard.press('Escape');
  expect(await hasFocus(page.getByRole('textbox', { name: 'Message' }))).toBe(true);
});

it('closes the panels of a window that becomes narrow', async () => {
  const page = await open({ viewport: { width: 1300, height: 800 } });
  await page.getByRole('complementary', { name: 'Code' }).waitFor();
  await page.setViewportSize({ width: 600, height: 800 });
  await page.getByRole('complementary', { name: 'Code' }).waitFor({ state: 'hidden' });
  await page.getByRole('navigation').waitFor({ state: 'hidden' });
  expect(await page.getByRole('textbox', { name: 'Message' }).isVisible()).toBe(true);
});

it('explains itself, and shows the code of each chapter beside it', async () => {
  const page = await open();
  await page.getByText('React hooks and components for chats over the Assistants API').waitFor();
  const code = page.getByRole('complementary', { name: 'Code' });
  await code.locator('pre', { hasText: '<ThreadView' }).waitFor();
  await code.getByRole('button', { name: 'App.tsx' }).click();
  await code.locator('pre', { hasText: 'createBackend' }).waitFor();
  for (const [title, heading, source] of [
    ['Approval', 'Nothing happens without you', 'needsApproval: true'],
    ['A failing server', 'A server that misbehaves', 'withFaults'],
    ['Two users', 'Your own threads', 'x-user'],
  ] as const) {
    await page.getByRole('navigation').getByRole('link', { name: title }).click();
    await page.locator('[data-part="empty-title"]', { hasText: heading }).first().waitFor();
    await code.locator('pre', { hasText: source }).waitFor();
  }
  await page.goto(`${origin}/#/chapter/longThread`);
  await page.getByText('Stop 1000 is 3000 km from the start').waitFor();
  await page.getByRole('link', { name: 'Read the guide' }).click();
  await page.getByRole('heading', { name: 'Concepts' }).waitFor();
  expect(page.url()).toContain('#/guide/concepts');
});

it('lists its shortcuts under ?, and closes the list with Escape', async () => {
  const page = await open();
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await page.keyboard.press('?');
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  expect(await page.locator('.app').isVisible()).toBe(true);
});

it('turns the shortcuts of single keys off, and remembers that', async () => {
  const page = await open();
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await page.keyboard.press('?');
  await dialog.getByRole('checkbox', { name: 'Single-key shortcuts' }).uncheck();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.reload();
  await page.getByRole('button', { name: 'Look' }).focus();
  await page.keyboard.press('?');
  await page.keyboard.press('t');
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await dialog.waitFor();
  expect(await page.locator('html').getAttribute('data-theme')).toBeNull();
});

it('titles the bar and the tab with the thread, and opens another assistant in a new thread', async () => {
  const page = await open();
  await sendMessage(page, 'Hello');
  await settled(page);
  await page.getByRole('heading', { level: 1, name: 'Hello' }).waitFor();
  expect(await page.title()).toBe('Hello · assistants-react');
  await page.getByRole('button', { name: 'Assistant: Demo assistant' }).click();
  await page.getByRole('menuitem', { name: 'Weather desk' }).click();
  await page.getByRole('button', { name: 'Assistant: Weather desk' }).waitFor();
  await page.getByRole('heading', { level: 1, name: 'New conversation' }).waitFor();
});

it('opens the panels of a phone over a scrim that closes them', async () => {
  const page = await open({ viewport: { width: 390, height: 740 } });
  await page.getByRole('button', { name: 'Chapters and threads' }).click();
  await page.getByRole('navigation').waitFor();
  await page.mouse.click(380, 400);
  await page.getByRole('navigation').waitFor({ state: 'hidden' });
  expect(await page.getByRole('button', { name: 'New thread' }).isVisible()).toBe(true);
});

it.each([360, 320])('does not scroll horizontally at %i pixels', async (width) => {
  const page = await open({ viewport: { width, height: 740 } });
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(await overflow()).toBeLessThanOrEqual(0);
  await sendMessage(page, 'Show me some markdown');
  await settled(page);
  expect(await overflow()).toBeLessThanOrEqual(0);
  expect(
    await page
      .locator('[data-part="thread-scroll"]')
      .evaluate((element) => element.scrollWidth - element.clientWidth),
  ).toBe(0);
  await page.getByRole('button', { name: 'Chapters and threads' }).click();
  expect(await overflow()).toBeLessThanOrEqual(0);
  await page.keyboard.press('Escape');
  for (const panel of ['Runs', 'Code']) {
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: panel }).click();
    await page.getByRole('complementary', { name: panel }).waitFor();
    expect(await overflow()).toBeLessThanOrEqual(0);
  }
});

it('follows the color scheme of the system, and remembers another choice', async () => {
  const page = await open({ colorScheme: 'dark' });
  const lightness = () =>
    page.evaluate(() => {
      const canvas = document.createElement('canvas').getContext('2d');
      if (!canvas) return NaN;
      canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
      canvas.fillRect(0, 0, 1, 1);
      return canvas.getImageData(0, 0, 1, 1).data[0] ?? NaN;
    });
  expect(await lightness()).toBeLessThan(60);

  await page.getByRole('button', { name: 'Look' }).click();
  const look = page.getByRole('dialog', { name: 'Look' });
  await look.getByLabel('Theme').selectOption('Light');
  await expect.poll(lightness).toBeGreaterThan(230);
  await look.getByLabel('Language', { exact: true }).selectOption('العربية');
  await page.getByRole('textbox', { name: 'الرسالة' }).waitFor();
  expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
  await page.reload();
  await page.getByRole('textbox', { name: 'الرسالة' }).waitFor();
  expect(await lightness()).toBeGreaterThan(230);
});

/** Opens the dialog with the assistants. */
async function manageAssistants(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: /^Assistant: / }).click();
  await page.getByRole('menuitem', { name: 'Manage assistants…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Assistants' });
  await dialog.waitFor();
  return dialog;
}

async function createAssistant(page: Page): Promise<string> {
  const name = `Helper ${Date.now()}`;
  const dialog = await manageAssistants(page);
  await dialog.getByRole('button', { name: 'New assistant' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: `Assistant: ${name}` }).waitFor();
  return name;
}

it('creates, uses and deletes an assistant', async () => {
  const page = await open();
  const name = await createAssistant(page);
  await sendMessage(page, 'Hello');
  await settled(page);
  expect(await readMessages(page)).toHaveLength(2);
  const dialog = await manageAssistants(page);
  await dialog.getByRole('button', { name: `Delete ${name}` }).click();
  await dialog.getByRole('button', { name: `Undo: keep ${name}` }).click();
  // The assistant that comes back is selected again.
  await page.getByRole('button', { name: `Assistant: ${name}` }).waitFor();
  await manageAssistants(page);
  await dialog.getByRole('button', { name: `Delete ${name}` }).click();
  // Closing the dialog ends the time in which the deletion can be undone.
  const deleted = page.waitForResponse((response) => response.request().method() === 'DELETE');
  await dialog.getByRole('button', { name: 'Close' }).click();
  expect((await deleted).ok()).toBe(true);
  await page.getByRole('button', { name: 'Assistant: Demo assistant' }).waitFor();
});

it('offers a new conversation if a thread does not exist', async () => {
  const page = await open({ path: '/#thread=thread_gone' });
  await page.getByText('It may have been deleted.').waitFor();
  // The browser logs the 404s.
  await expect.poll(() => incidents.length).toBeGreaterThan(0);
  expect(incidents.splice(0).filter((line) => !/404/.test(line))).toEqual([]);

  await page.getByRole('button', { name: 'Start a new conversation' }).click();
  await sendMessage(page, 'Hello');
  await settled(page);
  expect(await readMessages(page)).toHaveLength(2);
});

/** Sends a message again, which another assistant answers. Returns the message. Only requests for what is gone may have failed. */
async function sendAgain(page: Page): Promise<string | undefined> {
  await page.getByRole('button', { name: 'Try again' }).click();
  await settled(page);
  await page.getByText('no longer exists').waitFor({ state: 'hidden' });
  expect(incidents.splice(0).filter((line) => !/404/.test(line))).toEqual([]);
  return (await readMessages(page))[0];
}

it('reports a restarted server, and continues with the assistant that exists now', async () => {
  const page = await open();
  await sendMessage(page, 'Hello');
  await settled(page);
  // The backend of the server keeps its data in memory.
  const { port } = new URL(origin);
  await server.close();
  server = await serve(Number(port));

  await sendMessage(page, 'Are you there?');
  await page.getByText('Demo assistant no longer exists, and the new one answers now.').waitFor();
  await page.getByRole('button', { name: 'Start a new conversation' }).click();
  expect(await sendAgain(page)).toBe('user: Are you there?');
});

it('reports an assistant that was deleted elsewhere, and continues with another one', async () => {
  const page = await open();
  const name = await createAssistant(page);
  const id = new URL(page.url()).hash.replace(/^.*assistant=/, '');
  const deleted = await page.request.delete(`${origin}/v1/assistants/${id}`, {
    headers: { 'openai-beta': 'assistants=v2' },
  });
  expect(deleted.ok()).toBe(true);

  await sendMessage(page, 'Are you there?');
  await page
    .getByText(`${name} no longer exists, and Demo assistant answers now.`, { exact: true })
    .waitFor();
  expect(await sendAgain(page)).toBe('user: Are you there?');
});

it('shows the composer and an error if the server wants a key, and does not ask again and again', async () => {
  const asked: string[] = [];
  const page = await open({
    prepare: (prepared) =>
      prepared.route('**/v1/**', (route) => {
        asked.push(route.request().url());
        return route.fulfill({ status: 401, json: { error: { message: 'No key.' } } });
      }),
  });
  await page.getByRole('alert').first().waitFor();
  await sendMessage(page, 'Hello');
  await page.getByText('Not sent').waitFor();
  await page.getByText('Not signed in').first().waitFor();
  // While this sends fifty requests, one after the other, a page that asks after each answer would send many of its own.
  const probe = `${origin}/v1/probe`;
  await page.evaluate(async (url) => {
    for (let count = 0; count < 50; count++) await (await fetch(url)).text();
  }, probe);
  expect(asked.filter((url) => url === probe)).toHaveLength(50);
  expect(asked.filter((url) => url !== probe).length).toBeLessThan(10);
  expect(incidents.splice(0).filter((line) => !/401/.test(line))).toEqual([]);
});

it('offers the demo assistant if there is none', async () => {
  const page = await open();
  const dialog = await manageAssistants(page);
  const all = dialog.getByRole('button', { name: /^Delete .+/ });
  while ((await all.count()) > 0) {
    const before = await all.count();
    await all.last().click();
    await expect.poll(() => all.count()).toBeLessThan(before);
  }
  // Closing the dialog ends the time in which the deletions can be undone.
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Create the demo assistant' }).click();
  await page.getByRole('button', { name: 'Assistant: Demo assistant' }).waitFor();
  await sendMessage(page, 'Hello');
  await settled(page);
  expect(await readMessages(page)).toHaveLength(2);
});

it('reaches every operation of the API in the data pages', async () => {
  const page = await open();
  const used = new Set<string>();
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    const matched = matchOperation(request.method(), pathname.replace(/^\/v1/, ''));
    if (matched) used.add(matched.operation);
  });
  await walkOperations(page, origin);
  await expect.poll(() => operationIds.filter((id) => !used.has(id))).toEqual([]);
  // A batch that has ended cannot be cancelled.
  expect(incidents.splice(0).filter((line) => !/400/.test(line))).toEqual([]);
});

it('works as static files, keeps threads over a reload, and says in a second tab that it cannot', async () => {
  const site = await servePage('playgroundStatic', 'index.html');
  try {
    const page = await open({ base: site.origin });
    expect(await page.locator('meta[http-equiv="Content-Security-Policy"]').count()).toBe(1);
    await sendMessage(page, 'Name your sources');
    await settled(page);
    const before = await readMessages(page);
    expect(before).toHaveLength(2);
    const other = await page.context().newPage();
    await other.goto(site.origin);
    await other.getByText('Threads are lost when this tab closes.').waitFor();
    await other.close();

    await page.reload();
    await messages(page).getByText('Green tea').first().waitFor();
    expect(await readMessages(page)).toEqual(before);
    await page.getByRole('navigation').getByRole('link', { name: 'Name your sources' }).waitFor();
  } finally {
    await site.close();
  }
});

function hasFocus(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => element === document.activeElement);
}
