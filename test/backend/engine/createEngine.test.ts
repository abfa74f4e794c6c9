import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import type { ModelEvent } from '../../../src/backend/models/model.js';
import { scriptedModel } from '../../../src/backend/models/scripted/scriptedModel.js';
import type { Store } from '../../../src/backend/stores/Store.js';
import { StoreError } from '../../../src/backend/stores/StoreError.js';
import { memoryStore } from '../../../src/backend/stores/memoryStore.js';
import { mergeMessageDelta, mergeStepDelta } from '../../../src/protocol/delta.js';
import type { Message, MessageDelta, RunStep, RunStepDelta } from '../../../src/protocol/types.js';
import {
  all,
  type Frame,
  gate,
  names,
  readUntil,
  runOf,
  startBackend,
} from '../assistantsBackend.js';

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

/** What deltas tell. Outputs are told by the completed step alone. */
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

test(
  'folding the deltas of any run gives its completed messages and steps',
  { timeout: 60_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(answers, answers, async (first, second) => {
        const api = await startBackend({
          model: scriptedModel(({ round }) =>
            each(
              round === 0
                ? first
                : second.filter(({ type }) => type !== 'toolCall' && type !== 'arguments'),
            ),
          ),
        });
        const thread = await api.thread('Hello');
        const frames = await all(api.streamRun(thread.id));
        const segments = [frames];
        const run = runOf(frames.at(-2));
        if (run.status === 'requires_action') {
          const pending = run.required_action?.submit_tool_outputs.tool_calls ?? [];
          const tool_outputs = pending.map(({ id }) => ({ tool_call_id: id, output: 'seen' }));
          const path = `/threads/${thread.id}/runs/${run.id}/submit_tool_outputs`;
          segments.push(await all(api.frames(path, { tool_outputs, stream: true })));
        }

        const { folded, shown } = fold(segments.flat());
        const grown = [...folded.keys()].map((id) => shown.get(id));
        expect(grown.map(growingPart)).toEqual([...folded.values()].map(growingPart));
        const stored = [...(await api.messages(thread.id)).slice(1), ...(await api.steps(run))];
        expect(new Map(stored.map((object) => [object.id, object]))).toEqual(shown);
      }),
      { numRuns: 200 },
    );
  },
);

test('every run of any answer ends, its steps one after another', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(answers, async (events) => {
      const api = await startBackend({
        model: scriptedModel(({ round }) => each(round === 0 ? events : [])),
      });
      const frames = await all(api.streamRun((await api.thread('Hello')).id));

      let open = 0;
      for (const { event } of frames) {
        if (event === 'thread.run.step.created') open += 1;
        if (/step\.(?:completed|failed)$/.test(event)) open -= 1;
        expect(open).toBeLessThanOrEqual(1);
      }
      expect(names(frames).at(-1)).toBe('done');
      expect(frames.at(-2)?.event).toMatch(
        /^thread\.run\.(?:completed|incomplete|requires_action)$/,
      );
    }),
    { numRuns: 100 },
  );
});

test('a run expires by itself when the clock is the machine’s', async () => {
  vi.useFakeTimers({ now: 1_700_000_000_500 });
  const api = await startBackend({
    model: scriptedModel([{ say: ['Well', { stall: true }] }]),
    now: Date.now,
  });
  const thread = await api.thread('Hello');
  const frames = api.streamRun(thread.id);
  await readUntil(frames, 'thread.message.delta');

  await vi.advanceTimersByTimeAsync(600_000);

  expect((await all(frames)).at(-2)).toMatchObject({
    event: 'thread.run.expired',
    data: { status: 'expired' },
  });
});

test('a run whose clock was set back by months is looked at now and then, not all the time', async () => {
  vi.useFakeTimers({ now: 1_700_000_000_500 });
  let looks = 0;
  const store = memoryStore();
  const counting: Store = {
    ...store,
    get: (collection, id) => {
      if (collection === 'runs') looks += 1;
      return store.get(collection, id);
    },
  };
  const api = await startBackend({
    store: counting,
    model: scriptedModel([{ say: ['Well', { stall: true }] }]),
    now: Date.now,
  });
  const frames = api.streamRun((await api.thread('Hello')).id);
  await readUntil(frames, 'thread.message.delta');
  vi.setSystemTime(1_690_000_000_000);

  await vi.advanceTimersByTimeAsync(600_000);
  const before = looks;
  await vi.advanceTimersByTimeAsync(5_000);

  expect(looks).toBe(before);
});

test('a run that has ended leaves no timer behind', async () => {
  vi.useFakeTimers();
  const api = await startBackend({ model: scriptedModel([{ say: 'Hello' }]), now: Date.now });

  await all(api.streamRun((await api.thread('Hello')).id));

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

test('a store that fails ends the streams with an error, which does not say where it is', async () => {
  const store = breakingStore();
  const held = gate();
  const model = scriptedModel([
    { say: ['Well', { hold: held.opened }, { next: 'message' }, 'more'] },
  ]);
  const api = await startBackend({ model, store });
  const frames = api.streamRun((await api.thread('Hello')).id);
  await readUntil(frames, 'thread.message.delta');

  store.break();
  held.open();
  const after = await all(frames);
  await api.backend.idle();

  expect(after).toMatchObject([
    { event: 'error', data: { message: 'The server could not store the answer.' } },
    { event: 'done' },
  ]);
});
