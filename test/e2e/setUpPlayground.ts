import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright';
import { preview, type PreviewServer } from 'vite';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import { ACTION_TIMEOUT_MS, launchBrowser } from './launchBrowser.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const configFile = join(root, 'app/vite.config.ts');

interface OpenOptions extends BrowserContextOptions {
  path?: string;
  base?: string;
  /** Runs before the page is loaded. */
  prepare?: (page: Page) => Promise<unknown>;
}

/** The built playground with its own backend, for the tests of one file. */
export interface Playground {
  readonly origin: string;
  /**
   * Errors and warnings of the console, and requests to other origins. A test fails if any are left at its end: a test that
   * causes some on purpose removes them.
   */
  readonly incidents: string[];
  /** Opens the playground in a window of its own, and waits for the composer. */
  open: (options?: OpenOptions) => Promise<Page>;
  /** Restarts the server on the same port. Its backend keeps data in memory only, so it forgets all. */
  restart: () => Promise<void>;
}

/** Serves the playground and launches a browser before the tests of a file, and closes both after them. */
export function setUpPlayground(): Playground {
  let server: PreviewServer;
  let browser: Browser;
  let origin: string;
  const incidents: string[] = [];

  beforeAll(async () => {
    server = await serve(0);
    // A server that listens on a port has an address, never a pipe.
    origin = `http://127.0.0.1:${(server.httpServer.address() as AddressInfo).port}`;
    browser = await launchBrowser();
  });

  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    const seen = incidents.splice(0);
    if (seen.length > 0) throw new Error(seen.join('\n'));
  });

  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  return {
    get origin() {
      return origin;
    },
    incidents,
    async open({ path = '/', base = origin, prepare, ...options } = {}) {
      const viewport = { width: 1280, height: 800 };
      const context = await browser.newContext({ viewport, ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(ACTION_TIMEOUT_MS);
      collectIncidents(page, base, incidents);
      await prepare?.(page);
      await page.goto(base + path);
      await page.getByRole('textbox', { name: 'Message' }).waitFor();
      return page;
    },
    async restart() {
      await server.close();
      server = await serve(Number(new URL(origin).port));
    },
  };
}

function serve(port: number): Promise<PreviewServer> {
  return preview({
    configFile,
    logLevel: 'error',
    build: { outDir: join(inject('builds'), 'playground') },
    preview: { host: '127.0.0.1', port },
  });
}

function collectIncidents(page: Page, base: string, incidents: string[]): void {
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
}

export async function sendMessage(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.keyboard.press('Enter');
}

/** Returns the role and text of each message, oldest first. */
export function readMessages(page: Page): Promise<string[]> {
  return getMessages(page).evaluateAll((rows) =>
    rows.map(
      (row) =>
        `${row.dataset['role']}: ${row.querySelector('[data-part="message-text"]')?.textContent}`,
    ),
  );
}

export function getMessages(page: Page): Locator {
  return page.locator('[data-part="message"]');
}

/** Resolves when the thread has this status. */
export function waitForStatus(page: Page, status = 'completed'): Promise<void> {
  return page.locator(`[data-part="thread"][data-status="${status}"]`).waitFor();
}

export function hasFocus(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => element === document.activeElement);
}
