import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coalesce } from '../../../src/backend/engine/coalesce.js';
import { mergeMessageDelta, mergeStepDelta } from '../../../src/protocol/delta.js';
import type { AssistantStreamEvent, Message, RunStep } from '../../../src/protocol/types.js';

type Part = { text: string } | { refusal: string } | { mark: true };

const parts = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ text: fc.string({ maxLength: 4 }) }) },
    fc.record({ refusal: fc.string({ maxLength: 4 }) }),
    fc.constant({ mark: true as const }),
  ),
  { maxLength: 30 },
);

/** Deltas as a run tells them: a block goes on while its kind does. */
function deltasOf(written: readonly Part[]): AssistantStreamEvent[] {
  const blocks: { type: 'text' | 'refusal'; marks: number }[] = [];
  return written.map((part) => {
    const type = 'refusal' in part ? 'refusal' : 'text';
    const isNew = blocks.at(-1)?.type !== type;
    if (isNew) blocks.push({ type, marks: 0 });
    const index = blocks.length - 1;
    const block = blocks[index] ?? { type, marks: 0 };
    const content =
      'refusal' in part
        ? { index, type: 'refusal' as const, refusal: part.refusal }
        : 'mark' in part
          ? {
              index,
              type: 'text' as const,
              text: {
                annotations: [{ index: block.marks++, type: 'file_path' as const, text: 'x' }],
              },
            }
          : {
              index,
              type: 'text' as const,
              text: { value: part.text, ...(isNew ? { annotations: [] } : {}) },
            };
    return {
      event: 'thread.message.delta',
      data: { id: 'msg_a', object: 'thread.message.delta', delta: { content: [content] } },
    };
  });
}

function coalesced(events: readonly AssistantStreamEvent[]): AssistantStreamEvent[] {
  const queue: AssistantStreamEvent[] = [];
  for (const event of events) {
    const last = queue.at(-1);
    const merged = last && coalesce(last, event);
    if (merged) queue[queue.length - 1] = merged;
    else queue.push(event);
  }
  return queue;
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

test('deltas that were put together fold to the same message', () => {
  fc.assert(
    fc.property(parts, (written) => {
      const events = deltasOf(written);
      const whole = folded(events);
      expect(whole).toBeDefined();
      expect(folded(coalesced(events))).toEqual(whole);
    }),
  );
});

test('a thousand words that wait become one', () => {
  const events = deltasOf(Array.from({ length: 1000 }, () => ({ text: 'word ' })));

  expect(coalesced(events)).toHaveLength(1);
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

test('arguments are put together call by call, and fold to the same step', () => {
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

  const short = coalesced(events);

  expect(short).toEqual([call(0, '{"a":1}', 'look'), call(1, '{}', 'go')]);
  expect(foldedStep(short)).toEqual(foldedStep(events));
});

test('deltas of different objects stay apart', () => {
  const [first] = deltasOf([{ text: 'a' }]);
  const second: AssistantStreamEvent = {
    event: 'thread.message.delta',
    data: {
      id: 'msg_b',
      object: 'thread.message.delta',
      delta: { content: [{ index: 0, type: 'text', text: { value: 'b' } }] },
    },
  };

  expect(first && coalesce(first, second)).toBeUndefined();
});
