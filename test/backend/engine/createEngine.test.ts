import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { assertProperty } from '../../assertProperty.js';
import type { ModelEvent } from '../../../src/backend/models/Model.js';
import { scriptedModel } from '../../../src/backend/models/scripted/scriptedModel.js';
import type { Store } from '../../../src/backend/stores/Store.js';
import { StoreError } from '../../../src/backend/stores/StoreError.js';
import { memoryStore } from '../../../src/backend/stores/memoryStore.js';
import { mergeMessageDelta, mergeStepDelta } from '../../../src/protocol/delta.js';
import type { Message, MessageDelta, RunStep, RunStepDelta } from '../../../src/protocol/types.js';
import { createDeferred } from '../../createDeferred.js';
import {
  collect,
  type Frame,
  getEventNames,
  readUntil,
  getRunOfEvent,
  createRunHarness,
} from '../createRunHarness.js';

afterEach(() => {
  vi.useRealTimers();
});

/** Messages and steps as a reader folds them from created and deltas, and as the last event of each shows them. */
function fold(frames: readonly Frame[]) {
  const folded = new Map<string, Message | RunStep>();
  const shown = new Map<string, Message | RunStep>();
  for (const { event, data } of frames) {
    if (event === 'thread.message.delta') {
      const delta = data as MessageDelta;
      const merged = mergeMessageDelta(folded.get(delta.id) as Message, delta);
      if (merged === undefined) throw new Error(`Refused: ${JSON.stringify(delta)}`);
      folded.set(delta.id, merged);
    } else if (event === 'thread.run.step.delta') {
      const delta = data as RunStepDelta;
      const merged = mergeStepDelta(folded.get(delta.id) as RunStep, delta);
      if (merged === undefined) throw new Error(`Refused: ${JSON.stringify(delta)}`);
      folded.set(delta.id, merged);
    } else if (event.startsWith('thread.message.') || event.startsWith('thread.run.step.')) {
      const object = data as Message | RunStep;
      if (event.endsWith('.created')) folded.set(object.id, object);
      shown.set(object.id, object);
    }
  }
  return { folded, shown };
}

/** Returns the part of an object that deltas contain. Outputs of calls appear in the completed step only. */
function growingPart(object: Message | RunStep | undefined) {
  if (object?.object !== 'thread.run.step') return object?.content;
  const { step_details: details } = object;
  if (details.type !== 'tool_calls') return details;
  return details.tool_calls.map((call) =>
    call.type === 'function' ? { ...call, function: { ...call.function, output: null } } : call,
  );
}

const words = fc.string({ unit: 'grapheme', maxLength: 8 });
const speech: fc.Arbitrary<ModelEvent> = fc.oneof(
  { weight: 6, arbitrary: words.map((text): ModelEvent => ({ type: 'text', text })) },
  words.map((text): ModelEvent => ({ type: 'refusal', text })),
  fc.constant<ModelEvent>({ type: 'message' }),
  fc.constant<ModelEvent>({ type: 'image', fileId: 'file-a' }),
  fc.constant<ModelEvent>({ type: 'usage', promptTokens: 3, completionTokens: 2 }),
  words.map((text): ModelEvent => ({
    type: 'annotation',
    annotation: {
      type: 'file_citation',
      text,
      file_citation: { file_id: 'file-a' },
      start_index: 0,
      end_index: 1,
    },
  })),
);
const calls: fc.Arbitrary<ModelEvent[]> = fc
  .array(fc.array(words, { maxLength: 4 }), { maxLength: 3 })
  .map((each) =>
    each.flatMap((texts): ModelEvent[] => [
      { type: 'toolCall', name: 'look' },
      ...texts.map((text): ModelEvent => ({ type: 'arguments', text })),
    ]),
  );
const endings = fc.constantFrom<ModelEvent[]>(
  [],
  [{ type: 'finish', reason: 'stop' }],
  [{ type: 'finish', reason: 'max_completion_tokens' }],
  [{ type: 'finish', reason: 'content_filter' }],
);
const answers = fc
  .tuple(fc.array(speech, { maxLength: 12 }), calls, fc.array(speech, { maxLength: 3 }), endings)
  .map((parts) => parts.flat());

async function* each(events: readonly ModelEvent[]): AsyncGenerator<ModelEvent, void, void> {
  yield* events;
}

