import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { ACTION_TIMEOUT_MS, launchBrowser } from './launchBrowser.js';
import { servePage, STRICT_POLICY, type ServedPage } from './servePage.js';

/** A page with a thread, under a strict policy, for the tests of one file. */
export interface ThreadPage {
  /** Errors of the page and its console. A test fails if any are left at its end. */
  readonly errors: string[];
  /** Opens the page in a window of its own, and waits for the composer. */
  open: (options?: BrowserContextOptions & { path?: string }) => Promise<Page>;
  /** Drops the errors that the browser logs, at any time, for requests that the test has blocked. */
  ignoreBlockedRequests: () => void;
}

/** Serves the page and launches a browser before the tests of a file, and closes both after them. */
export function setUpThreadPage(): ThreadPage {
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

  return {
    errors,
    async open({ path = '/', ...options } = {}) {
      const viewport = { width: 900, height: 700 };
      const context = await browser.newContext({ viewport, ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(ACTION_TIMEOUT_MS);
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      await page.goto(served.origin + path);
      await getComposer(page).waitFor();
      return page;
    },
    ignoreBlockedRequests() {
      const others = errors.filter((error) => !error.includes('net::ERR_FAILED'));
      errors.splice(0, errors.length, ...others);
    },
  };
}

export function getComposer(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Message' });
}

/** Resolves when the thread has this status. */
export function waitForStatus(page: Page, status = 'completed'): Promise<void> {
  return page.locator(`[data-part="thread"][data-status="${status}"]`).waitFor();
}

/** Returns the accessible name of the focused element, or else its part. */
export function getFocused(page: Page): Promise<string | undefined> {
  return page.evaluate(
    () =>
      document.activeElement?.getAttribute('aria-label') ??
      document.activeElement?.getAttribute('data-part') ??
      document.activeElement?.tagName,
  );
}

export async function sendMessage(page: Page, text: string): Promise<void> {
  await getComposer(page).fill(text);
  // Enter alone breaks the line on touch devices.
  await getComposer(page).press('Control+Enter');
}
