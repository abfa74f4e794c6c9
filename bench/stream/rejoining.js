import { createAssistantsClient } from '../../src/client/createAssistantsClient.js';
import { serve } from '../../src/backend/server/serve.js';
import { followRun } from '../../src/core/run/followRun.js';

const ROUNDS = 15;
const TOKEN_MS = 20;
/** The first new token has to be shown within this time after the first request of a page. */
const LIMIT_MS = 200;
/** Time for which a page is watched after its first new token. */
const WATCHED_MS = 1_000;
const SAMPLE_MS = 10;

/**
 * Opens a thread in the middle of a growing answer, over HTTP: with a rejoined stream, and by polling in the same rounds.
 * Measures the time from the first request of a page to the first token that was written after it, and then the age of the
 * newest token in the page.
 */
export async function measureRejoining() {
  let isStopped = false;
  const model = {
    /** Writes tokens that are the time at which they are written. */
    async *respond() {
      while (!isStopped) {
        await new Promise((resolve) => setTimeout(resolve, TOKEN_MS));
        yield { type: 'text', text: `${performance.now().toFixed(1)} ` };
      }
      yield { type: 'finish', reason: 'stop' };
    },
  };
  const server = await serve({ model: /** @type {any} */ (model), log: () => undefined });
  try {
    const client = createAssistantsClient({ baseUrl: `${server.url}/v1` });
    const { id: assistantId } = await client.createAssistant({ body: { model: 'm' } });
    const { thread_id: threadId } = await client.createThreadAndRun({
      body: { assistant_id: assistantId, thread: { messages: [{ role: 'user', content: 'Hi' }] } },
    });
    /** @type {Record<'auto' | 'poll', { firstMs: number[], ageMs: number[] }>} */
    const found = { auto: { firstMs: [], ageMs: [] }, poll: { firstMs: [], ageMs: [] } };
    for (let round = -1; round < ROUNDS; round++) {
      for (const transport of /** @type {const} */ (['auto', 'poll'])) {
        const { firstMs, ageMs } = await watchPage(server.url, threadId, transport);
        // The first round warms the compiler up.
        if (round < 0) continue;
        found[transport].firstMs.push(firstMs);
        found[transport].ageMs.push(ageMs);
      }
    }
    return [
      compareTimes(
        'first new token after a reload, by 200 ms',
        median(found.auto.firstMs),
        LIMIT_MS,
        1,
      ),
      compareTimes(
        'first new token after a reload, by polling',
        median(found.auto.firstMs),
        median(found.poll.firstMs),
      ),
      compareTimes(
        'age of the newest token after a reload, by polling',
        median(found.auto.ageMs),
        median(found.poll.ageMs),
        0.5,
      ),
    ];
  } finally {
    isStopped = true;
    await server.close({ deadlineMs: 1_000 });
  }
}

/**
 * Opens a thread as a new page does, and watches it. Resolves with the time to the first token that was written after it was
 * opened, and the mean age of the newest token.
 *
 * @param {string} url
 * @param {string} threadId
 * @param {'auto' | 'poll'} transport
 */
async function watchPage(url, threadId, transport) {
  const openedAt = performance.now();
  const client = createAssistantsClient({ baseUrl: `${url}/v1` });
  const { data } = await client.listRuns({ threadId, query: { limit: 1, order: 'desc' } });
  const runId = data[0]?.id;
  if (runId === undefined) throw new Error('The thread has no run.');
  const followed = followRun(client, { threadId, runId }, { transport });
  const readNewest = () => {
    const [part] = followed.getState().messages.at(-1)?.content ?? [];
    const text = part?.type === 'text' ? part.text.value : '';
    return Number(text.trimEnd().split(' ').at(-1));
  };
  await new Promise((resolve, reject) => {
    followed.settled.catch(reject);
    followed.subscribe(() => {
      if (readNewest() > openedAt) resolve(undefined);
    });
  });
  const firstMs = performance.now() - openedAt;
  const ages = [];
  for (const end = performance.now() + WATCHED_MS; performance.now() < end;) {
    await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS));
    ages.push(performance.now() - readNewest());
  }
  followed.detach();
  return { firstMs, ageMs: ages.reduce((sum, age) => sum + age, 0) / ages.length };
}

/**
 * @param {string} what
 * @param {number} one
 * @param {number} other
 * @param {number} [atMost]
 */
function compareTimes(what, one, other, atMost) {
  const time = (/** @type {number} */ ms) => `${ms.toFixed(0)} ms`;
  return { what, one: time(one), other: time(other), ratio: one / other, atMost };
}

/** @param {number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
