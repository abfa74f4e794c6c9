import { describe, expect, test } from 'vitest';
import type { BuiltInTool } from '../../../src/backend/models/BuiltInTool.js';
import { responsesModel } from '../../../src/backend/models/responsesModel.js';
import type { ModelLogEntry } from '../../../src/backend/models/server/ModelLogEntry.js';
import { createRunHarness, collect, getEventNames } from '../createRunHarness.js';
import { createEventStream, runModel } from './modelServerHarness.js';
import { completed, delta, event } from './runOnServer.js';

const WEB: BuiltInTool = { type: 'web_search' };
const SEARCH: BuiltInTool = { type: 'file_search', vector_store_ids: ['vs_1'] };
const CODE: BuiltInTool = { type: 'code_interpreter', container: { type: 'auto' } };
const ASK = { type: 'function', function: { name: 'ask', parameters: { type: 'object' } } };

type Frames = readonly (object | string)[];
type Answer = Frames | (() => Response);

/** Creates a model on a fake server that gives these answers in turn, and serves files. */
function createModel(
  builtInTools: BuiltInTool[],
  answers: readonly Answer[],
  files: Readonly<Record<string, () => Response>> = {},
) {
  const bodies: Record<string, unknown>[] = [];
  const paths: string[] = [];
  const accepted: (string | null)[] = [];
  const log: ModelLogEntry[] = [];
  const fetchAnswer = async (url: string, init: RequestInit): Promise<Response> => {
    paths.push(new URL(url).pathname);
    accepted.push(new Headers(init.headers).get('accept'));
    if (init.method === 'GET')
      return files[new URL(url).pathname]?.() ?? new Response('', { status: 404 });
    bodies.push(
      JSON.parse(typeof init.body === 'string' ? init.body : '') as Record<string, unknown>,
    );
    const answer = answers[Math.min(bodies.length, answers.length) - 1] ?? [];
    return typeof answer === 'function' ? answer() : createEventStream(answer);
  };
  const model = responsesModel({
    baseUrl: 'http://model.test/v1',
    fetch: fetchAnswer,
    retry: { attempts: 0 },
    log: (entry) => log.push(entry),
    builtInTools,
  });
  return { model, bodies, paths, accepted, log };
}

const HI = [delta('Hi'), completed()];

/** Stream of a message with annotations, as the Responses API sends it. */
function cite(text: string, annotations: readonly unknown[], index = 0): object[] {
  const place = { output_index: index, content_index: 0, item_id: `msg_${index}` };
  const part = { type: 'output_text', text, annotations };
  return [
    event('output_text.delta', { ...place, delta: text }),
    ...annotations.map((annotation, annotation_index) =>
      event('output_text.annotation.added', { ...place, annotation_index, annotation }),
    ),
    event('output_text.done', { ...place, text }),
    event('content_part.done', { ...place, part }),
    event('output_item.done', { output_index: index, item: toMessage(text, annotations, index) }),
  ];
}

function toMessage(text: string, annotations: readonly unknown[], index = 0): object {
  const content = [{ type: 'output_text', text, annotations }];
  return { type: 'message', id: `msg_${index}`, role: 'assistant', content };
}

/** Runs a message with annotations, and returns those that were stored. */
async function runCitations(text: string, annotations: readonly unknown[], files = {}) {
  const { model, paths, accepted } = createModel(
    [WEB],
    [[...cite(text, annotations), completed()]],
    files,
  );
  const result = await runModel(model);
  const parts = result.answers.flatMap(({ content }) => content);
  return {
    ...result,
    paths,
    accepted,
    parts,
    annotations: parts.flatMap((part) => (part.type === 'text' ? part.text.annotations : [])),
  };
}

const page = (url: string, start_index = 0, end_index = 0, more: object = {}) => ({
  type: 'url_citation',
  url,
  title: 'A page',
  start_index,
  end_index,
  ...more,
});

