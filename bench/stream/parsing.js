import OpenAI from 'openai-6';
import { Stream } from 'openai-6/streaming';
import { readRun } from '../../src/core/run/readRun.js';
import { reduceRun } from '../../src/core/run/reduceRun.js';
import { emptyRunState } from '../../src/core/run/RunState.js';
import { createAnswerEvents, encodeEvents, medians, respond } from './events.js';

const DELTAS = 5_000;
const ROUNDS = 11;

/** Compares reading and accumulating an event stream with the official client. */
export async function measureParsing() {
  const bytes = encodeEvents(createAnswerEvents(DELTAS));
  const openai = new OpenAI({
    apiKey: 'sk',
    baseURL: 'http://server.test/v1',
    maxRetries: 0,
    fetch: async () => respond(bytes),
  });
  const [ours = NaN, theirs = NaN, ourState = NaN, theirState = NaN] = await medians(
    ROUNDS,
    () => drain(readRun(respond(bytes))),
    () => drain(Stream.fromSSEResponse(respond(bytes), new AbortController())),
    async () => {
      let state = emptyRunState;
      for await (const event of readRun(respond(bytes))) state = reduceRun(state, event);
    },
    async () =>
      openai.beta.threads.runs.stream('thread_1', { assistant_id: 'asst_1' }).finalMessages(),
  );
  const speed = (/** @type {number} */ ms) => `${(bytes.length / 1_000 / ms).toFixed(1)} MB/s`;
  return [
    {
      what: "reading events, by the openai client's",
      one: speed(ours),
      other: speed(theirs),
      ratio: ours / theirs,
    },
    {
      what: "reading and accumulating, by the openai client's",
      one: speed(ourState),
      other: speed(theirState),
      ratio: ourState / theirState,
    },
  ];
}

/** @param {AsyncIterable<unknown>} events */
async function drain(events) {
  let count = 0;
  for await (const _ of events) count += 1;
  return count;
}
