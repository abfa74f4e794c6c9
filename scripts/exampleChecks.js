import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { findFreePort } from './findFreePort.js';
import { startApp } from './startApp.js';

const SENTENCE = 'Clay pots keep the warmth.';
// Readers of PDF files find the objects without a table of their positions.
const PDF = `%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [4 0 R] /Count 1 >> endobj
3 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj
4 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> >> >> endobj
5 0 obj << /Length ${SENTENCE.length + 34} >> stream
BT /F1 12 Tf 40 760 Td (${SENTENCE}) Tj ET
endstream endobj
trailer << /Size 6 /Root 1 0 R >>
%%EOF
`;

/** @typedef {import('playwright').Page} Page */

/**
 * @typedef {object} CheckContext
 * @property {string} app Folder of the app, which was built.
 * @property {(options?: { expectsErrors: boolean }) => Promise<Page>} openPage Opens a page of a new visitor. Its errors fail the
 *   check, unless they are expected.
 * @property {() => Promise<void>} closePages
 * @property {string} databaseUrl PostgreSQL database.
 */

/**
 * Uses each example as a user would.
 *
 * @type {Record<string, (context: CheckContext) => Promise<void>>}
 */
export const exampleChecks = {
  async vite(context) {
    const { app, openPage } = context;
    const backend = await startApp(app, 'backend', { parameters: ['--port', '0'] });
    try {
      await serve(context, { env: { BACKEND_URL: backend.url } }, async (url) => {
        const page = await openPage();
        await page.goto(url);
        await page.getByRole('button', { name: 'Create an assistant' }).click();
        await ask(page, 'What is the weather in Lisbon?');
        await page.getByRole('button', { name: 'Allow once' }).click();
        await page.getByText('Anything else?').first().waitFor();
        await page.reload();
        const threads = page.getByRole('navigation', { name: 'Threads' });
        await threads
          .getByRole('button', { name: /^What is the weather/ })
          .first()
          .click();
        await page.getByText('Anything else?').first().waitFor();
        await page.setViewportSize({ width: 390, height: 800 });
        await page.getByRole('button', { name: 'Threads', exact: true }).click();
        await threads.getByRole('button', { name: 'New thread' }).click();
        await page.getByRole('button', { name: 'What can you do?' }).waitFor();
      });
    } finally {
      await backend.stop();
    }
  },

  async next(context) {
    const { app, openPage } = context;
    const [html] = readBuilt(join(app, '.next/server/app'), 'index.html');
    assert.match(html ?? '', /What can I help with\?/, 'The first page is not prerendered.');
    await serve(context, {}, async (url) => {
      const page = await openPage();
      await page.goto(url);
      const buffer = Buffer.from(PDF);
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'pots.pdf', mimeType: 'application/pdf', buffer });
      // PDF files are read only in workers, whose module the bundler must not have lost.
      await ask(page, 'What does the file say about warmth?');
      await page.getByText(SENTENCE).first().waitFor();
      const response = await page.reload();
      assert.match(
        (await response?.text()) ?? '',
        /keep the warmth/,
        'The thread is not in the HTML.',
      );
      const other = await openPage({ expectsErrors: true });
      await other.goto(url);
      await other.goto(page.url());
      await other.getByText('It may have been deleted.').waitFor();
    });
  },

  async 'tanstack-start'(context) {
    await serve(context, {}, async (url) => {
      const page = await context.openPage();
      const response = await page.goto(url);
      assert.match(
        (await response?.text()) ?? '',
        /What can I help with\?/,
        'Nothing was rendered on the server.',
      );
      await askForHelp(page);
    });
  },

  async express({ app, openPage, closePages, databaseUrl }) {
    const env = { DATABASE_URL: databaseUrl, PORT: String(await findFreePort()) };
    const server = await startApp(app, 'start', { env });
    try {
      const ada = await openPage();
      await logIn(ada, server.url, 'ada');
      await askForHelp(ada);
      const bob = await openPage();
      await logIn(bob, server.url, 'bob');
      const [own, foreign] = await Promise.all([ada, bob].map(countThreads));
      assert.deepEqual({ own, foreign }, { own: 1, foreign: 0 });
      await closePages();
    } finally {
      await server.stop();
    }
  },

  async tailwind(context) {
    const { app, openPage } = context;
    const styles = readBuilt(join(app, 'dist/assets'), '.css');
    assert(
      styles.some((text) => text.includes('.assistants-message')),
      'The styles are not in the build.',
    );
    await serve(context, {}, async (url) => {
      const page = await openPage();
      await page.goto(url);
      await askForHelp(page);
    });
  },

  async shadcn(context) {
    const { app, openPage } = context;
    const source = readFileSync(join(app, 'src/components/assistants/thread.tsx'), 'utf8');
    assert.match(source, /from ['"]@\/components\/assistants\/composer['"]/);
    await serve(context, {}, async (url) => {
      const page = await openPage();
      await page.goto(url);
      await ask(page, 'Show me the offer.');
      await page.getByLabel('Verdict').selectOption({ label: 'accept' });
      await page.getByLabel('Price').fill('120');
      await checkAccessibility(page);
      await page.getByRole('button', { name: 'Submit' }).click();
      await page.getByText('The offer is reviewed.').first().waitFor();
      await ask(page, 'What can you do?');
      await page.getByText('You said: What can you do?').first().waitFor();
      await checkAccessibility(page);

      await page.setViewportSize({ width: 390, height: 844 });
      const list = page.getByRole('navigation', { name: 'Conversations' });
      await list.waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: 'Conversations' }).click();
      await checkAccessibility(page);
      await list.getByRole('button', { name: 'New chat' }).click();
      await list.waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: 'Show me the offer.' }).waitFor();
      await checkAccessibility(page);
    });
  },

  async html({ app, openPage }) {
    const page = await openPage();
    await page.goto(pathToFileURL(join(app, 'dist/index.html')).href);
    await page.getByRole('button', { name: 'What does a ticket cost?' }).click();
    await page.getByRole('cell', { name: '12 euros' }).waitFor();
  },
};