describe('requests', () => {
  test('offer the tools of the assistant and those that assistants cannot have', async () => {
    const { model, bodies } = createModel([WEB, SEARCH, CODE], [HI]);
    await runModel(model);
    await runModel(model, {
      assistant: { tools: [{ type: 'code_interpreter' }, { type: 'file_search' }, ASK] },
    });
    expect(bodies.map(({ tools, include }) => ({ tools, include }))).toEqual([
      { tools: [WEB], include: ['reasoning.encrypted_content'] },
      {
        tools: [expect.objectContaining({ name: 'ask' }), WEB, SEARCH, CODE],
        include: [
          'reasoning.encrypted_content',
          'file_search_call.results',
          'code_interpreter_call.outputs',
        ],
      },
    ]);
  });

  test('offer the search of own files under another name, if the run has files', async () => {
    const { model, bodies } = createModel([SEARCH], [HI]);
    const api = await createRunHarness({ model }, { tools: [{ type: 'file_search' }] });
    const attachments = [{ file_id: await api.upload('a.txt'), tools: [{ type: 'file_search' }] }];
    const thread = await api.json<{ id: string }>('POST', '/threads', {
      messages: [{ role: 'user', content: 'Hi', attachments }],
    });
    await api.createRun(thread.id);
    await api.backend.idle();
    expect(bodies[0]?.['tools']).toEqual([
      expect.objectContaining({ name: 'file_search_' }),
      SEARCH,
    ]);
  });

  test('force the tool that the run names', async () => {
    const { model, bodies } = createModel([CODE], [HI]);
    const tools = [{ type: 'code_interpreter' }];
    await runModel(model, { assistant: { tools }, run: { tool_choice: tools[0] } });
    expect(bodies[0]?.['tool_choice']).toEqual({ type: 'code_interpreter' });
  });

  test('send calls of the server back with its reasoning, within a run', async () => {
    const reasoning = { type: 'reasoning', id: 'rs_1', encrypted_content: 'secret', summary: [] };
    const search = { type: 'web_search_call', id: 'ws_1', status: 'completed', action: {} };
    const call = { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'ask' };
    const items = [reasoning, search, { ...call, arguments: '{}' }];
    const { model, bodies } = createModel(
      [WEB],
      [
        [
          ...items.map((item, output_index) => event('output_item.done', { output_index, item })),
          completed(),
        ],
        HI,
      ],
    );
    const { submitOutputs } = await runModel(model, { assistant: { tools: [ASK] } });
    expect((await submitOutputs(() => 'yes')).run.status).toBe('completed');
    expect(bodies[1]?.['input']).toEqual([
      expect.objectContaining({ role: 'user' }),
      ...items,
      { type: 'function_call_output', call_id: 'call_1', output: 'yes' },
    ]);
  });

  test.each<[string, BuiltInTool, string]>([
    ['no type', JSON.parse('{}') as BuiltInTool, 'needs a `type`'],
    ['a function', { type: 'function', name: 'f' }, 'Functions are tools of an assistant'],
    ['no vector stores', { type: 'file_search' }, 'vector_store_ids'],
  ])('refuse a tool with %s', (_, tool, message) => {
    expect(() => createModel([tool], [])).toThrow(message);
  });
});

