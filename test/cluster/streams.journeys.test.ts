import { afterAll, beforeAll, expect, it } from 'vitest';
import { LONG_ANSWER } from '../../src/backend/models/scripted/demoTexts.js';
import type { Message, Page, Run } from '../../src/protocol/types.js';
import { getRun } from '../backend/crash/waitingRuns.js';
import { numRuns } from '../budget.js';
import { readRun } from './readRun.js';
import { type Cluster, startCluster } from './startCluster.js';

const STREAMS = numRuns(300, 6);
const STREAMS_OF_KILLED = numRuns(60, 6);
const CONCURRENT_STREAMS = 30;

let cluster: Cluster;

// A cluster and a file of its own, because streams mostly wait, while other tests of the cluster keep the processor busy.
beforeAll(async () => {
  cluster = await startCluster(3);
});
afterAll(() => cluster.stop());

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
      const messages = await cluster.send('GET', `/threads/${run.thread_id}/messages?order=desc`);
      const [answer] = (messages.body as unknown as Page<Message>).data;
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