test('deltas of any run add up to its completed messages and steps', async () => {
  await assertProperty(
    fc.asyncProperty(answers, answers, async (first, second) => {
      const api = await createRunHarness({
        model: scriptedModel(({ round }) =>
          each(
            round === 0
              ? first
              : second.filter(({ type }) => type !== 'toolCall' && type !== 'arguments'),
          ),
        ),
      });
      const thread = await api.createThread('Hello');
      const frames = await collect(api.streamRun(thread.id));
      const segments = [frames];
      const run = getRunOfEvent(frames.at(-2));
      if (run.status === 'requires_action') {
        const pending = run.required_action?.submit_tool_outputs.tool_calls ?? [];
        const tool_outputs = pending.map(({ id }) => ({ tool_call_id: id, output: 'seen' }));
        const path = `/threads/${thread.id}/runs/${run.id}/submit_tool_outputs`;
        segments.push(await collect(api.frames(path, { tool_outputs, stream: true })));
      }

      const { folded, shown } = fold(segments.flat());
      const grown = [...folded.keys()].map((id) => shown.get(id));
      expect(grown.map(growingPart)).toEqual([...folded.values()].map(growingPart));
      const stored = [...(await api.messages(thread.id)).slice(1), ...(await api.listSteps(run))];
      expect(new Map(stored.map((object) => [object.id, object]))).toEqual(shown);
    }),
    { name: 'engineDeltas', full: 200, small: 60 },
  );
});

test('every answer ends its run, and its steps do not overlap', async () => {
  await assertProperty(
    fc.asyncProperty(answers, async (events) => {
      const api = await createRunHarness({
        model: scriptedModel(({ round }) => each(round === 0 ? events : [])),
      });
      const frames = await collect(api.streamRun((await api.createThread('Hello')).id));

      let open = 0;
      for (const { event } of frames) {
        if (event === 'thread.run.step.created') open += 1;
        if (/step\.(?:completed|failed)$/.test(event)) open -= 1;
        expect(open).toBeLessThanOrEqual(1);
      }
      expect(getEventNames(frames).at(-1)).toBe('done');
      const run = getRunOfEvent(frames.at(-2));
      // An answer without content fails.
      const isEmpty = run.last_error?.message.includes('without a text') ?? false;
      expect(run.status).toMatch(isEmpty ? 'failed' : /^(?:completed|incomplete|requires_action)$/);
    }),
    { name: 'engineSteps', full: 100, small: 40 },
  );
});

test('expires a run by its timer', async () => {
  vi.useFakeTimers({ now: 1_700_000_000_500 });
  const api = await createRunHarness({
    model: scriptedModel([{ say: ['Well', { stall: true }] }]),
    now: Date.now,
  });
  const thread = await api.createThread('Hello');
  const frames = api.streamRun(thread.id);
  await readUntil(frames, 'thread.message.delta');

  await vi.advanceTimersByTimeAsync(600_000);

  expect((await collect(frames)).at(-2)).toMatchObject({
    event: 'thread.run.expired',
    data: { status: 'expired' },
  });
});

test('checks a run at intervals after its clock was set back by months', async () => {
  vi.useFakeTimers({ now: 1_700_000_000_500 });
  let reads = 0;
  const store = memoryStore();
  const counting: Store = {
    ...store,
    get: (collection, id) => {
      if (collection === 'runs') reads += 1;
      return store.get(collection, id);
    },
  };
  const api = await createRunHarness({
    store: counting,
    model: scriptedModel([{ say: ['Well', { stall: true }] }]),
    now: Date.now,
  });
  const frames = api.streamRun((await api.createThread('Hello')).id);
  await readUntil(frames, 'thread.message.delta');
  vi.setSystemTime(1_690_000_000_000);

  await vi.advanceTimersByTimeAsync(600_000);
  const before = reads;
  await vi.advanceTimersByTimeAsync(5_000);

  expect(reads).toBe(before);
});

test('removes the timer of a settled run', async () => {
  vi.useFakeTimers();
  const api = await createRunHarness({ model: scriptedModel([{ say: 'Hello' }]), now: Date.now });

  await collect(api.streamRun((await api.createThread('Hello')).id));

  expect(vi.getTimerCount()).toBe(0);
});

/** A store whose writes fail from the given moment on. */
function breakingStore(): Store & { break: () => void } {
  const store = memoryStore();
  let broken = false;
  return {
    ...store,
    write: (changes) =>
      broken ? Promise.reject(new StoreError('full', 'No room on /secret.')) : store.write(changes),
    break: () => {
      broken = true;
    },
  };
}

test('ends streams with an error without details if the store fails', async () => {
  const store = breakingStore();
  const held = createDeferred();
  const model = scriptedModel([
    { say: ['Well', { hold: held.promise }, { next: 'message' }, 'more'] },
  ]);
  const api = await createRunHarness({ model, store });
  const frames = api.streamRun((await api.createThread('Hello')).id);
  await readUntil(frames, 'thread.message.delta');

  store.break();
  held.resolve();
  const after = await collect(frames);
  await api.backend.idle();

  expect(after).toMatchObject([
    { event: 'error', data: { message: 'The server could not store the answer.' } },
    { event: 'done' },
  ]);
});
