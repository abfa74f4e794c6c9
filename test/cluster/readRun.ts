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
/** `fetch` and its streams do not always reject when the server process ends. */
const MAX_CONNECTION_MS = 60_000;

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
      const signal = AbortSignal.timeout(MAX_CONNECTION_MS);
      await readSome(await fetch(`${url}${path}`, { signal }), received, count);
    } catch (error) {
      if (!isLostConnection(error)) throw error;
      await sleep(RETRY_MS);
    }
  }
  return received;
}

/** Returns true for the errors with which `fetch` and its streams reject if the server is killed or does not answer. */
function isLostConnection(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError');
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
