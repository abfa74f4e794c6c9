import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hostileTexts } from '../security/hostileTexts.js';
import { longSurfaces } from '../security/Surfaces.js';
import { launchBrowser } from './launchBrowser.js';
import { servePage, type ServedPage } from './servePage.js';

// Checks that texts made to freeze a page are rendered and readable. `npm run bench:hostile` renders them at their full
// length, and measures the tasks that they cause.
const MAX_LENGTH = 32_000;

let served: ServedPage;
let browser: Browser;
let page: Page;
const errors: string[] = [];

beforeAll(async () => {
  served = await servePage('pages', 'hostile-text/index.html');
  browser = await launchBrowser();
  page = await browser.newPage();
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(served.origin);
  await page.waitForFunction(() => 'renderText' in window);
});

afterAll(async () => {
  await browser.close();
  await served.close();
});

const renderText = (name: string, surface: string) =>
  page.evaluate(
    ([text, place, maxLength]) =>
      window.renderText(text, place, maxLength).then(({ characters }) => characters),
    [name, surface, MAX_LENGTH] as const,
  );

const streamText = (name: string, surface: 'a message' | 'arguments') =>
  page.evaluate(
    ([text, place, maxLength]) =>
      window.streamText(text, place, maxLength).then(({ characters }) => characters),
    [name, surface, MAX_LENGTH] as const,
  );

/** Texts that markdown renders without any visible character. */
const INVISIBLE = new Set(['rules', 'definitions', 'blanks', 'tabs', 'line breaks']);

it.each(Object.keys(hostileTexts))('renders %s readably in a message', async (name) => {
  const characters = await renderText(name, 'a message');
  expect(characters > 0 || INVISIBLE.has(name)).toBe(true);
  expect(errors).toEqual([]);
});

it.each([
  'one paragraph of words',
  'tiny paragraphs',
  'bidirectional controls',
  'no space at all',
  'joined emoji',
])('renders every character of %s in a message of the user', async (name) => {
  const characters = await renderText(name, 'a message of the user');
  expect(characters).toBe(hostileTexts[name]?.slice(0, MAX_LENGTH).replace(/\s/g, '').length);
});

it.each([
  'rich paragraphs',
  'lists, one deeper on each line',
  'lists within depth',
  'escapes',
  'bidirectional controls',
  'stars in a line that is still parsed',
  'links in a line that is still parsed',
  'open emphasis in lines',
])('renders %s while the text is streamed', async (name) => {
  expect(await streamText(name, 'a message')).toBeGreaterThan(0);
  expect(errors).toEqual([]);
});

it.each(['lists in lists', 'one field that holds all'])(
  'renders %s as arguments while they are streamed',
  async (name) => {
    expect(await streamText(name, 'arguments')).toBeGreaterThan(0);
    expect(errors).toEqual([]);
  },
);

it.each(Object.keys(longSurfaces).filter((surface) => !surface.includes('message')))(
  'renders long, deep and bidirectional values on the surface "%s"',
  async (surface) => {
    for (const name of ['lists in lists', 'one field that holds all']) {
      expect(await renderText(name, surface)).toBeGreaterThan(0);
    }
    expect(errors).toEqual([]);
  },
);

it.each(['many fields', 'many values', 'a field without a space'])(
  'renders %s as arguments',
  async (name) => {
    expect(await renderText(name, 'arguments')).toBeGreaterThan(0);
  },
);

it.each(['formulas by the thousand', 'formulas that nest', 'matrices', 'code of many lines'])(
  'renders %s with the math and highlight plug-ins',
  async (name) => {
    await renderText(name, 'formulas and colours');
    expect(errors).toEqual([]);
  },
);
