import assert from 'node:assert/strict';
import fc from 'fast-check';
import OpenAI from 'openai-6';
import { expect, it } from 'vitest';
import { assertProperty } from '../../assertProperty.js';
import { numRuns } from '../../budget.js';
import { encodeEvent } from '../../../src/protocol/encodeEvent.js';
import type {
  AssistantStreamEvent,
  MessageContent,
  Run,
  RunStep,
} from '../../../src/protocol/types.js';
import { readRun } from '../../../src/core/run/readRun.js';
import { reduceRun } from '../../../src/core/run/reduceRun.js';
import { emptyRunState } from '../../../src/core/run/RunState.js';
import { legalRun } from './legalRuns.js';

/** Result by which both clients are compared. */
interface Accumulated {
  run: Run | undefined;
  /** Accumulated deltas by message id, before the completed message replaces them. */
  contents: Record<string, unknown>;
  /** Status and details by step id. */
  steps: Record<string, unknown>;
}

/** Creates the response of an event stream that arrives in chunks of the given size. */
function createChunkedResponse(bytes: Uint8Array, size: number): Response {
  let offset = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (offset >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(offset, offset + size));
      offset += size;
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

function encodeStream(events: readonly AssistantStreamEvent[]): Uint8Array {
  const frames = events.map(({ event, data }) => encodeEvent(event, data));
  return new TextEncoder().encode(frames.join('') + encodeEvent('done', '[DONE]'));
}

let nextResponse = new Response();
const openai = new OpenAI({
  apiKey: 'sk',
  baseURL: 'http://server.test/v1',
  maxRetries: 0,
  fetch: async () => nextResponse,
});

async function accumulateWithOpenai(response: Response): Promise<Accumulated> {
  nextResponse = response;
  const stream = openai.beta.threads.runs.stream('thread_1', { assistant_id: 'asst_1' });
  const [messages, steps] = await Promise.all([stream.finalMessages(), stream.finalRunSteps()]);
  return {
    run: stream.currentRun() as Run | undefined,
    contents: Object.fromEntries(messages.map(({ id, content }) => [id, removeIndexes(content)])),
    steps: Object.fromEntries(
      steps.map(({ id, status, step_details }) => [id, removeIndexes({ status, step_details })]),
    ),
  };
}

async function accumulateWithReduceRun(response: Response) {
  let state = emptyRunState;
  const contents: Record<string, readonly MessageContent[]> = {};
  for await (const event of readRun(response)) {
    if (event.event === 'thread.message.completed' || event.event === 'thread.message.incomplete') {
      contents[event.data.id] =
        state.messages.find(({ id }) => id === event.data.id)?.content ?? [];
    }
    state = reduceRun(state, event);
  }
  const steps = Object.fromEntries(
    state.steps.map(({ id, status, step_details }: RunStep) => [id, { status, step_details }]),
  );
  return { state, accumulated: { run: state.run, contents, steps } satisfies Accumulated };
}

/** Removes the indexes of deltas, which the official client keeps in its result. */
function removeIndexes(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, entry: unknown) => (key === 'index' ? undefined : entry)),
  );
}

const chunkSize = fc.oneof(
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 9 }) },
  { weight: 30, arbitrary: fc.integer({ min: 100, max: 4_000 }) },
);

it('accumulates legal runs like the official client', async () => {
  const count = numRuns(10_000, 300);
  let deltas = 0;
  await assertProperty(
    fc.asyncProperty(legalRun, chunkSize, async (legal, size) => {
      const bytes = encodeStream(legal.events);
      const official = await accumulateWithOpenai(createChunkedResponse(bytes, size));
      const ours = await accumulateWithReduceRun(createChunkedResponse(bytes, size));
      // Much faster than `expect`.
      assert.deepEqual(ours.accumulated, official);
      const { thread: _, ...state } = ours.state;
      const { events: __, ...expected } = legal;
      assert.deepEqual(state, { ...expected, reasoning: undefined, isDesynced: false });
      deltas += legal.events.filter(({ event }) => event.endsWith('delta')).length;
    }),
    { name: 'officialRuns', full: count, small: count },
  );
  expect(deltas).toBeGreaterThan(5 * count);
});
