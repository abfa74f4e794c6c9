import { createAssistantsClient } from '../../node_modules/.cache/bench/client/client.js';
import { followRun } from '../../node_modules/.cache/bench/core/run/followRun.js';
import { emptyRunState, reduceRun } from '../../node_modules/.cache/bench/core/run/reduceRun.js';
import { findReply, bytesOf, medians, respond } from './events.js';

const SHORT = 2_000;
const LONG = 20_000;
const ROUNDS = 15;

/** What a delta costs in a long answer, by what it costs in a short one: in the reducer alone, and from bytes to listeners. */
export async function measureAccumulating() {
  const [short, long] = [findReply(SHORT), findReply(LONG)];
  const [shortBytes, longBytes] = [bytesOf(short), bytesOf(long)];
  return [
    // As many deltas in both, so that what is measured has the same length.
    await compare(
      'reducing a delta',
      times(LONG / SHORT, () => reduce(short)),
      () => reduce(long),
    ),
    await compare(
      'a delta from bytes to listeners',
      times(LONG / SHORT, () => follow(shortBytes)),
      () => follow(longBytes),
    ),
  ];
}

/**
 * @param {string} what
 * @param {() => unknown} inShort
 * @param {() => unknown} inLong
 */
async function compare(what, inShort, inLong) {
  const [short = NaN, long = NaN] = await medians(ROUNDS, inShort, inLong);
  const cost = (/** @type {number} */ ms) => `${((ms / LONG) * 1_000).toFixed(2)} us`;
  return {
    what: `${what}: of ${LONG} by of ${SHORT}`,
    one: cost(long),
    other: cost(short),
    ratio: long / short,
    atMost: 1.3,
  };
}

/** @param {ReturnType<typeof findReply>} events */
function reduce(events) {
  let state = emptyRunState;
  let read = 0;
  for (const [index, event] of events.entries()) {
    state = reduceRun(state, /** @type {any} */ (event));
    // Whoever shows the text reads it once a frame.
    if (index % 200 === 0) read += textLength(state);
  }
  return read;
}

/** @param {Uint8Array} bytes */
async function follow(bytes) {
  const client = createAssistantsClient({
    baseUrl: 'http://server.test/v1',
    fetch: async () => respond(bytes),
  });
  const followed = followRun(client, {
    createRun: { threadId: 'thread_1', body: { assistant_id: 'asst_1' } },
  });
  let read = 0;
  followed.subscribe(() => (read += textLength(followed.getState())));
  await followed.settled;
  return read;
}

/** @param {{ messages: readonly any[] }} state */
function textLength({ messages }) {
  const text = messages[0]?.content[0]?.text.value ?? '';
  // Reads all of it: what was put together piece by piece becomes one text only now.
  return text.lastIndexOf('\u0000') + text.length;
}

/**
 * @param {number} count
 * @param {() => unknown} task
 */
function times(count, task) {
  return async () => {
    for (let time = 0; time < count; time++) await task();
  };
}
