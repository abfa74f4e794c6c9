import assert from 'node:assert/strict';
import fc from 'fast-check';
import OpenAI from 'openai-6';
import { expect, it } from 'vitest';
import { encodeEvent } from '../../../src/protocol/encodeEvent.js';
import type {
  AssistantStreamEvent,
  MessageContent,
  Run,
  RunStep,
} from '../../../src/protocol/types.js';
import { readRun } from '../../../src/core/run/readRun.js';
import { emptyRunState, reduceRun } from '../../../src/core/run/reduceRun.js';
import { legalRun } from './legalRuns.js';

/** What both clients are compared by. */
interface Accumulated {
  run: Run | undefined;
  /** By message id, what its deltas came to; what its end brought comes in place of it in ours. */
  contents: Record<string, unknown>;
  steps: Record<string, unknown>;
}

/** A stream as a network cuts it: in chunks of this many bytes. */
function inChunks(bytes: Uint8Array, size: number): Response {
  let at = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(at, (at += size)));
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

function bytesOf(events: readonly AssistantStreamEvent[]): Uint8Array {
  const frames = events.map(({ event, data }) => encodeEvent(event, data));
  return new TextEncoder().encode(frames.join('') + encodeEvent('done', '[DONE]'));
}

let next = new Response();
const openai = new OpenAI({
  apiKey: 'sk',
  baseURL: 'http://server.test/v1',
  maxRetries: 0,
  fetch: async () => next,
});

async function accumulatedByOfficial(response: Response): Promise<Accumulated> {
  next = response;
  const stream = openai.beta.threads.runs.stream('thread_1', { assistant_id: 'asst_1' });
  const [messages, steps] = await Promise.all([stream.finalMessages(), stream.finalRunSteps()]);
  return {
    run: stream.currentRun() as Run | undefined,
    contents: Object.fromEntries(messages.map(({ id, content }) => [id, withoutIndex(content)])),
    steps: Object.fromEntries(
      steps.map(({ id, status, step_details }) => [id, withoutIndex({ status, step_details })]),
    ),
  };
}

async function accumulatedByOurs(response: Response) {
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

/** The official client leaves the places of deltas in what it accumulates. */
function withoutIndex(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, entry: unknown) => (key === 'index' ? undefined : entry)),
  );
}

const chunkSize = fc.oneof(
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 9 }) },
  { weight: 30, arbitrary: fc.integer({ min: 100, max: 4_000 }) },
);

it('accumulates 10,000 legal runs as the official client does', { timeout: 120_000 }, async () => {
  let deltas = 0;
  await fc.assert(
    fc.asyncProperty(legalRun, chunkSize, async (told, size) => {
      const bytes = bytesOf(told.events);
      const official = await accumulatedByOfficial(inChunks(bytes, size));
      const ours = await accumulatedByOurs(inChunks(bytes, size));
      // Far faster than `expect`.
      assert.deepEqual(ours.accumulated, official);
      const { thread: _, ...state } = ours.state;
      const { events: __, ...end } = told;
      assert.deepEqual(state, { ...end, isDesynced: false });
      deltas += told.events.filter(({ event }) => event.endsWith('delta')).length;
    }),
    { numRuns: 10_000 },
  );
  expect(deltas).toBeGreaterThan(50_000);
});