describe('calls', () => {
  const items = [
    {
      type: 'web_search_call',
      id: 'ws_1',
      action: { type: 'search', query: 'weather paris', sources: [] },
    },
    {
      type: 'code_interpreter_call',
      id: 'ci_1',
      code: 'print(1)',
      container_id: 'cntr_1',
      outputs: [{ type: 'logs', logs: '1' }, { type: 'image', url: 'javascript:alert(1)' }, null],
    },
    {
      type: 'file_search_call',
      id: 'fs_1',
      queries: ['rain', 'snow'],
      results: [{ file_id: 'file-1', filename: 'a.md', score: 7, text: 'Rain.' }, 'damaged'],
    },
  ];
  const expected = [
    { type: 'web_search', web_search: { query: 'weather paris' } },
    {
      type: 'code_interpreter',
      code_interpreter: { input: 'print(1)', outputs: [{ type: 'logs', logs: '1' }] },
    },
    {
      type: 'file_search',
      file_search: {
        results: [
          { file_id: 'file-1', file_name: 'a.md', score: 1 },
          { file_id: '', file_name: '', score: 0 },
        ],
      },
    },
  ];
  const streamed = items.flatMap((item, output_index) => [
    event('output_item.added', { output_index, item: { type: item.type, id: item.id } }),
    event(`${item.type}.in_progress`, { output_index, item_id: item.id }),
    event('output_item.done', { output_index, item }),
  ]);

  test.each<[string, Answer]>([
    ['streamed', [...streamed, ...cite('Done.', [], 3), completed()]],
    [
      'streamed and repeated at the end',
      [
        ...streamed,
        ...cite('Done.', [], 3),
        completed({ output: [...items, toMessage('Done.', [], 3)] }),
      ],
    ],
    ['in the last event only', [completed({ output: [...items, toMessage('Done.', [], 3)] })]],
    [
      'in an answer that is not streamed',
      () =>
        Response.json({
          object: 'response',
          status: 'completed',
          output: [...items, toMessage('Done.', [], 3)],
        }),
    ],
  ])('are run steps: %s', async (_, answer) => {
    const { model, bodies } = createModel([WEB, SEARCH, CODE], [answer]);
    const tools = [{ type: 'code_interpreter' }, { type: 'file_search' }];
    const { steps, text, run } = await runModel(model, { assistant: { tools } });
    expect([run.status, text, bodies.length]).toEqual(['completed', 'Done.', 1]);
    const shown = steps.map(({ status, step_details: details }) => [
      status,
      details.type === 'tool_calls' ? details.tool_calls : details.type,
    ]);
    expect(shown).toEqual([
      ...expected.map((call) => ['completed', [{ id: expect.stringMatching(/^call_/), ...call }]]),
      ['completed', 'message_creation'],
    ]);
    expect(steps.map(({ metadata }) => metadata)).toEqual([{}, {}, { query: 'rain; snow' }, {}]);
  });

  test('are streamed as one step after another, from their start', async () => {
    const { model } = createModel([WEB], [[...streamed, ...cite('Done.', [], 3), completed()]]);
    const api = await createRunHarness({ model });
    const frames = await collect(api.streamRun((await api.createThread('Hi')).id));
    const step = [
      'thread.run.step.created',
      'thread.run.step.in_progress',
      'thread.run.step.delta',
      'thread.run.step.completed',
    ];
    const names = getEventNames(frames).filter((name) => name.startsWith('thread.run.step'));
    expect(names).toEqual([
      ...step,
      ...step,
      ...step,
      ...step.filter((name) => !/delta/.test(name)),
    ]);
  });

  test.each<[string, Frames]>([
    ['a stream that ends during a call', streamed.slice(0, 2)],
    ['a call without an answer', [...streamed, completed()]],
  ])('do not make a success of %s', async (_, frames) => {
    const { model } = createModel([WEB], [frames]);
    const { run, steps } = await runModel(model);
    expect(run.status).toBe('failed');
    expect(steps.filter(({ status }) => status === 'in_progress')).toEqual([]);
  });

  test('survive a missing end, damaged items and other items of the server', async () => {
    const { model } = createModel(
      [WEB],
      [
        [
          event('output_item.added', { output_index: 0, item: items[0] }),
          event('output_item.done', { output_index: 1, item: { type: 'web_search_call' } }),
          event('output_item.done', { output_index: 2, item: { type: 'mcp_call', id: 'x' } }),
          ...cite('Done.', [], 3),
          completed({ output: [items[0]] }),
        ],
      ],
    );
    const { run, text, steps } = await runModel(model);
    expect([run.status, text]).toEqual(['completed', 'Done.']);
    expect(steps).toHaveLength(3);
  });

  test('are limited in their results, logs and names', async () => {
    const [, code, search] = items;
    const many = Array.from({ length: 1_000 }, () => ({ type: 'logs', logs: '1' }));
    const result = { file_id: '../x', filename: 'a'.repeat(5_000), score: 1, text: 'Rain.' };
    const hostile = [
      { ...code, outputs: many },
      { ...search, results: [result, ...many] },
    ];
    const { model } = createModel(
      [SEARCH, CODE],
      [[completed({ output: [...hostile, toMessage('Done.', [])] })]],
    );
    const tools = [{ type: 'code_interpreter' }, { type: 'file_search' }];
    const { steps } = await runModel(model, { assistant: { tools } });
    const calls = steps.flatMap(({ step_details: details }) =>
      details.type === 'tool_calls' ? details.tool_calls : [],
    );
    expect(calls).toMatchObject([
      { code_interpreter: { outputs: { length: 50 } } },
      { file_search: { results: { length: 50, 0: { file_id: '', file_name: 'a'.repeat(300) } } } },
    ]);
  });

  test('are not part of the messages of later runs', async () => {
    const { model, bodies } = createModel(
      [SEARCH],
      [[...streamed.slice(6), ...cite('Done.', [], 3), completed()]],
    );
    const { api, thread } = await runModel(model, {
      assistant: { tools: [{ type: 'file_search' }] },
    });
    await api.createRun(thread.id);
    await api.backend.idle();
    expect(JSON.stringify(bodies[1]?.['input'])).not.toContain('Rain.');
  });
});

