import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll } from 'vitest';
import { launchBrowser } from './launchBrowser.js';
import { servePage, type ServedPage } from './servePage.js';

/** Length to which texts are cut. `npm run bench:hostile` renders them at their full length. */
export const MAX_LENGTH = 32_000;

/** A page that renders texts made to freeze it, for the tests of one file. */
export interface HostileTextPage {
  /** Messages of the errors that nothing caught. */
  readonly errors: readonly string[];
  /** Renders a text on a surface of the library. Resolves with the number of visible characters. */
  render: (name: string, surface: string) => Promise<number>;
  /** Renders a text as it grows. Resolves with the number of visible characters. */
  stream: (name: string, surface: 'a message' | 'arguments') => Promise<number>;
}

/** Serves the page and launches a browser before the tests of a file, and closes both after them. */
export function setUpHostileTexts(): HostileTextPage {
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

  return {
    errors,
    render: (name, surface) =>
      page.evaluate(
        ([text, place, maxLength]) =>
          window.renderText(text, place, maxLength).then(({ characters }) => characters),
        [name, surface, MAX_LENGTH] as const,
      ),
    stream: (name, surface) =>
      page.evaluate(
        ([text, place, maxLength]) =>
          window.streamText(text, place, maxLength).then(({ characters }) => characters),
        [name, surface, MAX_LENGTH] as const,
      ),
  };
}
