/**
 * node bench/backendBuilds.bench.js FOLDER: compares the built backend with another build of it, for example of an
 * earlier commit. FOLDER is its `dist`. Measures both alternately in one process, and prints ratios: above 1, this
 * build is slower. Compares the CPU time of client and server, because on a busy machine the elapsed time is noise.
 * Exits 1 if a ratio is above 1.1 by more than the noise.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { argv, cpuUsage, exit } from 'node:process';
import { pathToFileURL } from 'node:url';

const ROUNDS = 21;
const CONNECTIONS = 16;
/** Number of operations that are timed together, for each kind of measure. */
const REQUESTS = 160;
const STREAMS = 8;
const DELTAS = 300;
const AT_MOST = 1.1;
/** Medians of alternating rounds move by a few percent on a busy machine. */
const NOISE = 1.05;

const other = argv[2];
if (other === undefined) {
  console.error(
    'Name the dist folder of the other build: node bench/backendBuilds.bench.js FOLDER',
  );
  exit(2);
}

/** @typedef {{ name: string, url: string, close: () => Promise<void> }} Server */
/** @typedef {{ what: string, measure: (server: Server) => Promise<number> }} Task */

const folder = mkdtempSync(join(tmpdir(), 'compare-backends-'));
const here = resolve(import.meta.dirname, '../dist');
const rows = [];
try {
  for (const store of /** @type {const} */ (['memory', 'sqlite'])) {
    const servers = [await startServer(here, store), await startServer(resolve(other), store)];
    for (const task of await createTasks(servers)) {
      const row = await compare(task, store, servers);
      rows.push(row);
      console.log(Object.values(row).join('  '));
    }
    for (const server of servers) await server.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const worst = Math.max(...rows.map(({ ratio }) => ratio));
exit(worst > AT_MOST * NOISE ? 1 : 0);

/**
 * @param {string} dist
 * @param {'memory' | 'sqlite'} storeName
 * @returns {Promise<Server>}
 */
async function startServer(dist, storeName) {
  const load = (/** @type {string} */ name) =>
    import(pathToFileURL(join(dist, 'entries', `${name}.js`)).href);
  /** @type {typeof import('../dist/entries/backend-node.js')} */
  const { createBackend, memoryStore, serveBackend, sqliteStore } = {
    ...(await load('backend')),
    ...(await load('backend-node')),
  };
  const path = join(folder, `${storeName}-${dist.replaceAll(/\W/g, '-')}.sqlite`);
  const store = storeName === 'memory' ? memoryStore() : sqliteStore({ path });
  /** @type {import('../dist/entries/backend.js').Model} */
  const model = {
    async *respond() {
      for (let word = 0; word < DELTAS; word++) yield { type: 'text', text: 'word ' };
      yield { type: 'finish', reason: 'stop' };
    },
  };
  const backend = createBackend({ store, model });
  const server = await serveBackend(backend);
  return {
    name: dist,
    url: `${server.url}/v1`,
    async close() {
      await server.close();
      await backend.close();
    },
  };
}

/**
 * @param {readonly Server[]} servers
 * @returns {Promise<Task[]>}
 */
async function createTasks(servers) {
  /** @type {Map<Server, { threadId: string, assistantId: string }>} */
  const objects = new Map();
  for (const server of servers) {
    const { id: threadId } = await post(`${server.url}/threads`, {});
    const { id: assistantId } = await post(`${server.url}/assistants`, { model: 'm' });
    objects.set(server, { threadId, assistantId });
  }
  const get = (/** @type {Server} */ server) => {
    const found = objects.get(server);
    if (found === undefined) throw new Error('The server has no objects.');
    return found;
  };
  const runBody = (/** @type {Server} */ server) => ({
    assistant_id: get(server).assistantId,
    thread: { messages: [{ role: 'user', content: 'Hello' }] },
  });
  const stream = (/** @type {Server} */ server, isFirstOnly = false) =>
    readStream(`${server.url}/threads/runs`, { ...runBody(server), stream: true }, isFirstOnly);
  return [
    {
      what: 'get a thread',
      measure: (server) =>
        time(REQUESTS, async () => {
          await (await fetch(`${server.url}/threads/${get(server).threadId}`)).text();
        }),
    },
    {
      what: 'create a message',
      measure: (server) =>
        time(REQUESTS, () =>
          post(`${server.url}/threads/${get(server).threadId}/messages`, {
            role: 'user',
            content: 'Hello',
          }),
        ),
    },
    {
      what: 'run to its first token, one caller',
      measure: (server) => time(STREAMS, () => stream(server, true), 1),
    },
    {
      what: `streams of ${DELTAS} deltas, ${CONNECTIONS} callers`,
      measure: (server) => time(STREAMS * 2, () => stream(server)),
    },
  ];
}

/**
 * @param {Task} task
 * @param {string} store
 * @param {readonly Server[]} servers
 */
async function compare({ what, measure }, store, servers) {
  const [first, second] = servers;
  if (first === undefined || second === undefined) throw new Error('There are not two servers.');
  /** @type {{ one: number, other: number }[]} */
  const rounds = [];
  for (let round = -2; round < ROUNDS; round++) {
    // The first of a round changes, because garbage of one is collected during the other.
    const isSwapped = round % 2 !== 0;
    const found = new Map();
    for (const server of isSwapped ? [second, first] : [first, second])
      found.set(server, await measure(server));
    if (round >= 0) rounds.push({ one: found.get(first), other: found.get(second) });
  }
  return {
    what: `${store}: ${what}`,
    'this build': `${median(rounds.map(({ one }) => one)).toFixed(2)} ms`,
    'other build': `${median(rounds.map(({ other: value }) => value)).toFixed(2)} ms`,
    ratio: Number(median(rounds.map(({ one, other: value }) => one / value)).toFixed(3)),
  };
}

/**
 * Returns the CPU time of all calls together, in milliseconds.
 * @param {number} count
 * @param {() => Promise<unknown>} task
 * @param {number} [connections]
 */
async function time(count, task, connections = CONNECTIONS) {
  let left = count;
  const before = cpuUsage();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (left > 0) {
        left -= 1;
        await task();
      }
    }),
  );
  const { user, system } = cpuUsage(before);
  return (user + system) / 1_000;
}

/**
 * @param {string} url
 * @param {object} body
 * @param {boolean} isFirstOnly True to cancel the stream after its first token.
 */
async function readStream(url, body, isFirstOnly) {
  const response = await send(url, body);
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (isFirstOnly && text.includes('thread.message.delta')) return;
  }
  if (!text.includes('thread.run.completed')) throw new Error(`The run did not complete: ${text}`);
}

/**
 * @param {string} url
 * @param {object} body
 * @returns {Promise<{ id: string }>}
 */
async function post(url, body) {
  return (await send(url, body)).json();
}

/**
 * @param {string} url
 * @param {object} body
 */
async function send(url, body) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`POST ${url}: ${await response.text()}`);
  return response;
}

/** @param {number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
