import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBackend } from '../../src/backend/createBackend.js';
import type { ScriptedLine } from '../../src/backend/models/scripted/script.js';
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

/** Folds the deltas of a stream by themselves, and keeps each object beside the one that its last event brings. */
function foldingOf() {
  const messages = new Map<string, Message>();
  const steps = new Map<string, RunStep>();
  const pairs: [folded: unknown, completed: unknown][] = [];
  return {
    pairs,
    take: (event: AssistantStreamEvent): void => {
      if (event.event === 'thread.message.created') messages.set(event.data.id, event.data);
      else if (event.event === 'thread.run.step.created') steps.set(event.data.id, event.data);
      else if (event.event === 'thread.message.delta') {
        messages.set(
          event.data.id,
          known(mergeMessageDelta(known(messages.get(event.data.id)), event.data)),
        );
      } else if (event.event === 'thread.run.step.delta') {
        steps.set(
          event.data.id,
          known(mergeStepDelta(known(steps.get(event.data.id)), event.data)),
        );
      } else if (event.event === 'thread.message.completed') {
        pairs.push([messages.get(event.data.id)?.content, event.data.content]);
      } else if (event.event === 'thread.run.step.completed') {
        const folded = known(steps.get(event.data.id));
        pairs.push(
          [withoutOutputs(folded), withoutOutputs(event.data)],
          [folded.metadata, event.data.metadata],
        );
      }
    },
  };
}

test('the folded deltas of a stream are the completed objects, searches and annotations included', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(script, { minLength: 1, maxLength: 3 }),
      header,
      fc.boolean(),
      async (answers, beta, withContent) => {
        const world = await begin(answers, beta);
        const folding = foldingOf();
        let run = await world.stream(
          `/threads/${world.thread}/runs${withContent ? `?${CONTENT}` : ''}`,
          { assistant_id: world.assistant, stream: true },
          folding.take,
        );
        for (let segment = 0; run.status === 'requires_action'; segment++) {
          if (segment > 5) throw new Error('The run asks without end.');
          const calls = run.required_action?.submit_tool_outputs.tool_calls ?? [];
          const tool_outputs = calls.map(({ id }) => ({ tool_call_id: id, output: 'yes' }));
          run = await world.stream(
            `/threads/${world.thread}/runs/${run.id}/submit_tool_outputs`,
            { tool_outputs, stream: true },
            folding.take,
          );
        }
        expect(run.status).toBe('completed');
        for (const [folded, completed] of folding.pairs) expect(folded).toEqual(completed);
        compared += folding.pairs.length;
        const stored = await world.list<Message>(`/threads/${world.thread}/messages`);
        for (const { content } of stored)
          for (const part of content) if (part.type === 'text') checkAnnotations(part.text);
      },
    ),
    { numRuns: 60 },
  );
  expect(compared).toBeGreaterThan(60);
});

/** A backend that gives these answers in turn, then says good-bye; with two files that can be searched. */
async function begin(answers: ScriptedLine[][], beta: string) {
  let turn = 0;
  const backend = createBackend({ model: scriptedModel(() => answers[turn++] ?? 'Good-bye.') });
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
    /** Reads a stream to its end; the run as it is then. */
    async stream(
      path: string,
      body: object,
      take: (event: AssistantStreamEvent) => void,
    ): Promise<Run> {
      const response = await call(path, body);
      let run: Run | undefined;
      for await (const { event, data } of readEvents(known(response.body))) {
        if (event === 'done') break;
        // What is streamed is held against the contract elsewhere.
        const parsed = { event, data: JSON.parse(data) } as AssistantStreamEvent;
        if (/^thread\.run\.[a-z_]+$/.test(event)) run = parsed.data as Run;
        take(parsed);
      }
      return known(run);
    },
  };
}

/** Outputs come from outside, between two streams: no delta tells of them. */
function withoutOutputs({ step_details: details }: RunStep): unknown {
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

function known<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined)
    throw new Error('A delta could not be merged, or came before its object.');
  return value;
}
