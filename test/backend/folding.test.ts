import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assertProperty } from '../assertProperty.js';
import { createBackend } from '../../src/backend/createBackend.js';
import type { ScriptedLine } from '../../src/backend/models/scripted/ScriptedLine.js';
import { scriptedModel } from '../../src/backend/models/scripted/scriptedModel.js';
import { mergeMessageDelta, mergeStepDelta } from '../../src/protocol/delta.js';
import { readEvents } from '../../src/common/readEvents.js';
import type { AssistantStreamEvent, Message, Run, RunStep } from '../../src/protocol/types.js';
import { createUploadForm } from './createTestBackend.js';

const CONTENT = 'include[]=step_details.tool_calls[*].file_search.results[*].content';
const text = fc.string({ unit: 'grapheme', maxLength: 30 });
const line: fc.Arbitrary<ScriptedLine> = fc.oneof(
  { weight: 4, arbitrary: text },
  fc.record({ search: fc.constantFrom('green tea', 'black tea minutes', 'unicorns', '') }),
  fc.record({ cite: fc.constant({ id: 'file-1', filename: 'a.txt' }), quote: text }),
  fc.record({ attach: fc.constantFrom('made.txt', 'made.csv'), content: text }),
  fc.record({ image: fc.constant('file-1') }),
  fc.record({ refuse: text }),
  fc.constant({ next: 'message' as const }),
  fc.record({
    call: fc.constantFrom('ask', 'tell'),
    with: fc.dictionary(fc.string({ maxLength: 4 }), text, { maxKeys: 2 }),
  }),
);
const script = fc.array(line, { maxLength: 12 });
const header = fc.constantFrom('assistants=v1', 'assistants=v2');

/** Merges the deltas of a stream, and pairs each merged object with the one of its last event. */
function createDeltaMerger() {
  const messages = new Map<string, Message>();
  const steps = new Map<string, RunStep>();
  const pairs: [merged: unknown, completed: unknown][] = [];
  return {
    pairs,
    take: (event: AssistantStreamEvent): void => {
      if (event.event === 'thread.message.created') messages.set(event.data.id, event.data);
      else if (event.event === 'thread.run.step.created') steps.set(event.data.id, event.data);
      else if (event.event === 'thread.message.delta') {
        messages.set(
          event.data.id,
          assertDefined(mergeMessageDelta(assertDefined(messages.get(event.data.id)), event.data)),
        );
      } else if (event.event === 'thread.run.step.delta') {
        steps.set(
          event.data.id,
          assertDefined(mergeStepDelta(assertDefined(steps.get(event.data.id)), event.data)),
        );
      } else if (event.event === 'thread.message.completed') {
        pairs.push([messages.get(event.data.id)?.content, event.data.content]);
      } else if (event.event === 'thread.run.step.completed') {
        const merged = assertDefined(steps.get(event.data.id));
        pairs.push(
          [removeOutputs(merged), removeOutputs(event.data)],
          [merged.metadata, event.data.metadata],
        );
      }
    },
  };
}

test('the merged deltas of a stream equal the completed objects, including searches and annotations', async () => {
  let compared = 0;
  await assertProperty(
    fc.asyncProperty(
      fc.array(script, { minLength: 1, maxLength: 3 }),
      header,
      fc.boolean(),
      async (answers, beta, withContent) => {
        const harness = await createHarness(answers, beta);
        const merger = createDeltaMerger();
        let run = await harness.stream(
          `/threads/${harness.thread}/runs${withContent ? `?${CONTENT}` : ''}`,
          { assistant_id: harness.assistant, stream: true },
          merger.take,
        );
        for (let segment = 0; run.status === 'requires_action'; segment++) {
          if (segment > 5) throw new Error('The run does not end.');
          const calls = run.required_action?.submit_tool_outputs.tool_calls ?? [];
          const tool_outputs = calls.map(({ id }) => ({ tool_call_id: id, output: 'yes' }));
          run = await harness.stream(
            `/threads/${harness.thread}/runs/${run.id}/submit_tool_outputs`,
            { tool_outputs, stream: true },
            merger.take,
          );
        }
        // An answer without content fails.
        const isEmpty = run.last_error?.message.includes('without a text') ?? false;
        expect(run.status).toBe(isEmpty ? 'failed' : 'completed');
        for (const [merged, completed] of merger.pairs) expect(merged).toEqual(completed);
        compared += merger.pairs.length;
        const stored = await harness.list<Message>(`/threads/${harness.thread}/messages`);
        for (const { content } of stored)
          for (const part of content) if (part.type === 'text') checkAnnotations(part.text);
      },
    ),
    { name: 'folding', full: 60, small: 20 },
  );
  expect(compared).toBeGreaterThan(20);
});

