import postgres from 'postgres';
import { createBackend } from '../../dist/entries/backend.js';
import { postgresStore } from '../../dist/entries/backend-postgres.js';
import { startPostgres } from '../../test/backend/postgres/startPostgres.js';
import { heading, printLine } from '../report.js';
import { median, time } from './measure.js';

const FEW = 1_000;
const MOST_GROWTH = 1.5;
const USERS = 100;
const USER = 'user_1';

/** @typedef {Awaited<ReturnType<typeof openFilled>>} Filled */

/**
 * Measures requests in two databases, one with 1,000 threads and one with many, each thread with a message and a run. Returns
 * true if a request costs more than 1.5 times as much in the large one.
 *
 * @param {number} many
 * @param {number} rounds
 */
export async function measureGrowth(many, rounds) {
  heading(`Cost with ${many.toLocaleString('en')} threads, against ${FEW.toLocaleString('en')}`);
  const database = await startPostgres();
  const sql = postgres(database.url, { onnotice: () => undefined });
  try {
    const small = await openFilled(sql, 'small', FEW);
    const large = await openFilled(sql, 'large', many);
    await sql`VACUUM ANALYZE`;
    let isGrowing = false;
    for (const [name, run] of Object.entries(requests)) {
      const ratio = await compare(small, large, run, rounds);
      printLine(name, ratio, 'x', `(at most ${MOST_GROWTH})`);
      isGrowing ||= ratio > MOST_GROWTH;
    }
    await Promise.all([small.backend.close(), large.backend.close()]);
    return isGrowing;
  } finally {
    await sql.end({ timeout: 1 });
    await database.stop();
  }
}

/** @type {Record<string, (filled: Filled) => Promise<unknown>>} */
const requests = {
  'create a thread': ({ send }) => send('POST', '/threads', {}),
  'create a message': ({ send, threadId }) =>
    send('POST', `/threads/${threadId}/messages`, { role: 'user', content: 'Hello' }),
  'list the threads of a user': ({ send }) => send('GET', '/threads?limit=20'),
  'list the messages of a thread': ({ send, threadId }) =>
    send('GET', `/threads/${threadId}/messages?limit=20`),
  'get a run': ({ send, run }) => send('GET', `/threads/${run.thread_id}/runs/${run.id}`),
  'stream a run': ({ send, assistantId }) =>
    send('POST', '/threads/runs', {
      assistant_id: assistantId,
      stream: true,
      thread: { messages: [{ role: 'user', content: 'Hello' }] },
    }),
};

/**
 * Returns the median time in the large database, divided by that in the small one. Alternates, so that other load affects both.
 *
 * @param {Filled} small
 * @param {Filled} large
 * @param {(filled: Filled) => Promise<unknown>} run
 * @param {number} rounds
 */
async function compare(small, large, run, rounds) {
  /** @type {number[]} */
  const smallTimes = [];
  /** @type {number[]} */
  const largeTimes = [];
  for (let round = 0; round < rounds; round++) {
    smallTimes.push(await time(() => run(small)));
    largeTimes.push(await time(() => run(large)));
  }
  return median(largeTimes) / median(smallTimes);
}

/**
 * Opens a backend whose database has this many threads of many users. The objects are copies of one thread.
 *
 * @param {postgres.Sql} sql
 * @param {string} schema
 * @param {number} count
 */
async function openFilled(sql, schema, count) {
  const store = postgresStore({ sql, schema });
  const backend = createBackend({
    store,
    model: {
      async *respond() {
        yield { type: 'text', text: 'Hello' };
        yield { type: 'finish', reason: 'stop' };
      },
    },
    user: () => ({ id: USER, isAdmin: true }),
  });
  const send = createSend(backend);
  const { id: assistantId } = await send('POST', '/assistants', { model: 'm' });
  const thread = {
    messages: [{ role: 'user', content: 'A question of usual length, '.repeat(8) }],
  };
  const run = await send('POST', '/threads/runs', { assistant_id: assistantId, thread });
  await backend.idle();
  await copyThread(sql, schema, { threadId: run.thread_id, count });
  return { backend, send, assistantId, run, threadId: run.thread_id };
}

/**
 * Copies a thread with its messages and its run.
 *
 * @param {postgres.Sql} sql
 * @param {string} schema
 * @param {{ threadId: string, count: number }} options
 */
async function copyThread(sql, schema, { threadId, count }) {
  const copies = `generate_series(1, ${count}) AS copy`;
  const newThread = "'thread_copy' || copy";
  await sql.unsafe(`
    INSERT INTO ${schema}.threads (id, parent, json)
    SELECT ${newThread}, 'user_' || copy % ${USERS}, replace(json, id, ${newThread})
    FROM ${schema}.threads CROSS JOIN ${copies} WHERE id = '${threadId}' ORDER BY copy`);
  for (const [table, column] of [
    ['messages', 'run_id'],
    ['runs', 'status'],
  ]) {
    await sql.unsafe(`
      INSERT INTO ${schema}.${table} (id, parent, ${column}, json)
      SELECT id || 'x' || copy, ${newThread}, ${column},
        replace(replace(json, id, id || 'x' || copy), parent, ${newThread})
      FROM ${schema}.${table} CROSS JOIN ${copies} WHERE parent = '${threadId}' ORDER BY copy`);
  }
}

/** @param {import('../../dist/entries/backend.js').Backend} backend */
function createSend(backend) {
  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   */
  return async (method, path, body) => {
    const response = await backend.fetch(
      new Request(`http://localhost/v1${path}`, {
        method,
        ...(body === undefined
          ? {}
          : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text.startsWith('{') ? JSON.parse(text) : {};
  };
}
