import { afterAll, beforeAll, expect, it } from 'vitest';
import { LONG_ANSWER } from '../../src/backend/models/scripted/demoTexts.js';
import { isSettled } from '../../src/protocol/runStatus.js';
import type { Message, Page, Run } from '../../src/protocol/types.js';
import { createLedger, type Ledger } from '../backend/crash/createLedger.js';
import {
  answerRuns,
  expectWaiting,
  getRun,
  startWaitingRuns,
} from '../backend/crash/waitingRuns.js';
import { numRuns } from '../budget.js';
import { readRun } from './readRun.js';
import { type Cluster, startCluster } from './startCluster.js';

const SIZE = 3;
const KILLS = numRuns(300, 4);
const WAITING_RUNS = numRuns(100, 10);
const STREAMS = numRuns(300, 6);
const DATABASE_CRASHES = numRuns(10, 1);
const STREAMS_OF_KILLED = numRuns(60, 6);
const RESTARTS = numRuns(3, 1);
const CONCURRENT_STREAMS = 30;
const MAX_WRITES = 9;

let cluster: Cluster;

beforeAll(async () => {
  cluster = await startCluster(SIZE);
});
afterAll(() => cluster.stop());

const listMessages = async (threadId: string): Promise<Message[]> => {
  const { body } = await cluster.send('GET', `/threads/${threadId}/messages?order=asc`);
  return (body as unknown as Page<Message>).data;
};

/** Writes while `disturb` runs, and checks everything afterwards. */
async function writeDuring(disturb: (ledger: Ledger) => Promise<void>): Promise<Ledger> {
  const ledger = createLedger(6);
  const stop = new AbortController();
  const writing = ledger.write(cluster, stop.signal);
  try {
    await disturb(ledger);
  } finally {
    stop.abort();
    await writing;
  }
  for (const run of ledger.listRuns()) {
    await expect
      .poll(async () => isSettled((await getRun(cluster, run)).status), { timeout: 120_000 })
      .toBe(true);
  }
  const problems = [...(await ledger.check(cluster)), ...(await ledger.checkThreads(cluster))];
  expect(problems).toEqual([]);
  return ledger;
}

/** Lists runs with more than one answer, and threads that do not accept messages. */
async function findThreadProblems(ledger: Ledger): Promise<string[]> {
  const problems: string[] = [];
  for (const run of ledger.listRuns()) {
    const { status } = await getRun(cluster, run);
    const roles = (await listMessages(run.thread_id)).map(({ role }) => role).join();
    const expected = status === 'completed' ? /^user,assistant$/ : /^user(?:,assistant)?$/;
    if (!expected.test(roles)) problems.push(`${run.id} is ${status} with the messages ${roles}`);
    const message = { role: 'user', content: 'Again' };
    const added = await cluster.send('POST', `/threads/${run.thread_id}/messages`, message);
    if (added.status !== 200) problems.push(`${run.thread_id} is locked: ${added.status}`);
  }
  return problems;
}

it('keeps what was acknowledged, once, while servers are killed', async () => {
  const ledger = await writeDuring(async (running) => {
    for (let point = 0; point < KILLS; point++) {
      await running.waitForWrites(point % MAX_WRITES);
      await cluster.replaceKilled(Math.floor(Math.random() * SIZE));
    }
  });
  expect(await findThreadProblems(ledger)).toEqual([]);
  expect(ledger.acknowledged).toBeGreaterThan(KILLS);
});

it('keeps what was acknowledged, once, while the database crashes', async () => {
  const ledger = await writeDuring(async (running) => {
    for (let point = 0; point < DATABASE_CRASHES; point++) {
      await running.waitForWrites(MAX_WRITES + point);
      await cluster.database.kill();
      await cluster.database.start();
    }
    await running.waitForWrites(MAX_WRITES);
  });
  expect(await findThreadProblems(ledger)).toEqual([]);
});

it('loses no write during a rolling restart, and answers runs that wait', async () => {
  const waiting = await startWaitingRuns(cluster, WAITING_RUNS);
  const ledger = await writeDuring(() => cluster.restart(RESTARTS));
  expect(ledger.acknowledged).toBeGreaterThan(0);
  await expectWaiting(cluster, waiting);
  await cluster.replaceAllKilled();
  await expectWaiting(cluster, waiting);
  await answerRuns(cluster, waiting);
});

async function startLongRuns(count: number): Promise<Run[]> {
  const assistant = await cluster.send('POST', '/assistants', { model: 'demo' });
  const thread = { messages: [{ role: 'user', content: 'A long answer' }] };
  const body = { assistant_id: assistant.body.id, thread };
  const started = await Promise.all(
    Array.from({ length: count }, () => cluster.send('POST', '/threads/runs', body)),
  );
  return started.map((response) => response.body as unknown as Run);
}

it('continues streams on other servers, byte for byte', async () => {
  for (let done = 0; done < STREAMS; done += CONCURRENT_STREAMS) {
    const runs = await startLongRuns(Math.min(CONCURRENT_STREAMS, STREAMS - done));
    const received = await Promise.all(runs.map((run) => readRun(cluster.url, run, 4)));
    expect(new Set(received.map(({ text }) => text))).toEqual(new Set([LONG_ANSWER]));
    for (const run of runs) {
      const [, answer] = await listMessages(run.thread_id);
      expect(answer?.content).toMatchObject([{ text: { value: LONG_ANSWER } }]);
      expect((await readRun(cluster.url, run)).text).toBe(LONG_ANSWER);
    }
  }
});

it('ends the streams of a server that is killed, with the text so far', async () => {
  const runs = await startLongRuns(STREAMS_OF_KILLED);
  const reading = Promise.all(runs.map((run) => readRun(cluster.url, run)));
  await Promise.all([cluster.replaceKilled(0), cluster.replaceKilled(1), reading]);
  for (const [index, { text }] of (await reading).entries()) {
    const run = runs[index];
    if (run === undefined) throw new Error('Each run has one reader.');
    const { status } = await getRun(cluster, run);
    expect(status).toMatch(/^(?:completed|failed)$/);
    expect(status === 'completed' ? LONG_ANSWER : LONG_ANSWER.slice(0, text.length)).toBe(text);
  }
});
