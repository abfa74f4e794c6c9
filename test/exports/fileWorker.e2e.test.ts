import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAssistantsClient } from 'assistants-react/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Browser } from 'playwright';
import { startServer } from '../backend/crash/startServer.js';
import { createPdf } from '../backend/search/createPdf.js';
import { launchBrowser } from '../e2e/launchBrowser.js';
import { servePage, type ServedPage } from '../e2e/servePage.js';
import { searchFile } from './filePage/searchFile.js';

// The package is dist, which `npm test` builds first. Without a worker, PDF files are not read.
const pdf = createPdf(['Clay pots keep the warmth.']);
const question = 'What keeps the warmth?';
const answer = /event: thread\.message\.completed\nid: \d+\ndata: .*Clay pots keep the warmth/;

let served: ServedPage;
let browser: Browser;
beforeAll(async () => {
  served = await servePage('files', 'index.html', {
    'content-security-policy': "default-src 'none'; script-src 'self'; worker-src 'self'",
  });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

it('reads files in a worker of a page that was built with Vite', async () => {
  const page = await browser.newPage();
  const workers: string[] = [];
  page.on('worker', (worker) => workers.push(worker.url()));
  await page.goto(served.origin);
  await page.waitForFunction(() => 'searchFile' in window);
  const events = await page.evaluate(([bytes, text]) => window.searchFile(bytes, text), [
    [...pdf],
    question,
  ] as const);
  expect(events).toMatch(answer);
  expect(workers.length).toBeGreaterThan(0);
  for (const url of workers) expect(url).toContain(`${served.origin}/assets/workerEntry-`);
  await page.close();
});

it('reads files in a process of the built server', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'assistants-react-file-'));
  const server = await startServer(join(folder, 'chat.sqlite'));
  try {
    const client = createAssistantsClient({ baseUrl: server.url });
    expect(await searchFile(client, pdf, question)).toMatch(answer);
  } finally {
    await server.kill();
    await rm(folder, { recursive: true });
  }
});
