import { createAssistantsClient } from '../../src/client/createAssistantsClient.js';
import { followRun } from '../../src/core/run/followRun.js';
import { reduceRun } from '../../src/core/run/reduceRun.js';
import { emptyRunState } from '../../src/core/run/RunState.js';
import { createAnswerEvents, encodeEvents, medians, respond } from './events.js';

const SHORT = 2_000;
const LONG = 20_000;
const ROUNDS = 15;

/** Compares the cost of a delta in a long answer with one in a short answer: in the reducer, and from bytes to listeners. */
export async function measureAccumulating() {
  const [short, long] = [createAnswerEvents(SHORT), createAnswerEvents(LONG)];
  const [shortBytes, longBytes] = [encodeEvents(short), encodeEvents(long)];
  return [
    // The short answer is repeated, so that both measures cover the same number of deltas.
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

/** @param {ReturnType<typeof createAnswerEvents>} events */
function reduce(events) {
  let state = emptyRunState;
  let read = 0;
  for (const [index, event] of events.entries()) {
    state = reduceRun(state, /** @type {any} */ (event));
    // A component reads the text once per frame.
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
  followed.subscribe(() => {
    read += textLength(followed.getState());
  });
  await followed.settled;
  return read;
}

/** @param {{ messages: readonly any[] }} state */
function textLength({ messages }) {
  const text = messages[0]?.content[0]?.text.value ?? '';
  // Reads the whole text, because engines flatten a concatenated string only on access.
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
