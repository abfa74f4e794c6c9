import { setTimeout as sleep } from 'node:timers/promises';
import { readEvents } from '../../src/common/readEvents.js';
import type { Run } from '../../src/protocol/types.js';

/** State of the reader of a run. */
export interface Received {
  text: string;
  /** Id of the last event. */
  last: number;
  /** Name of the last event. */
  end: string;
}

const RETRY_MS = 50;

/**
 * Reads the stream of a run from its first event to its end. Leaves the first connections at a random event, and joins again, so
 * that another server continues. Does the same if a server is killed.
 *
 * @param url Base URL of the API.
 */
export async function readRun(url: string, run: Run, reloads = 0): Promise<Received> {
  const received: Received = { text: '', last: 0, end: '' };
  for (let reload = 0; received.end !== 'done'; reload++) {
    const count = reload < reloads ? 1 + Math.floor(Math.random() * 60) : Infinity;
    const path = `/threads/${run.thread_id}/runs/${run.id}?stream=true&starting_after=${received.last}`;
    try {
      await readSome(await fetch(`${url}${path}`), received, count);
    } catch (error) {
      // `fetch` and its streams reject with it if the server is killed.
      if (!(error instanceof TypeError)) throw error;
      await sleep(RETRY_MS);
    }
  }
  return received;
}

/** Reads events until there are so many, or the stream ends. */
async function readSome(response: Response, received: Received, count: number): Promise<void> {
  if (!response.ok || response.body === null)
    throw new Error(`Joining a run returned ${response.status}: ${await response.text()}`);
  let left = count;
  for await (const { event, data, id } of readEvents(response.body)) {
    received.end = event;
    received.last = Number(id ?? received.last);
    if (event === 'thread.message.delta') received.text += readDelta(data);
    left -= 1;
    if (left <= 0) return;
  }
}

function readDelta(data: string): string {
  // Deltas of the demo have parts of text only.
  const { delta } = JSON.parse(data) as { delta: { content: { text: { value: string } }[] } };
  return delta.content.map(({ text }) => text.value).join('');
}
