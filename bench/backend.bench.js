/**
 * npm run bench:backend: compares the built backend with a bare Hono route, in one process and one run, and prints ratios.
 * Exits 1 if creating a message in a long thread takes more than 1.5 times as long as in a short one.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, exit, memoryUsage } from 'node:process';
import { setImmediate } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { createBackend, memoryStore } from '../dist/entries/backend.js';
import { serveBackend, sqliteStore } from '../dist/entries/backend-node.js';
import { heading, printLine } from './report.js';

const QUICK = argv.includes('--quick');
const LONG = QUICK ? 10_000 : 100_000;
const ROUNDS = QUICK ? 3 : 9;
const ROUND_MS = 300;
const CONNECTIONS = 16;
const MOST_GROWTH = 1.5;
/** The number of messages added to each thread while it is timed. A thread holds at most 100,000. */
const TURNS = 400;

const folder = mkdtempSync(join(tmpdir(), 'bench-backend-'));
/** @type {(() => Promise<void>)[]} */
const closing = [];

try {
  const bare = await bareServer();
  const memory = await backendServer(memoryStore());
  const sqlite = await backendServer(sqliteStore({ path: join(folder, 'requests.sqlite') }));

  const servers = /** @type {const} */ ([
    ['memory', memory],
    ['sqlite', sqlite],
  ]);

  heading(`Requests per second, ${CONNECTIONS} connections, over HTTP`);
  /** @type {Record<string, () => Promise<unknown>>} */
  const requests = {
    'bare hono route': () => post(`${bare.url}/echo`, { role: 'user', content: 'Hello' }),
  };
  for (const [name, { url }] of servers) {
    const thread = await created(`${url}/v1/threads`, {});
    requests[`${name}: get a thread`] = () => read(`${url}/v1/threads/${thread}`);
    requests[`${name}: create a message`] = () =>
      post(`${url}/v1/threads/${thread}/messages`, { role: 'user', content: 'Hello' });
  }
  await compare(requests, throughput, '/s');

  heading('First token of a stream, one caller');
  /** @type {Record<string, () => Promise<number>>} */
  const streams = { 'bare hono route': () => firstByte(`${bare.url}/stream`, {}, 'data') };
  for (const [name, { url }] of servers) {
    const assistant = await created(`${url}/v1/assistants`, { model: 'm' });
    const body = {
      assistant_id: assistant,
      stream: true,
      thread: { messages: [{ role: 'user', content: 'Hello' }] },
    };
    streams[`${name}: create thread and run`] = () =>
      firstByte(`${url}/v1/threads/runs`, body, 'thread.message.delta');
  }
  await compare(streams, (task) => median(20, task), 'ms');

  const ratios = [
    await longThread('memory', () => memoryStore()),
    await longThread('sqlite', () => sqliteStore({ path: join(folder, 'growth.sqlite') })),
  ];
  if (ratios.some((ratio) => ratio > MOST_GROWTH)) {
    console.error('The time to create a message grows with its thread.');
    exit(1);
  }
} finally {
  for (const close of closing) await close();
  rmSync(folder, { recursive: true, force: true });
}

async function bareServer() {
  const app = new Hono();
  app.post('/echo', async (c) => c.json(await c.req.json()));
  app.post(
    '/stream',
    () =>
      new Response(
        new ReadableStream({
          start(controller) {
            controller.enqueue(new TextEncoder().encode('event: message\ndata: {}\n\n'));
            controller.close();
          },
        }),
        { headers: { 'content-type': 'text/event-stream' } },
      ),
  );
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => void listener(request, response));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  closing.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('The bare server does not listen on a port.');
  return { url: `http://127.0.0.1:${address.port}` };
}

/** @param {import('../dist/entries/backend.js').Store} store */
async function backendServer(store) {
  /** @type {import('../dist/entries/backend.js').Model} */
  const model = {
    async *respond() {
      yield { type: 'text', text: 'Hello' };
      yield { type: 'finish', reason: 'stop' };
    },
  };
  const backend = createBackend({ store, model });
  const server = await serveBackend(backend);
  closing.push(async () => {
    await server.close();
    await backend.close();
  });
  return server;
}

/**
 * Measures a long thread. The store is local to this function, so that its memory is free before the next is measured.
 * @param {string} name
 * @param {() => import('../dist/entries/backend.js').Store} open
 * @returns {Promise<number>} the time to create a message in the long thread, divided by that in a short one
 */
async function longThread(name, open) {
  heading(`A thread of ${LONG.toLocaleString('en')} messages, ${name}, in process`);
  const before = await memoryNow();
  const store = open();
  const backend = createBackend({ store });
  const [short, long] = [await fill(backend, store, 10), await fill(backend, store, LONG - TURNS)];
  printLine('memory it takes', ((await memoryNow()) - before) / 1e6, 'MB');
  const start = performance.now();
  await send(backend, 'GET', `/threads/${long}/messages?limit=100`);
  printLine('open its newest page', performance.now() - start, 'ms');
  const ratio = await growth(backend, short, long);
  printLine('create a message, by that in a thread of 10', ratio, 'x', `at most ${MOST_GROWTH}`);
  await backend.close();
  return ratio;
}

/**
 * Measures the median time to create a message, alternating between the threads so that other load affects both.
 * @param {import('../dist/entries/backend.js').Backend} backend
 * @param {string} short
 * @param {string} long
 */
