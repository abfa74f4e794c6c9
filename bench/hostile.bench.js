/**
 * npm run bench:hostile: renders texts that are made to freeze a page in Chromium and prints those with a task over
 * 50 ms. Exits 1 if there are any.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { env, execPath, exit } from 'node:process';
import { chromium } from 'playwright';
import { chromiumArguments, ensureChromium } from '../scripts/findChromium.js';
import { binary, root } from '../scripts/run.js';
import { heading, printLine } from './report.js';

const LIMIT_MS = 50;
const ROUNDS = 4;

/** @type {Record<string, string>} */
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

const folder = mkdtempSync(join(tmpdir(), 'assistants-react-hostile-'));
execFileSync(
  execPath,
  [
    binary('vite'),
    'build',
    '--config',
    join(root, 'test/e2e/pages/vite.config.ts'),
    '--outDir',
    folder,
    '--emptyOutDir',
    '--logLevel',
    'error',
  ],
  { cwd: root, env: { ...env, NODE_ENV: 'production' }, stdio: 'inherit' },
);
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  try {
    const body = readFileSync(join(folder, pathname));
    response.writeHead(200, { 'content-type': types[extname(pathname)] ?? '' }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
const browser = await chromium.launch({
  args: chromiumArguments,
  executablePath: ensureChromium(),
});
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${port}/hostile-text/index.html`);
await page.waitForFunction(() => 'renderText' in window);
const names = await page.evaluate(() => window.textNames);

/** @type {Array<{ name: string, longestMs: number }>} */
const results = [];
for (const name of names) {
  let longestMs = Infinity;
  // The best of several rounds: on a busy machine a task is long for reasons of its own.
  for (let round = 0; round < ROUNDS && longestMs > LIMIT_MS; round += 1) {
    const measured = await page.evaluate((text) => window.renderText(text, 'a message'), name);
    longestMs = Math.min(longestMs, measured.longestMs);
  }
  results.push({ name, longestMs });
}
await browser.close();
server.closeAllConnections();
server.close();
rmSync(folder, { recursive: true });

const missed = results.filter(({ longestMs }) => longestMs > LIMIT_MS);
heading(`${results.length} hostile texts of 256,000 characters`);
printLine(`texts with a task over ${LIMIT_MS} ms`, missed.length, '', 'at most 0');
for (const { name, longestMs } of missed.sort((a, b) => b.longestMs - a.longestMs))
  printLine(name, longestMs, 'ms', 'MISSED');
exit(missed.length > 0 ? 1 : 0);
