import postgres from 'postgres';
import { readEvents } from '../../src/common/readEvents.js';
import { printLine } from '../report.js';
import { quantile } from './measure.js';
import { create, post } from './post.js';

/**
 * Returns the milliseconds from the request for a run to its first token.
 *
 * @param {string} url
 */
export async function measureFirstToken(url) {
  const start = performance.now();
  let took = Number.NaN;
  for await (const { event } of readEvents(await startRun(url, 'Thank you')))
    if (event === 'thread.message.delta' && Number.isNaN(took)) took = performance.now() - start;
  return took;
}

/**
 * Streams runs with two readers each, and prints how much later the second one gets the same events, and how many notifications
 * PostgreSQL delivers.
 *
 * @param {string} url
 * @param {string} databaseUrl
 * @param {number} count
 */
export async function measureReaders(url, databaseUrl, count) {
  const sql = postgres(databaseUrl, { max: 1 });
  let notifications = 0;
  await sql.listen('assistants_events', () => {
    notifications += 1;
  });
  const start = performance.now();
  /** @type {number[]} */
  const lags = [];
  await Promise.all(
    Array.from({ length: count }, async () => {
      lags.push(...(await readTwice(url)));
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  await sql.end();
  printLine('delay of the second reader, median', quantile(lags, 0.5), 'ms');
  printLine('delay of the second reader, 95 %', quantile(lags, 0.95), 'ms');
  printLine('notifications', notifications / seconds, '/s');
}

/**
 * Reads a run with two readers. Returns by how many milliseconds the second one gets each event later.
 *
 * @param {string} url
 */
async function readTwice(url) {
  /** @type {Map<string, number>} */
  const first = new Map();
  /** @type {Map<string, number>} */
  const second = new Map();
  /** @type {Promise<void> | undefined} */
  let reading;
  for await (const { event, data, id } of readEvents(await startRun(url, 'A long answer'))) {
    first.set(id ?? '', performance.now());
    if (event !== 'thread.run.created') continue;
    const run = JSON.parse(data);
    const path = `/threads/${run.thread_id}/runs/${run.id}?stream=true&starting_after=${id}`;
    reading = collectTimes(await fetch(`${url}${path}`), second);
  }
  await reading;
  return [...first].flatMap(([id, at]) => {
    const later = second.get(id);
    return later === undefined ? [] : [Math.max(0, later - at)];
  });
}

/**
 * @param {Response} response
 * @param {Map<string, number>} times
 */
async function collectTimes(response, times) {
  if (response.body === null) throw new Error('The stream has no body.');
  for await (const { id } of readEvents(response.body)) times.set(id ?? '', performance.now());
}

/**
 * @param {string} url
 * @param {string} content
 */
async function startRun(url, content) {
  const { id } = await create(`${url}/assistants`, { model: 'demo' });
  const thread = { messages: [{ role: 'user', content }] };
  const run = { assistant_id: id, thread, stream: true };
  const { body } = await post(`${url}/threads/runs`, run);
  if (body === null) throw new Error('The run returned no stream.');
  return body;
}
