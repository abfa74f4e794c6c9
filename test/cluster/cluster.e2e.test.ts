import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { isSettled } from '../../src/protocol/runStatus.js';
import type { Message, Page } from '../../src/protocol/types.js';
import { createLedger, type Ledger } from '../backend/crash/createLedger.js';
import {
  answerRuns,
  expectWaiting,
  getRun,
  startWaitingRuns,
} from '../backend/crash/waitingRuns.js';
import { numRuns } from '../budget.js';
import { type Cluster, startCluster } from './startCluster.js';

const SIZE = 3;
const KILLS = numRuns(300, 4);
const WAITING_RUNS = numRuns(100, 10);
const DATABASE_CRASHES = numRuns(10, 1);
const RESTARTS = numRuns(3, 1);
const MAX_WRITES = 9;

let cluster: Cluster;

beforeAll(async () => {
  cluster = await startCluster(SIZE);
});
afterAll(() => cluster.stop());
afterEach(() => {
  if (cluster.crashes.length > 0)
    throw new Error(`Servers ended by themselves:\n${cluster.crashes.join('\n')}`);
});

const listMessages = async (threadId: string): Promise<Message[]> => {
  const { body } = await cluster.send('GET', `/threads/${threadId}/messages?order=asc`);
  return (body as unknown as Page<Message>).data;
};

/** Writes while `disturb` runs, and checks everything afterwards. */
async function writeDuring(
  disturb: (ledger: Ledger) => Promise<void>,
  ledger = createLedger(6),
): Promise<Ledger> {
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
  let kills = 0;
  /** Kills one of the servers again and again. The others are killed at the same time. */
  async function killRepeatedly(running: Ledger, index: number): Promise<void> {
    while (kills < KILLS) {
      kills += 1;
      await running.waitForWrites(Math.floor(Math.random() * MAX_WRITES));
      await cluster.replaceKilled(index);
    }
  }
  const ledger = await writeDuring(
    async (running) => {
      await Promise.all(Array.from({ length: SIZE }, (_, index) => killRepeatedly(running, index)));
    },
    createLedger(6, { isPaced: true }),
  );
  expect(kills).toBe(KILLS);
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