describe('citations', () => {
  const LINK = '([site](https://a.test/x?utm=1))';
  const text = `It rains ${LINK}.`;

  test.each<[string, string, number]>([
    ['in UTF-16 units', '😀 It rains ', 12],
    ['in code points', '😀😀 It rains ', 12],
    ['in plain text', 'It rains ', 9],
  ])('of pages have the link in the text, with indices %s', async (_, before, start) => {
    const { annotations } = await runCitations(`${before}${LINK}.`, [
      page('https://a.test/x?utm=1', start, start + LINK.length),
    ]);
    expect(annotations).toEqual([
      {
        type: 'url_citation',
        text: LINK,
        start_index: before.length,
        end_index: before.length + LINK.length,
        url_citation: { url: 'https://a.test/x?utm=1', title: 'A page' },
      },
    ]);
  });

  test.each<[string, object]>([
    ['a passage of the answer', page('https://a.test/', 0, 8)],
    ['a range outside of the text', page('https://a.test/', 900, 1e9)],
    ['a negative range', page('https://a.test/', -5, -1)],
    ['a reversed range', page('https://a.test/', 8, 2)],
    ['no range', page('https://a.test/', undefined, undefined, { start_index: null })],
    [
      'fields of Azure AI Foundry',
      { type: 'url_citation', url_citation: { url: 'https://a.test' } },
    ],
  ])('of pages with %s have no marker', async (_, annotation) => {
    const { annotations, text: stored } = await runCitations(text, [annotation]);
    expect(stored).toBe(text);
    expect(annotations).toMatchObject([{ text: '', url_citation: { url: 'https://a.test/' } }]);
    for (const { start_index: start, end_index: end } of annotations) {
      expect(start).toBe(end);
      expect(start).toBeLessThanOrEqual(text.length);
    }
  });

  test.each<[string, unknown]>([
    ['a script', page('javascript:alert(1)')],
    ['data', page('data:text/html,x')],
    ['credentials', page('https://user:pass@a.test/')],
    ['a relative address', page('/x')],
    ['an endless address', page(`https://a.test/${'x'.repeat(5000)}`)],
    ['no address', { type: 'url_citation' }],
    ['an unknown type', { type: 'map_citation', url: 'https://a.test' }],
    ['a file with a path as id', { type: 'file_citation', file_id: '../x', index: 1 }],
    [
      'a container with a path as id',
      { type: 'container_file_citation', container_id: '..', file_id: 'f' },
    ],
    ['null', null],
    ['a text', 'https://a.test'],
  ])('with %s are left out', async (_, annotation) => {
    const { annotations, run, paths } = await runCitations(text, [annotation]);
    expect([run.status, annotations, paths]).toEqual(['completed', [], ['/v1/responses']]);
  });

  test('are limited, and stored once', async () => {
    const many = Array.from({ length: 3000 }, (_, index) => page(`https://a.test/${index}`));
    expect((await runCitations(text, many)).annotations).toHaveLength(200);
    const same = [page('https://a.test/'), page('https://a.test/')];
    expect((await runCitations(text, same)).annotations).toHaveLength(1);
  });

  test('with ranges of endless brackets take no time', async () => {
    const brackets = '['.repeat(8_000);
    const many = Array.from({ length: 1_000 }, () => page('https://a.test/', 0, brackets.length));
    const { annotations } = await runCitations(brackets, many);
    expect(annotations).toMatchObject([{ text: '', url_citation: { url: 'https://a.test/' } }]);
  });

  test('of files name a file that this server does not have', async () => {
    const citation = { type: 'file_citation', file_id: 'file-7', filename: 'a.md', index: 8 };
    expect((await runCitations(text, [citation])).annotations).toEqual([
      {
        type: 'file_citation',
        text: '',
        start_index: 8,
        end_index: 8,
        file_citation: { file_id: 'file-7', file_name: 'a.md' },
      },
    ]);
  });

  test('belong to their message, and are counted from its start', async () => {
    const frames = [
      ...cite(`First ${LINK}`, [page('https://a.test/1', 6, 6 + LINK.length)], 0),
      ...cite(`2 ${LINK}`, [page('https://a.test/2', 2, 2 + LINK.length)], 1),
    ];
    const { model } = createModel([WEB], [[...frames, completed()]]);
    const { answers } = await runModel(model);
    const starts = answers.map(({ content: [part] }) =>
      part?.type === 'text' ? part.text.annotations.map(({ start_index }) => start_index) : [],
    );
    expect(starts).toEqual([[6], [2]]);
  });

  test('of an interrupted stream do not make a success of it', async () => {
    const { model } = createModel([WEB], [cite(text, [page('https://a.test')]).slice(0, 2)]);
    expect((await runModel(model)).run.status).toBe('failed');
  });
});