/**
 * @param {CheckContext} context
 * @param {{ env?: Record<string, string> }} options
 * @param {(url: string) => Promise<void>} visit
 */
async function serve({ app, closePages }, options, visit) {
  const host = app.endsWith('next') ? '--hostname' : '--host';
  const parameters = ['--port', String(await findFreePort()), host, '127.0.0.1'];
  const server = await startApp(app, 'start', { ...options, parameters });
  try {
    await visit(server.url);
    // A page that is open reports the end of its server as an error.
    await closePages();
  } finally {
    await server.stop();
  }
}

/** @param {Page} page */
async function askForHelp(page) {
  await ask(page, 'What can you do?');
  await page.getByText('Here is what you can try').first().waitFor();
}

/**
 * @param {Page} page
 * @param {string} question
 */
async function ask(page, question) {
  await page.getByRole('textbox', { name: 'Message' }).fill(question);
  await page.getByRole('button', { name: 'Send' }).click();
}

/**
 * Runs axe in the light and in the dark theme of shadcn.
 *
 * @param {Page} page
 */
async function checkAccessibility(page) {
  await page.addStyleTag({ content: '*, ::before, ::after { transition: none !important; }' });
  await page.evaluate(axe.source);
  for (const isDark of [false, true]) {
    const violations = await page.evaluate(async (isDarkTheme) => {
      document.documentElement.classList.toggle('dark', isDarkTheme);
      // @ts-expect-error -- The script above has defined it.
      const results = await globalThis.axe.run();
      return results.violations.flatMap((/** @type {import('axe-core').Result} */ { id, nodes }) =>
        nodes.map(({ html }) => `${id}: ${html}`),
      );
    }, isDark);
    assert.deepEqual(violations, [], isDark ? 'axe in the dark theme' : 'axe in the light theme');
  }
  await page.evaluate(() => document.documentElement.classList.remove('dark'));
}

/**
 * @param {Page} page
 * @param {string} url
 * @param {string} name
 */
async function logIn(page, url, name) {
  await page.goto(url);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
}

/**
 * @param {Page} page
 * @returns {Promise<number>}
 */
async function countThreads(page) {
  return page.evaluate(async () => (await (await fetch('/v1/threads')).json()).data.length);
}

/**
 * @param {string} folder
 * @param {string} ending
 */
function readBuilt(folder, ending) {
  const names = readdirSync(folder).filter((name) => name.endsWith(ending));
  return names.map((name) => readFileSync(join(folder, name), 'utf8'));
}
