/**
 * npm run bench:cluster: compares servers with one SQLite file and with PostgreSQL in one, two and three processes behind a
 * round-robin proxy, in one run. Then measures whether the cost of requests grows with the number of rows. Exits 1 if it
 * does. `--quick` takes fewer samples of fewer rows.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, exit } from 'node:process';
import { spawnServer } from '../../test/backend/crash/startServer.js';
import { startCluster } from '../../test/cluster/startCluster.js';
import { measureGrowth } from './growth.js';
import { heading } from '../report.js';
import { alternate, printRatios, throughput } from './measure.js';
import { measureFirstToken, measureReaders } from './streams.js';
import { measureIdle } from './measureIdle.js';
import { create } from './post.js';

const QUICK = argv.includes('--quick');
const ROUNDS = QUICK ? 3 : 9;
const CALLERS = 24;

/** @typedef {{ url: string, pids: number[], databaseUrl?: string }} Setup */

const folder = mkdtempSync(join(tmpdir(), 'bench-cluster-'));
/** @type {(() => Promise<unknown>)[]} */
const closing = [() => Promise.resolve(rmSync(folder, { recursive: true }))];
let isGrowing = false;

try {
  const setups = {
    '1 process, SQLite': await openSqlite(),
    '1 process, PostgreSQL': await openPostgres(1),
    '2 processes, PostgreSQL': await openPostgres(2),
    '3 processes, PostgreSQL': await openPostgres(3),
  };
  heading(`Create a message, ${CALLERS} callers`);
  printRatios(await compareRequests(setups, createMessageWriter), '/s');
  heading(`Get a thread, ${CALLERS} callers`);
  printRatios(await compareRequests(setups, createThreadReader), '/s');
  heading('First token of a run, one caller; the demo model waits 20 ms');
  printRatios(
    await alternate(
      mapSetups(setups, ({ url }) => measureFirstToken(url)),
      ROUNDS,
    ),
    'ms',
  );
  for (const [name, setup] of Object.entries(setups)) {
    if (setup.databaseUrl === undefined) continue;
    const count = QUICK ? 30 : 200;
    heading(`${count} runs at once, each with a second reader: ${name}`);
    await measureReaders(setup.url, setup.databaseUrl, count);
  }
  heading('CPU of all processes without requests');
  await measureIdle(setups, QUICK ? 5_000 : 20_000);
  isGrowing = await measureGrowth(QUICK ? 100_000 : 1_000_000, QUICK ? 100 : 400);
} finally {
  for (const close of closing.toReversed()) await close();
}
if (isGrowing) {
  console.error('The cost of requests grows with the number of rows.');
  exit(1);
}

/** @returns {Promise<Setup>} */
async function openSqlite() {
  const server = await spawnServer('--data', join(folder, 'chat.sqlite'));
  closing.push(() => server.kill());
  return { url: server.url, pids: [server.pid ?? 0] };
}

/**
 * @param {number} size
 * @returns {Promise<Setup>}
 */
async function openPostgres(size) {
  const cluster = await startCluster(size, []);
  closing.push(() => cluster.stop());
  const pids = cluster.listServers().map(({ pid }) => pid ?? 0);
  return { url: cluster.url, pids, databaseUrl: cluster.database.url };
}

/**
 * @template T
 * @param {Record<string, Setup>} setups
 * @param {(setup: Setup) => T} toTask
 * @returns {Record<string, () => T>}
 */
function mapSetups(setups, toTask) {
  return Object.fromEntries(
    Object.entries(setups).map(([name, setup]) => [name, () => toTask(setup)]),
  );
}

/**
 * @param {Record<string, Setup>} setups
 * @param {(url: string) => Promise<() => Promise<unknown>>} createTask
 */
async function compareRequests(setups, createTask) {
  /** @type {Record<string, () => Promise<number>>} */
  const tasks = {};
  for (const [name, { url }] of Object.entries(setups)) {
    const task = await createTask(url);
    tasks[name] = () => throughput(task, { callers: CALLERS, durationMs: 500 });
  }
  return alternate(tasks, ROUNDS);
}

/** @param {string} url */
async function createMessageWriter(url) {
  const threads = await Promise.all(
    Array.from({ length: CALLERS }, () => create(`${url}/threads`, {})),
  );
  let turn = 0;
  return () => {
    turn += 1;
    const { id } = threads[turn % CALLERS] ?? { id: '' };
    return create(`${url}/threads/${id}/messages`, { role: 'user', content: 'Hello' });
  };
}

/** @param {string} url */
async function createThreadReader(url) {
  const { id } = await create(`${url}/threads`, {});
  return async () => (await fetch(`${url}/threads/${id}`)).json();
}
