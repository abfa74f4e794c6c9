import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assertProperty } from '../../../assertProperty.js';
import { EventRecord } from '../../../../src/backend/engine/eventLog/EventRecord.js';
import { mergeMessageDelta, mergeStepDelta } from '../../../../src/protocol/delta.js';
import type { AssistantStreamEvent, Message, RunStep } from '../../../../src/protocol/types.js';

type Part = { text: string } | { refusal: string } | { mark: true };

const parts = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ text: fc.string({ maxLength: 4 }) }) },
    fc.record({ refusal: fc.string({ maxLength: 4 }) }),
    fc.constant({ mark: true as const }),
  ),
  { maxLength: 30 },
);

function createContent(part: Part, index: number, isNew: boolean, block: { marks: number }) {
  if ('refusal' in part) return { index, type: 'refusal' as const, refusal: part.refusal };
  if ('mark' in part) {
    const annotation = { index: block.marks, type: 'file_path' as const, text: 'x' };
    block.marks += 1;
    return { index, type: 'text' as const, text: { annotations: [annotation] } };
  }
  const text = { value: part.text, ...(isNew && { annotations: [] }) };
  return { index, type: 'text' as const, text };
}

/** Creates deltas like a run does: consecutive parts of one type continue a block. */
function createDeltas(written: readonly Part[]): AssistantStreamEvent[] {
  const blocks: { type: 'text' | 'refusal'; marks: number }[] = [];
  return written.map((part) => {
    const type = 'refusal' in part ? 'refusal' : 'text';
    const isNew = blocks.at(-1)?.type !== type;
    if (isNew) blocks.push({ type, marks: 0 });
    const index = blocks.length - 1;
    const block = blocks[index] ?? { type, marks: 0 };
    const content = createContent(part, index, isNew, block);
    return {
      event: 'thread.message.delta',
      data: { id: 'msg_a', object: 'thread.message.delta', delta: { content: [content] } },
    };
  });
}

/** Records events, and reads them like a reader that gets up to `size` deltas as one. */
function mergeAll(
  events: readonly AssistantStreamEvent[],
  size = events.length,
): AssistantStreamEvent[] {
  const records: EventRecord[] = [];
  for (const [index, event] of events.entries())
    if (records.at(-1)?.append(event) !== true) records.push(new EventRecord(index + 1, event));
  const merged: AssistantStreamEvent[] = [];
  for (let next = 1; next <= events.length;) {
    const slice = records.findLast(({ first }) => first <= next)?.slice(next, next + size - 1);
    if (slice === undefined) throw new Error(`No record has the event ${next}.`);
    merged.push(slice.event);
    next = slice.sequence + 1;
  }
  return merged;
}

const message: Message = {
  id: 'msg_a',
  object: 'thread.message',
  created_at: 1,
  thread_id: 'thread_a',
  status: 'in_progress',
  incomplete_details: null,
  completed_at: null,
  incomplete_at: null,
  role: 'assistant',
  content: [],
  assistant_id: null,
  run_id: null,
  metadata: {},
};

function folded(events: readonly AssistantStreamEvent[]): Message | undefined {
  return events.reduce<Message | undefined>(
    (into, event) =>
      into && event.event === 'thread.message.delta' ? mergeMessageDelta(into, event.data) : into,
    message,
  );
}

test('merged deltas add up to the same message', async () => {
  await assertProperty(
    fc.property(parts, fc.integer({ min: 2, max: 30 }), (written, size) => {
      const events = createDeltas(written);
      const whole = folded(events);
      expect(whole).toBeDefined();
      expect(folded(mergeAll(events, size))).toEqual(whole);
      // Alone, each delta is the one that was recorded.
      expect(mergeAll(events, 1)).toEqual(events);
    }),
    { name: 'eventRecord', full: 1_000, small: 100 },
  );
});

test('merges a thousand pending words into one delta', () => {
  const events = createDeltas(Array.from({ length: 1000 }, () => ({ text: 'word ' })));

  expect(mergeAll(events)).toHaveLength(1);
});

const call = (index: number, text: string, name?: string): AssistantStreamEvent => ({
  event: 'thread.run.step.delta',
  data: {
    id: 'step_a',
    object: 'thread.run.step.delta',
    delta: {
      step_details: {
        type: 'tool_calls',
        tool_calls: [
          name === undefined
            ? { index, type: 'function', function: { arguments: text } }
            : {
                index,
                id: `call_${index}`,
                type: 'function',
                function: { name, arguments: text, output: null },
              },
        ],
      },
    },
  },
});

test('merges arguments of each call, and adds up to the same step', () => {
  const events = [
    call(0, '', 'look'),
    call(0, '{"a"'),
    call(0, ':1}'),
    call(1, '', 'go'),
    call(1, '{}'),
  ];
  const step: RunStep = {
    id: 'step_a',
    object: 'thread.run.step',
    created_at: 1,
    assistant_id: 'asst_a',
    thread_id: 'thread_a',
    run_id: 'run_a',
    type: 'tool_calls',
    status: 'in_progress',
    step_details: { type: 'tool_calls', tool_calls: [] },
    last_error: null,
    expired_at: null,
    cancelled_at: null,
    failed_at: null,
    completed_at: null,
    metadata: {},
    usage: null,
  };
  const foldedStep = (all: readonly AssistantStreamEvent[]) =>
    all.reduce<RunStep | undefined>(
      (into, event) =>
        into && event.event === 'thread.run.step.delta' ? mergeStepDelta(into, event.data) : into,
      step,
    );

  const short = mergeAll(events);

  expect(short).toEqual([call(0, '{"a":1}', 'look'), call(1, '{}', 'go')]);
  expect(foldedStep(short)).toEqual(foldedStep(events));
});

test('does not merge deltas of different objects', () => {
  const first = createDeltas([{ text: 'a' }]);
  const second: AssistantStreamEvent = {
    event: 'thread.message.delta',
    data: {
      id: 'msg_b',
      object: 'thread.message.delta',
      delta: { content: [{ index: 0, type: 'text', text: { value: 'b' } }] },
    },
  };

  expect(mergeAll([...first, second])).toEqual([...first, second]);
});
