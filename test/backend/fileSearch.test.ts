import { describe, expect, test } from 'vitest';
import type { Model, ModelEvent } from '../../src/backend/models/Model.js';
import type { ScriptedScenario } from '../../src/backend/models/scripted/findReply.js';
import { scriptedModel } from '../../src/backend/models/scripted/scriptedModel.js';
import type { Store } from '../../src/backend/stores/Store.js';
import { memoryStore } from '../../src/backend/stores/memoryStore.js';
import type { FileObject, Message, Run, RunStep } from '../../src/protocol/types.js';
import { createDeferred } from '../createDeferred.js';
import {
  collect,
  type Frame,
  getEventNames,
  createRunHarness,
  getText,
} from './createRunHarness.js';
import { createPdf } from './search/createPdf.js';

const CONTENT = 'include[]=step_details.tool_calls[*].file_search.results[*].content';
const FILE_SEARCH = { type: 'file_search' };

/** Searches for the text of the user and answers with the names and texts of the results. */
const SEARCHES: ScriptedScenario = [
  {
    say: ({ text }) => ({ search: text }),
    after: ({ passages }) =>
      passages.length === 0
        ? 'Nothing.'
        : passages.map(({ filename, text }) => `${filename}: ${text}`).join('\n'),
  },
];

async function start({
  scenario = SEARCHES,
  tools = [FILE_SEARCH],
  ...assistant
}: { scenario?: ScriptedScenario; tools?: object[] } & object = {}) {
  const api = await createRunHarness({ model: scriptedModel(scenario) }, { tools, ...assistant });
  return {
    ...api,
    async file(name: string, content: string | Uint8Array<ArrayBuffer>): Promise<string> {
      const form = new FormData();
      form.set('purpose', 'assistants');
      form.set('file', new File([content], name));
      const response = await api.backend.fetch(
        new Request('http://localhost/v1/files', { method: 'POST', body: form }),
      );
      return ((await response.json()) as FileObject).id;
    },
    /** Executes a run and returns its answer and its steps. */
    async execute(threadId: string, body: object = {}) {
      const run = await api.createRun(threadId, body);
      await api.backend.idle();
      const answer = getText((await api.messages(threadId)).at(-1));
      return { run: await api.getRun(run), answer, steps: await api.listSteps(run) };
    },
    listStepsWith: async (run: Run, query: string) =>
      (
        await api.json<{ data: RunStep[] }>(
          'GET',
          `/threads/${run.thread_id}/runs/${run.id}/steps?order=asc&${query}`,
        )
      ).data,
  };
}

const withVectorStore = (...file_ids: string[]) => ({
  tool_resources: { file_search: { vector_stores: [{ file_ids }] } },
});

/** Returns the search calls of steps. */
function getSearches(steps: readonly RunStep[]) {
  return steps.flatMap(({ step_details: details }) =>
    details.type === 'tool_calls'
      ? details.tool_calls.flatMap((call) => (call.type === 'file_search' ? [call] : []))
      : [],
  );
}

