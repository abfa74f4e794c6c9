import { gzipSync } from 'node:zlib';
import { createAssistantsClient } from 'assistants-react/client';
import { createBackend, scriptedModel } from 'assistants-react/backend';
import type { Browser, Page, Response } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../e2e/launchBrowser.js';
import { servePage, type ServedPage } from '../e2e/servePage.js';

// Measures the code that a built app loads from dist, without React. `npm test` builds dist first.
let served: ServedPage;
let browser: Browser;

beforeAll(async () => {
  served = await servePage('size', 'index.html');
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await served.close();
});

interface Opened {
  page: Page;
  /** Returns the gzipped sizes of the loaded scripts, without React. */
  loaded: () => Promise<Map<string, number>>;
}

/** Opens a thread on its own backend, with an assistant that has the given functions. */
async function open(...functions: string[]): Promise<Opened> {
  const { fetch } = createBackend({ model: scriptedModel() });
  const tools = functions.map((name) => ({ type: 'function', function: { name } }) as const);
  await createAssistantsClient({ fetch }).createAssistant({ body: { model: 'scripted', tools } });
  const page = await browser.newPage();
  const files: Response[] = [];
  page.on('response', (response) => {
    // The bundler's runtime is loaded for React's CommonJS modules anyway.
    if (/\/assets\/(?!react-|rolldown-runtime-).*\.js$/.test(response.url())) files.push(response);
  });
  await page.route('**/v1/**', async (route) => {
    const request = route.request();
    const body = request.postData();
    const init = {
      method: request.method(),
      headers: await request.allHeaders(),
      ...(body !== null && { body }),
    };
    const answer = await fetch(new Request(request.url(), init));
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    });
  });
  await page.goto(served.origin);
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
  const measure = async (file: Response) =>
    [file.url(), gzipSync(await file.body()).length] as const;
  return { page, loaded: async () => new Map(await Promise.all(files.map(measure))) };
}

async function sendMessage(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.keyboard.press('Enter');
}

it('loads nothing more while a plain conversation runs', async () => {
  const { page, loaded } = await open();
  // The code that follows runs is loaded while the page is idle.
  const isFollowingLoaded = async () => [...(await loaded()).keys()].some(isFollowing);
  await expect.poll(isFollowingLoaded).toBe(true);
  await page.waitForLoadState('networkidle');
  const before = await loaded();
  await sendMessage(page, 'Show me some markdown');
  await page.locator('[data-part="thread"][data-status="completed"]').waitFor();
  expect(await page.locator('[data-part="markdown"] table').count()).toBe(1);
  const after = await loaded();
  expect([...after.keys()]).toEqual([...before.keys()]);
  // More than in .size-limit.js: with the code that follows runs, and in chunks, which compress less.
  expect(sum(after)).toBeLessThan(87_000);
  expect(sum(after)).toBeGreaterThan(40_000);
});

it('loads the tool call components when a run starts that may call a function', async () => {
  const { page, loaded } = await open('get_weather');
  const before = await loaded();
  await sendMessage(page, 'What is the weather in Paris?');
  await page.getByRole('button', { name: 'Submit result' }).waitFor();
  expect(sum(await loaded())).toBeGreaterThan(sum(before) + 10_000);
});

it('offers a retry while the tool call components cannot be loaded, and shows the call once they are', async () => {
  const { page } = await open('get_weather');
  let isBlocked = true;
  let requests = 0;
  await page.route('**/ThreadToolOutputs.lazy-*.js', (route) => {
    requests += 1;
    return isBlocked ? route.abort() : route.continue();
  });
  await sendMessage(page, 'What is the weather in Paris?');
  const retry = page.getByRole('alert').getByRole('button', { name: 'Try again' });
  await retry.waitFor();
  // Retry while still blocked: the module also retries on its own, which removes the button.
  const before = requests;
  await retry.click();
  await expect.poll(() => requests).toBeGreaterThan(before);
  isBlocked = false;
  await page.getByRole('button', { name: 'Submit result' }).waitFor();
  expect(await retry.count()).toBe(0);
});

it('keeps a message that was refused while the code that reads the refusal cannot be loaded', async () => {
  const { page } = await open();
  await page.route('**/responseErrors.lazy-*.js', (route) => route.abort());
  await page.route('**/threads{,/**}', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({ status: 400, json: { error: { message: 'Refused.' } } })
      : route.fallback(),
  );
  await sendMessage(page, 'Hello');
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  await expect
    .poll(() => page.locator('[data-part="thread"]').innerText())
    .toMatch(/Hello\s+The server refused this[^]*Not sent/);
});

it('keeps a message while the code that follows runs cannot be loaded, and sends it again', async () => {
  const { page } = await open();
  let isBlocked = true;
  await page.route(isFollowing, (route) => (isBlocked ? route.abort() : route.continue()));
  await page.reload();
  await sendMessage(page, 'Show me some markdown');
  const retry = page.getByRole('button', { name: 'Try again' });
  await retry.waitFor();
  await expect
    .poll(() => page.locator('[data-part="thread"]').innerText())
    .toMatch(/Show me some markdown[^]*Not sent/);
  isBlocked = false;
  await retry.click();
  await page.locator('[data-part="thread"][data-status="completed"]').waitFor();
});

function isFollowing(url: string | URL): boolean {
  return /followToEnd-[^/]*\.js$/.test(String(url));
}

function sum(files: ReadonlyMap<string, number>): number {
  return [...files.values()].reduce((total, size) => total + size, 0);
}