/** Creates a backend that gives these answers in order and then says good-bye, with two searchable files. */
async function createHarness(answers: ScriptedLine[][], beta: string) {
  let turn = 0;
  const backend = createBackend({
    model: scriptedModel(() => {
      const answer = answers[turn] ?? 'Good-bye.';
      turn += 1;
      return answer;
    }),
  });
  const call = (path: string, body?: object | FormData) =>
    backend.fetch(
      new Request(`http://localhost/v1${path}`, {
        headers: {
          'openai-beta': beta,
          ...(body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined
          ? {}
          : { method: 'POST', body: body instanceof FormData ? body : JSON.stringify(body) }),
      }),
    );
  const created = async (path: string, body: object | FormData) =>
    ((await (await call(path, body)).json()) as { id: string }).id;
  const files = [
    await created(
      '/files',
      createUploadForm('green.txt', 'Green tea wants 75 degrees and two minutes.', 'assistants'),
    ),
    await created(
      '/files',
      createUploadForm('black.txt', 'Black tea wants four minutes.', 'assistants'),
    ),
  ];
  const functions = ['ask', 'tell'].map((name) => ({ type: 'function', function: { name } }));
  const assistant = await created('/assistants', {
    model: 'm',
    ...(beta.endsWith('v1')
      ? { tools: [{ type: 'retrieval' }, ...functions], file_ids: files }
      : {
          tools: [{ type: 'file_search' }, ...functions],
          tool_resources: { file_search: { vector_stores: [{ file_ids: files }] } },
        }),
  });
  return {
    assistant,
    thread: await created('/threads', { messages: [{ role: 'user', content: 'Hi' }] }),
    list: async <Item>(path: string) =>
      ((await (await call(path)).json()) as { data: Item[] }).data,
    /** Reads a stream to its end and returns the run of its last run event. */
    async stream(
      path: string,
      body: object,
      take: (event: AssistantStreamEvent) => void,
    ): Promise<Run> {
      const response = await call(path, body);
      let run: Run | undefined;
      for await (const { event, data } of readEvents(assertDefined(response.body))) {
        if (event === 'done') break;
        // Another test validates streams against the contract.
        const parsed = { event, data: JSON.parse(data) } as AssistantStreamEvent;
        if (/^thread\.run\.[a-z_]+$/.test(event)) run = parsed.data as Run;
        take(parsed);
      }
      return assertDefined(run);
    },
  };
}

/** Removes outputs, because they are submitted between two streams and no delta contains them. */
function removeOutputs({ step_details: details }: RunStep): unknown {
  if (details.type !== 'tool_calls') return details;
  return details.tool_calls.map((call) =>
    call.type === 'function' ? { ...call, function: { ...call.function, output: null } } : call,
  );
}

function checkAnnotations({
  value,
  annotations,
}: Extract<Message['content'][number], { type: 'text' }>['text']): void {
  for (const { text: mark, start_index, end_index } of annotations)
    expect(value.slice(start_index, end_index)).toBe(mark);
}

function assertDefined<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined)
    throw new Error('A delta could not be merged, or came before its object.');
  return value;
}