describe('file search', () => {
  test('covers the files of the assistant, the thread and messages, or those of the run instead', async () => {
    const api = await start();
    const files = await Promise.all(
      ['assistant', 'thread', 'message', 'run'].map((name) =>
        api.file(`${name}.txt`, `Tea of the ${name}`),
      ),
    );
    const [assistantFile = '', threadFile = '', messageFile = '', runFile = ''] = files;
    await api.json('POST', `/assistants/${api.assistant.id}`, {
      tool_resources: await createVectorStore(assistantFile),
    });
    const message = {
      role: 'user',
      content: 'tea',
      attachments: [{ file_id: messageFile, tools: [FILE_SEARCH] }],
    };
    const thread = await api.json<{ id: string }>('POST', '/threads', {
      messages: [message],
      ...withVectorStore(threadFile),
    });
    const { answer } = await api.execute(thread.id);
    expect(answer.split('\n').toSorted()).toEqual([
      'assistant.txt: Tea of the assistant',
      'message.txt: Tea of the message',
      'thread.txt: Tea of the thread',
    ]);

    const run = await api.json<Run>('POST', '/threads/runs', {
      assistant_id: api.assistant.id,
      thread: { messages: [{ role: 'user', content: 'tea' }] },
      tool_resources: await createVectorStore(runFile),
    });
    await api.backend.idle();
    expect(getText((await api.messages(run.thread_id)).at(-1))).toBe('run.txt: Tea of the run');

    async function createVectorStore(id: string) {
      const thread = await api.json<{ tool_resources: object }>(
        'POST',
        '/threads',
        withVectorStore(id),
      );
      return thread.tool_resources;
    }
  });

  test('covers files of version 1 and returns a retrieval call there', async () => {
    const api = await start();
    const id = await api.file('notes.txt', 'Green tea wants 75 degrees.');
    const post = async <T>(path: string, body: object): Promise<T> => {
      const headers = { 'content-type': 'application/json', 'openai-beta': 'assistants=v1' };
      const response = await api.send('POST', path, body, { headers });
      return (await response.json()) as T;
    };
    const assistant = await post<{ id: string; tools: object[] }>('/assistants', {
      model: 'm',
      tools: [{ type: 'retrieval' }],
      file_ids: [id],
    });
    const run = await post<Run>('/threads/runs', {
      assistant_id: assistant.id,
      thread: { messages: [{ role: 'user', content: 'tea' }] },
    });
    await api.backend.idle();
    expect(getText((await api.messages(run.thread_id)).at(-1))).toBe(
      'notes.txt: Green tea wants 75 degrees.',
    );
    const response = await api.send(
      'GET',
      `/threads/${run.thread_id}/runs/${run.id}/steps?order=asc`,
      undefined,
      { headers: { 'openai-beta': 'assistants=v1' } },
    );
    const [step] = ((await response.json()) as { data: RunStep[] }).data;
    expect(step?.step_details).toEqual({
      type: 'tool_calls',
      tool_calls: [{ id: expect.stringMatching(/^call_/), type: 'retrieval', retrieval: {} }],
    });
  });

  test('reads all supported file types', async () => {
    const api = await start();
    const files = await Promise.all([
      api.file('a.pdf', createPdf(['Tea in a PDF'])),
      api.file('b.html', '<p>Tea in a <b>page</b></p>'),
      api.file('c.json', '{"tea":"in JSON"}'),
      api.file('d.csv', 'tea\nin a table\n'),
      api.file('e.md', '# Tea\nin markdown'),
      api.file('f.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1])),
    ]);
    const thread = await api.json<{ id: string }>('POST', '/threads', {
      messages: [{ role: 'user', content: 'tea' }],
      ...withVectorStore(...files),
    });
    const { answer, run } = await api.execute(thread.id);
    expect(run.status).toBe('completed');
    for (const text of [
      'Tea in a PDF',
      'Tea in a page',
      'tea: in JSON',
      'tea: in a table',
      'in markdown',
    ])
      expect(answer).toContain(text);
    expect(answer).not.toContain('f.png');
  });

  test('ignores deleted files', async () => {
    const api = await start();
    const id = await api.file('a.txt', 'Tea');
    const thread = await api.json<{ id: string }>('POST', '/threads', {
      messages: [{ role: 'user', content: 'tea' }],
      ...withVectorStore(id),
    });
    expect((await api.execute(thread.id)).answer).toBe('a.txt: Tea');
    await api.json('DELETE', `/files/${id}`);
    expect((await api.execute(thread.id)).answer).toBe('Nothing.');
  });

  test('splits files by the chunking strategy of the vector store', async () => {
    const api = await start();
    const text = Array.from(
      { length: 60 },
      (_, index) => `Tea number ${index} is a good tea for the evening.`,
    ).join(' ');
    const id = await api.file('a.txt', text);
    const createBody = (max: number, overlap: number) => ({
      tool_resources: {
        file_search: {
          vector_stores: [
            {
              file_ids: [id],
              chunking_strategy: {
                type: 'static',
                static: { max_chunk_size_tokens: max, chunk_overlap_tokens: overlap },
              },
            },
          ],
        },
      },
      messages: [{ role: 'user', content: 'tea' }],
    });
    const small = await api.json<{ id: string }>('POST', '/threads', createBody(100, 10));
    const large = await api.json<{ id: string }>('POST', '/threads', createBody(4096, 0));
    expect((await api.execute(small.id)).answer.split('\n').length).toBeGreaterThan(5);
    expect((await api.execute(large.id)).answer).toBe(`a.txt: ${text}`);
    const rejected = await api.send('POST', '/threads', createBody(100, 51));
    expect([rejected.status, JSON.stringify(await rejected.json())]).toEqual([
      400,
      expect.stringContaining('half'),
    ]);
  });

  test('applies the limit and the threshold of the tool', async () => {
    const tools = [
      {
        type: 'file_search',
        file_search: {
          max_num_results: 2,
          ranking_options: { score_threshold: 0.6, ranker: 'default_2024_08_21' },
        },
      },
    ];
    const api = await start({ tools });
    const files = await Promise.all(
      ['one', 'two', 'three'].map((name) => api.file(`${name}.txt`, 'Green tea')),
    );
    const weak = await api.file('weak.txt', 'Green');
    const thread = await api.json<{ id: string }>('POST', '/threads', {
      messages: [{ role: 'user', content: 'green tea' }],
      ...withVectorStore(...files, weak),
    });
    const { steps } = await api.execute(thread.id);
    const [search] = getSearches(steps);
    expect(search?.file_search.results).toHaveLength(2);
    expect(search?.file_search.ranking_options).toEqual({
      ranker: 'default_2024_08_21',
      score_threshold: 0.6,
    });
    const unknown = await api.json<{ id: string }>('POST', '/threads', {
      messages: [{ role: 'user', content: 'green unicorns' }],
      ...withVectorStore(...files),
    });
    expect((await api.execute(unknown.id)).answer).toBe('Nothing.');
  });
});

describe('the step of a search', () => {
  test('contains the query and the results, with their text only if it is included', async () => {
    const api = await start();
    const id = await api.file('notes.txt', 'Green tea wants 75 degrees.');
    const thread = await api.json<{ id: string }>('POST', '/threads', {
      messages: [{ role: 'user', content: 'green tea' }],
      ...withVectorStore(id),
    });
    const { run, steps } = await api.execute(thread.id);
    expect(steps.map(({ type, status }) => [type, status])).toEqual([
      ['tool_calls', 'completed'],
      ['message_creation', 'completed'],
    ]);
    expect(steps[0]?.metadata).toEqual({ query: 'green tea' });
    const result = { file_id: id, file_name: 'notes.txt', score: 1 };
    const found = { ranking_options: { ranker: 'auto', score_threshold: 0 }, results: [result] };
    expect(getSearches(steps)[0]?.file_search).toEqual(found);

    const whole = { ...result, content: [{ type: 'text', text: 'Green tea wants 75 degrees.' }] };
    const [shown] = getSearches(await api.listStepsWith(run, CONTENT));
    expect(shown?.file_search.results).toEqual([whole]);
    const path = `/threads/${run.thread_id}/runs/${run.id}/steps/${steps[0]?.id}`;
    expect(getSearches([await api.json<RunStep>('GET', path)])[0]?.file_search.results).toEqual([
      result,
    ]);
    expect(
      getSearches([await api.json<RunStep>('GET', `${path}?${CONTENT}`)])[0]?.file_search.results,
    ).toEqual([whole]);
    const rejected = await api.send('GET', `${path}?include[]=everything`);
    expect([rejected.status, JSON.stringify(await rejected.json())]).toEqual([
      400,
      expect.stringContaining("'everything'"),
    ]);
  });

  test('is streamed and completed before the answer starts', async () => {
    const api = await start({
      scenario: [{ say: ['Let me look. ', { search: 'tea' }], after: 'Found it.' }],
    });
    const id = await api.file('notes.txt', 'Green tea');
    const thread = await api.json<{ id: string }>('POST', '/threads', {
      messages: [{ role: 'user', content: 'Hi' }],
      ...withVectorStore(id),
    });
    const frames = await collect(api.streamRun(thread.id));
    expect(getEventNames(frames)).toEqual([
      'thread.run.created',
      'thread.run.queued',
      'thread.run.in_progress',
      ...MESSAGE_EVENTS,
      'thread.run.step.created',
      'thread.run.step.in_progress',
      'thread.run.step.delta',
      'thread.run.step.completed',
      ...MESSAGE_EVENTS,
      'thread.run.completed',
      'done',
    ]);
    expect(JSON.stringify(frames)).not.toContain('Green tea');
    const asked = await collect(
      api.frames(`/threads/${thread.id}/runs?${CONTENT}`, {
        assistant_id: api.assistant.id,
        stream: true,
      }),
    );
    const withText = asked
      .filter((frame) => JSON.stringify(frame).includes('Green tea'))
      .map(({ event }) => event);
    expect(withText).toEqual(['thread.run.step.delta', 'thread.run.step.completed']);
  });

  test('waits for the outputs of earlier function calls', async () => {
    const tools = [FILE_SEARCH, { type: 'function', function: { name: 'ask' } }];
    const scenario: ScriptedScenario = [
      {
        say: [{ call: 'ask' }, { search: 'tea' }],
        after: ({ passages, request }) =>
          `${passages.length} and ${request.messages.map(({ role }) => role).join()}`,
      },
    ];
    const api = await start({ scenario, tools });
    const id = await api.file('notes.txt', 'Green tea');
    const thread = await api.json<{ id: string }>('POST', '/threads', {
      messages: [{ role: 'user', content: 'Hi' }],
      ...withVectorStore(id),
    });
    const { run, steps } = await api.execute(thread.id);
    expect([run.status, steps.length]).toEqual(['requires_action', 1]);
    const calls = run.required_action?.submit_tool_outputs.tool_calls ?? [];
    await api.submitToolOutputs(run, {
      tool_outputs: calls.map((call) => ({ tool_call_id: call.id, output: 'yes' })),
    });
    await api.backend.idle();
    expect(getText((await api.messages(thread.id)).at(-1))).toBe(
      '1 and user,tool-calls,tool-outputs,search',
    );
    expect((await api.listSteps(run)).map(({ type }) => type)).toEqual([
      'tool_calls',
      'tool_calls',
      'message_creation',
    ]);
  });
});

const MESSAGE_EVENTS = [
  'thread.run.step.created',
  'thread.run.step.in_progress',
  'thread.message.created',
  'thread.message.in_progress',
  'thread.message.delta',
  'thread.message.completed',
  'thread.run.step.completed',
];

test('makes a model that only searches answer after ten searches', async () => {
  const offered: number[] = [];
  const model: Model = {
    async *respond({ tools }) {
      offered.push(tools.length);
      yield tools.length === 0
        ? { type: 'text', text: 'Enough.' }
        : { type: 'search', query: 'tea' };
    },
  };
  const api = await createRunHarness({ model }, { tools: [FILE_SEARCH] });
  const run = await api.createRun((await api.createThread('Hi')).id);
  await api.backend.idle();
  expect((await api.getRun(run)).status).toBe('completed');
  expect(offered.filter((count) => count > 0)).toHaveLength(10);
  expect(getSearches(await api.listSteps(run))).toHaveLength(10);
});

test.each([
  ['a model that never stops searching', [FILE_SEARCH], /searched 10 times/],
  ['a model that searches without the tool', [], /no file_search tool/],
])('%s fails the run', async (_, tools, message) => {
  const search: ModelEvent = { type: 'search', query: 'tea' };
  const api = await createRunHarness(
    { model: scriptedModel(() => ({ event: search })) },
    { tools },
  );
  const run = await api.createRun((await api.createThread('Hi')).id);
  await api.backend.idle();
  const failed = await api.getRun(run);
  expect(failed).toMatchObject({
    status: 'failed',
    last_error: { code: 'server_error', message: expect.stringMatching(message) },
  });
});

test('ignores the results of a search after the run was cancelled', async () => {
  const { promise, resolve } = createDeferred();
  const api = await createRunHarness(
    {
      model: scriptedModel([{ say: { search: 'tea' }, after: 'Too late.' }]),
      store: createSlowStore(promise),
    },
    { tools: [FILE_SEARCH] },
  );
  const file = await api.upload('tea.txt');
  const thread = await api.json<{ id: string }>('POST', '/threads', {
    messages: [{ role: 'user', content: 'Hi' }],
    ...withVectorStore(file),
  });
  const frames = api.streamRun(thread.id)[Symbol.asyncIterator]();
  const seen: Frame[] = [];
  while (seen.at(-1)?.event !== 'thread.run.step.delta') {
    const next = await frames.next();
    if (next.done === true) throw new Error('The stream ended before the search.');
    seen.push(next.value);
  }
  const run = seen[0]?.data as Run;
  await api.cancelRun(run);
  for (let next = await frames.next(); next.done !== true; next = await frames.next())
    seen.push(next.value);
  resolve();
  await api.backend.idle();
  expect((await api.getRun(run)).status).toBe('cancelled');
  const steps = await api.listSteps(run);
  expect(steps.map(({ status }) => status)).toEqual(['cancelled']);
  expect(getSearches(steps)[0]?.file_search.results).toBeUndefined();
  expect(seen.at(-2)?.event).toBe('thread.run.cancelled');
});

test('the demo cites a PDF', async () => {
  const api = await createRunHarness({}, { tools: [FILE_SEARCH] });
  const form = new FormData();
  form.set('purpose', 'assistants');
  form.set(
    'file',
    new File(
      [
        createPdf(
          ['Notes on tea.'],
          ['Green tea tastes best at 75 degrees.', 'Black tea is patient.'],
        ),
      ],
      'tea.pdf',
    ),
  );
  const response = await api.backend.fetch(
    new Request('http://localhost/v1/files', { method: 'POST', body: form }),
  );
  const { id } = (await response.json()) as FileObject;
  const attachments = [{ file_id: id, tools: [FILE_SEARCH] }];
  const thread = await api.json<{ id: string }>('POST', '/threads', {
    messages: [{ role: 'user', content: 'How hot for green tea?', attachments }],
  });
  await api.createRun(thread.id);
  await api.backend.idle();
  const answer = (await api.messages(thread.id)).at(-1);
  expect(getText(answer)).toContain('“Green tea tastes best at 75 degrees.”');
  const [citation] = getAnnotations(answer);
  expect(citation).toMatchObject({ type: 'file_citation', file_citation: { file_id: id } });
  const path = `/threads/${thread.id}/messages/${answer?.id}`;
  const v1Response = await api.send('GET', path, undefined, {
    headers: { 'openai-beta': 'assistants=v1' },
  });
  const [v1Citation] = getAnnotations((await v1Response.json()) as Message);
  expect(v1Citation).toHaveProperty('file_citation', {
    file_id: id,
    quote: 'Green tea tastes best at 75 degrees.',
  });
  expect(getText(answer).slice(citation?.start_index, citation?.end_index)).toBe(citation?.text);
});

test('the demo answers that it found nothing', async () => {
  const api = await createRunHarness({}, { tools: [FILE_SEARCH] });
  const attachments = [{ file_id: await api.upload('a.txt'), tools: [FILE_SEARCH] }];
  const thread = await api.json<{ id: string }>('POST', '/threads', {
    messages: [{ role: 'user', content: 'Unicorns?', attachments }],
  });
  await api.createRun(thread.id);
  await api.backend.idle();
  expect(getText((await api.messages(thread.id)).at(-1))).toContain('found nothing');
});

/** Creates a store that returns file contents when the promise resolves. */
function createSlowStore(ready: Promise<void>): Store {
  const store = memoryStore();
  return { ...store, getContent: (id) => ready.then(() => store.getContent(id)) };
}

function getAnnotations(message: Message | undefined) {
  return (
    message?.content.flatMap((part) => (part.type === 'text' ? part.text.annotations : [])) ?? []
  );
}