describe('files that the code of the server has made', () => {
  const PATH = '/v1/containers/cntr_1/files/cfile_1/content';
  const file = (filename: string, more: object = {}) => ({
    type: 'container_file_citation',
    container_id: 'cntr_1',
    file_id: 'cfile_1',
    filename,
    start_index: 0,
    end_index: 0,
    ...more,
  });
  const files = { [PATH]: () => new Response('a,b') };

  test('are copied, and linked', async () => {
    const text = 'Here: [table](sandbox:/mnt/data/t.csv).';
    const result = await runCitations(text, [file('t.csv'), file('t.csv')], files);
    const [annotation] = result.annotations;
    const id = annotation?.type === 'file_path' ? annotation.file_path.file_id : '';
    expect(result.annotations).toHaveLength(1);
    expect(annotation).toMatchObject({ text: 'sandbox:/mnt/data/t.csv', start_index: 14 });
    expect(result.paths).toEqual(['/v1/responses', PATH]);
    expect(result.accepted).toEqual(['text/event-stream, application/json', '*/*']);
    const content = await result.api.send('GET', `/files/${id}/content`);
    expect(await content.text()).toBe('a,b');
    expect(await result.api.json('GET', `/files/${id}`)).toMatchObject({
      filename: 't.csv',
      purpose: 'assistants_output',
    });
  });

  test('are shown below the text if they are images', async () => {
    const { parts } = await runCitations(
      'A plot.',
      [file('plot.png'), page('https://a.test')],
      files,
    );
    expect(parts).toMatchObject([
      { type: 'text', text: { value: 'A plot.', annotations: [{ type: 'url_citation' }] } },
      { type: 'image_file' },
    ]);
  });

  test.each<[string, () => Response]>([
    ['are gone', () => new Response('', { status: 404 })],
    ['are too large', () => new Response(new Uint8Array(21 * 1024 * 1024))],
  ])('are left out if they %s', async (_, respond) => {
    const { annotations, run } = await runCitations('Here.', [file('t.csv')], { [PATH]: respond });
    expect([run.status, annotations]).toEqual(['completed', []]);
  });
});

describe('a refusal', () => {
  test.each<[string, number, string]>([
    ['of a tool', 400, "Hosted tool 'web_search' is not supported with this model."],
    ['of a type', 422, 'tools[0].type: unsupported tool type'],
    ['of a vector store', 404, "Vector store with id 'vs_1' not found."],
  ])(
    '%s fails the run, says what to do, and is not asked for again',
    async (_, status, message) => {
      const { model, bodies } = createModel(
        [WEB, SEARCH],
        [() => Response.json({ error: { message } }, { status })],
      );
      const { run } = await runModel(model, { assistant: { tools: [{ type: 'file_search' }] } });
      expect(run.status).toBe('failed');
      expect(run.last_error?.message).toContain(message);
      expect(run.last_error?.message).toContain('`builtInTools`');
      expect(bodies).toHaveLength(1);
    },
  );

  test('of another field is learnt, and keeps the tools', async () => {
    const refuse = () =>
      Response.json({ error: { message: "Unknown parameter: 'include'." } }, { status: 400 });
    const { model, bodies, log } = createModel([WEB], [refuse, HI]);
    expect((await runModel(model)).text).toBe('Hi');
    expect(bodies[1]).toMatchObject({ tools: [WEB] });
    expect(bodies[1]).not.toHaveProperty('include');
    expect(log).toMatchObject([{ change: 'omits include' }]);
  });
});