async function growth(backend, short, long) {
  /** @type {Record<string, number[]>} */
  const times = { [short]: [], [long]: [] };
  for (let turn = 0; turn < TURNS; turn++) {
    for (const thread of [short, long]) {
      const start = performance.now();
      await send(backend, 'POST', `/threads/${thread}/messages`, {
        role: 'user',
        content: 'Hello',
      });
      times[thread]?.push(performance.now() - start);
    }
    // Keeps the short thread short.
    if (turn % 10 === 9) short = await refilled(backend, short, times);
  }
  const shortTimes = Object.entries(times).flatMap(([thread, list]) =>
    thread === long ? [] : list,
  );
  return middle(times[long] ?? []) / middle(shortTimes);
}

/**
 * @param {import('../dist/entries/backend.js').Backend} backend
 * @param {string} thread
 * @param {Record<string, number[]>} times
 */
async function refilled(backend, thread, times) {
  await send(backend, 'DELETE', `/threads/${thread}`);
  const messages = Array.from({ length: 10 }, () => ({ role: 'user', content: 'Hello' }));
  const { id } = await send(backend, 'POST', '/threads', { messages });
  times[id] = [];
  return id;
}

/**
 * Creates a thread of `count` messages, stored a thousand at a time.
 * @param {import('../dist/entries/backend.js').Backend} backend
 * @param {import('../dist/entries/backend.js').Store} store
 * @param {number} count
 */
async function fill(backend, store, count) {
  const { id } = await send(backend, 'POST', '/threads', {
    messages: [{ role: 'user', content: 'A question of usual length, '.repeat(8) }],
  });
  const page = await store.list('messages', { parent: id, order: 'asc', limit: 1 });
  const pattern = page?.data[0];
  if (pattern === undefined) throw new Error('The thread is empty.');
  for (let first = 1; first < count; first += 1000) {
    await store.write(
      Array.from({ length: Math.min(1000, count - first) }, (_, index) => ({
        type: /** @type {const} */ ('put'),
        collection: /** @type {const} */ ('messages'),
        object: { ...structuredClone(pattern), id: `msg_${count}x${first + index}` },
        parent: id,
      })),
    );
  }
  return id;
}

/**
 * @param {import('../dist/entries/backend.js').Backend} backend
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<{ id: string }>}
 */
async function send(backend, method, path, body) {
  const response = await backend.fetch(
    new Request(`http://bench/v1${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    }),
  );
  const answer = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer;
}

/**
 * Measures the tasks alternately, so that other load affects all of them, and prints the medians and the median ratios to the
 * first task of the same round.
 * @template {() => Promise<unknown>} Task
 * @param {Record<string, Task>} tasks
 * @param {(task: Task) => Promise<number>} measure
 * @param {string} unit
 */
async function compare(tasks, measure, unit) {
  /** @type {Record<string, { value: number, ratio: number }[]>} */
  const found = {};
  for (const [name, task] of Object.entries(tasks)) {
    found[name] = [];
    await measure(task);
  }
  for (let round = 0; round < ROUNDS; round++) {
    let base = 0;
    for (const [name, task] of Object.entries(tasks)) {
      const value = await measure(task);
      base ||= value;
      found[name]?.push({ value, ratio: value / base });
    }
  }
  for (const [name, list] of Object.entries(found)) {
    const ratio = middle(list.map((one) => one.ratio));
    printLine(name, middle(list.map((one) => one.value)), unit, `${ratio.toFixed(2)} x bare`);
  }
}

/** @param {() => Promise<unknown>} task */
async function throughput(task) {
  const end = performance.now() + ROUND_MS;
  let done = 0;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (performance.now() < end) {
        await task();
        done += 1;
      }
    }),
  );
  return (done * 1000) / ROUND_MS;
}

/**
 * @param {number} count
 * @param {() => Promise<number>} task
 */
async function median(count, task) {
  const times = [];
  for (let turn = 0; turn < count; turn++) times.push(await task());
  return middle(times);
}

/** @param {number[]} values */
function middle(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/**
 * Returns the milliseconds until a word has arrived.
 * @param {string} url
 * @param {object} body
 * @param {string} word
 */
async function firstByte(url, body, word) {
  const start = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const decoder = new TextDecoder();
  let text = '';
  let took;
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (took === undefined && text.includes(word)) took = performance.now() - start;
  }
  if (took === undefined) throw new Error(`${url} ended without ${word}: ${text}`);
  return took;
}

/**
 * @param {string} url
 * @param {object} body
 */
async function post(url, body) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`POST ${url}: ${JSON.stringify(answer)}`);
  return answer;
}

/** @param {string} url */
async function read(url) {
  await (await fetch(url)).json();
}

/**
 * @param {string} url
 * @param {object} body
 * @returns {Promise<string>}
 */
async function created(url, body) {
  return (await post(url, body)).id;
}

/**
 * Resolves with the bytes in use after garbage collections, heap and external. The resident size would include freed memory. A
 * store that was closed is freed a few turns later.
 */
async function memoryNow() {
  for (let turn = 0; turn < 5; turn++) {
    await setImmediate();
    globalThis.gc?.();
  }
  const { heapUsed, external } = memoryUsage();
  return heapUsed + external;
}
