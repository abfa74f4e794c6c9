import { gzipSync } from 'node:zlib';
import { createAssistantsClient } from 'assistants-react/client';
import { createBackend, scriptedModel } from 'assistants-react/backend';
import { chromium, type Browser, type Page, type Response } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chromiumArguments, findChromium } from '../../scripts/findChromium.js';
import { servePage, type ServedPage } from '../e2e/servedPage.js';

// What a page of an app really loads of dist, React apart. `npm test` builds dist before.
let served: ServedPage;
let browser: Browser;

beforeAll(async () => {
  served = await servePage('test/exports/sizePage');
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

interface Opened {
  page: Page;
  /** The files of code that came, React's apart, with their bytes after gzip. */
  loaded: () => Promise<Map<string, number>>;
}

/** Opens a thread on a server of its own, with an assistant that has these functions. */
async function open(...functions: string[]): Promise<Opened> {
  const { fetch } = createBackend({ model: scriptedModel() });
  const tools = functions.map((name) => ({ type: 'function', function: { name } }) as const);
  await createAssistantsClient({ fetch }).createAssistant({ body: { model: 'scripted', tools } });
  const page = await browser.newPage();
  const files: Response[] = [];
  page.on('response', (response) => {
    // The runtime is there for React too, whose modules are CommonJS.
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
  const sizeOf = async (file: Response) =>
    [file.url(), gzipSync(await file.body()).length] as const;
  return { page, loaded: async () => new Map(await Promise.all(files.map(sizeOf))) };
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.keyboard.press('Enter');
}

it('holds a plain conversation for 60 kB over React, and fetches no more for it', async () => {
  const { page, loaded } = await open();
  const before = await loaded();
  await say(page, 'Show me some markdown');
  await page.locator('[data-part="thread"][data-status="completed"]').waitFor();
  expect(await page.locator('[data-part="markdown"] table').count()).toBe(1);
  const after = await loaded();
  expect([...after.keys()]).toEqual([...before.keys()]);
  // Split into files, and with what the bundler adds for that, it is somewhat more than in .size-limit.js.
  expect(sum(after)).toBeLessThan(60_000);
  expect(sum(after)).toBeGreaterThan(40_000);
});

it('fetches what shows a function call when a run begins that may call one', async () => {
  const { page, loaded } = await open('get_weather');
  const before = await loaded();
  await say(page, 'What is the weather in Paris?');
  await page.getByRole('button', { name: 'Submit result' }).waitFor();
  expect(sum(await loaded())).toBeGreaterThan(sum(before) + 10_000);
});

it('says so when that could not be fetched, and shows the call when it is tried again', async () => {
  const { page } = await open('get_weather');
  let isOffline = true;
  await page.route('**/ShownToolOutputs-*.js', (route) =>
    isOffline ? route.abort() : route.continue(),
  );
  await say(page, 'What is the weather in Paris?');
  const retry = page.getByRole('alert').getByRole('button', { name: 'Try again' });
  await retry.waitFor();
  isOffline = false;
  await retry.click();
  await page.getByRole('button', { name: 'Submit result' }).waitFor();
  expect(await retry.count()).toBe(0);
});

function sum(files: ReadonlyMap<string, number>): number {
  return [...files.values()].reduce((total, size) => total + size, 0);
}
