import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { operationIds, operationPaths } from '../../src/protocol/operationPaths.js';
import type { OperationId } from '../../src/protocol/types.js';
import type { ProxyPolicy } from '../../src/proxy/policy/ProxyPolicy.js';
import { ANYTHING, createTestProxy, respondThread } from './createTestProxy.js';

interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
}
interface Contract {
  paths: Record<string, Record<string, { operationId?: string; requestBody?: RequestBody }>>;
  components: { schemas: Record<string, Schema> };
}
interface RequestBody {
  content: Record<string, { schema: Schema }>;
}
const contract = parse(
  readFileSync(fileURLToPath(new URL('../../openapi/assistants.yaml', import.meta.url)), 'utf8'),
) as Contract;

function resolve(schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : resolve(contract.components.schemas[name] ?? {});
}

/** Fields of the JSON bodies in the contract. */
const fields = Object.values(contract.paths)
  .flatMap((path) => Object.values(path))
  .flatMap(({ operationId, requestBody }) => {
    const schema = requestBody?.content['application/json']?.schema;
    const names = schema === undefined ? [] : Object.keys(resolve(schema).properties ?? {});
    return names.map((name) => [operationId as OperationId, name] as const);
  });

/** Harmless value of each field. Ids name objects of another user. */
const VALUES: Record<string, unknown> = {
  additional_instructions: 'x',
  additional_messages: [{ role: 'user', content: 'x' }],
  assistant_id: 'asst_1',
  attachments: [{ file_id: 'file-1', tools: [{ type: 'file_search' }] }],
  attributes: { year: 2026 },
  chunking_strategy: { type: 'auto' },
  content: 'x',
  description: 'x',
  expires_after: { anchor: 'last_active_at', days: 7 },
  file_id: 'file-1',
  file_ids: ['file-1'],
  files: [{ file_id: 'file-1', attributes: { year: 2026 } }],
  filters: { type: 'eq', key: 'year', value: 2026 },
  instructions: 'x',
  max_completion_tokens: 300,
  max_num_results: 5,
  max_prompt_tokens: 300,
  messages: [{ role: 'user', content: 'x' }],
  metadata: { key: 'x' },
  model: 'm',
  name: 'x',
  parallel_tool_calls: false,
  query: ['x'],
  ranking_options: { score_threshold: 0.5 },
  reasoning_effort: 'high',
  response_format: 'auto',
  rewrite_query: true,
  role: 'user',
  stream: true,
  temperature: 1,
  thread: { messages: [{ role: 'user', content: 'x' }] },
  tool_choice: 'auto',
  tool_outputs: [{ tool_call_id: 'call_1', output: 'x' }],
  tool_resources: { code_interpreter: { file_ids: ['file-1'] } },
  tools: [{ type: 'file_search' }],
  top_p: 1,
  truncation_strategy: { type: 'auto' },
};

/** Sends a body and returns the status and the parameter of the error. */
async function sendBody(operation: OperationId, body: object | string, policy: ProxyPolicy) {
  const { send, seen } = createTestProxy(respondThread, { policy });
  const { method, path } = operationPaths[operation];
  const response = await send(method, `/v1${path.replaceAll(/\{\w+\}/g, 'id_1')}`, {
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const { error } = (await response.json()) as { error?: { param: string; code: string } };
  return { status: response.status, param: error?.param, code: error?.code, seen };
}

const PATH_OBJECTS: ProxyPolicy = { assistants: 'any', files: 'any', vectorStores: 'any' };

it('knows every field of the contract', () => {
  expect(fields.length).toBeGreaterThan(60);
  expect([...new Set(fields.map(([, name]) => name))].toSorted()).toEqual(Object.keys(VALUES));
});

it.each(fields)('%s passes with %s if the policy allows it', async (operation, name) => {
  const { status, seen } = await sendBody(operation, { [name]: VALUES[name] }, ANYTHING);
  expect(status).toBe(200);
  expect(await seen[0]?.json()).toEqual({ [name]: VALUES[name] });
});

it('passes these fields only by default', async () => {
  const passed: string[] = [];
  const denied = new Set<string>();
  for (const [operation, name] of fields) {
    // The objects of the path are shared, so that the fields decide.
    const { status, seen } = await sendBody(operation, { [name]: VALUES[name] }, PATH_OBJECTS);
    if (status === 200) passed.push(`${operation} ${name}`);
    else denied.add(`${status} ${seen.length}`);
  }
  expect([...denied]).toEqual(['403 0']);
  expect(passed.toSorted()).toEqual([
    'createAssistant description',
    'createAssistant name',
    'createMessage content',
    'createMessage role',
    'createRun additional_messages',
    'createRun assistant_id',
    'createRun stream',
    'createThread messages',
    'createThreadAndRun assistant_id',
    'createThreadAndRun stream',
    'createThreadAndRun thread',
    'createVectorStore chunking_strategy',
    'createVectorStore description',
    'createVectorStore expires_after',
    'createVectorStore name',
    'createVectorStoreFile attributes',
    'createVectorStoreFile chunking_strategy',
    'createVectorStoreFileBatch attributes',
    'createVectorStoreFileBatch chunking_strategy',
    'modifyAssistant description',
    'modifyAssistant name',
    'modifyVectorStore expires_after',
    'modifyVectorStore name',
    'modifyVectorStoreFile attributes',
    'searchVectorStore filters',
    'searchVectorStore max_num_results',
    'searchVectorStore query',
    'searchVectorStore ranking_options',
    'searchVectorStore rewrite_query',
    'submitToolOutputsToRun stream',
    'submitToolOutputsToRun tool_outputs',
  ]);
});

it.each(operationIds.filter((operation) => operationPaths[operation].method !== 'GET'))(
  '%s denies unknown fields under any policy',
  async (operation) => {
    if (operation === 'uploadFile') return;
    for (const name of ['unknown', '__proto__', 'constructor', 'toString', 'Model', 'model ']) {
      const body = `{${JSON.stringify(name)}:"x"}`;
      expect(await sendBody(operation, body, ANYTHING)).toMatchObject({
        status: 403,
        param: name,
        code: 'not_allowed',
      });
    }
  },
);

describe('nested fields', () => {
  const message = (extra: object) => ({ role: 'user', content: 'x', ...extra });

  it.each<[string, OperationId, object, string]>([
    ['of messages', 'createThread', { messages: [message({ x: 1 })] }, 'messages[0].x'],
    [
      'of threads',
      'createThreadAndRun',
      { thread: { messages: [message({}), message({ x: 1 })] } },
      'thread.messages[1].x',
    ],
    [
      'of attachments',
      'createMessage',
      message({ attachments: [{ file_id: 'file-1', x: 1 }] }),
      'attachments[0].x',
    ],
    [
      'of the tools of attachments',
      'createMessage',
      message({ attachments: [{ tools: [{ type: 'function' }] }] }),
      'attachments[0].tools[0].type',
    ],
    [
      'of content',
      'createMessage',
      { role: 'user', content: [{ type: 'text', text: 'x', x: 1 }] },
      'content[0].x',
    ],
    [
      'of unknown content',
      'createMessage',
      { role: 'user', content: [{ type: 'input_audio' }] },
      'content[0].type',
    ],
    [
      'of tool resources',
      'createThread',
      { tool_resources: { browser: {} } },
      'tool_resources.browser',
    ],
    [
      'of vector stores',
      'createThread',
      { tool_resources: { file_search: { vector_stores: [{ x: 1 }] } } },
      'tool_resources.file_search.vector_stores[0].x',
    ],
    ['of tools', 'createRun', { tools: [{ type: 'file_search', x: 1 }] }, 'tools[0].x'],
    [
      'of tool outputs',
      'submitToolOutputsToRun',
      { tool_outputs: [{ x: 1 }] },
      'tool_outputs[0].x',
    ],
  ])('%s are denied if they are unknown', async (_, operation, body, param) => {
    expect(await sendBody(operation, body, ANYTHING)).toMatchObject({ status: 403, param });
  });

  it.each<[OperationId, object]>([
    ['createMessage', { role: 'user', content: 5 }],
    ['createMessage', { role: 'user', content: 'x', file_ids: 'file-1' }],
    ['createMessage', { role: 'user', content: 'x', file_ids: [['file-1']] }],
    ['createMessage', { role: 'user', content: 'x', attachments: { file_id: 'file-1' } }],
    ['createMessage', { role: 'user', content: 'x', attachments: [null] }],
    ['createRun', { assistant_id: ['asst_1'] }],
    ['createRun', { assistant_id: { toString: 'asst_1' } }],
    ['createRun', { stream: 'yes' }],
    ['createThread', { messages: 'x' }],
    ['createThreadAndRun', { thread: [] }],
  ])('of the wrong type in %s get a 400: %j', async (operation, body) => {
    expect(await sendBody(operation, body, ANYTHING)).toMatchObject({ status: 400 });
  });
});

describe('policies', () => {
  it.each<[ProxyPolicy, OperationId, object, number]>([
    [{ models: ['a'] }, 'createRun', { model: 'a' }, 200],
    [{ models: ['a'] }, 'createRun', { model: 'b' }, 403],
    [{ models: ['a'] }, 'createRun', { model: ['a'] }, 403],
    [{ instructions: true }, 'createRun', { additional_instructions: 'x' }, 200],
    [{ tools: ['file_search'] }, 'createRun', { tools: [{ type: 'file_search' }] }, 200],
    [{ tools: ['file_search'] }, 'createRun', { tools: [{ type: 'code_interpreter' }] }, 403],
    [
      { tools: ['search'] },
      'createRun',
      { tools: [{ type: 'function', function: { name: 'search' } }] },
      200,
    ],
    [
      { tools: ['search'] },
      'createRun',
      { tools: [{ type: 'function', function: { name: 'refund' } }] },
      403,
    ],
    [{ tools: [] }, 'createRun', { tools: [] }, 200],
    [{}, 'createRun', { tools: [] }, 403],
    [{}, 'createRun', { tools: null, model: null, instructions: null, metadata: null }, 200],
    [{ settings: ['top_p'] }, 'createRun', { top_p: 1 }, 200],
    [{ settings: ['top_p'] }, 'createRun', { temperature: 1 }, 403],
    [{ metadata: ['title'] }, 'createThread', { metadata: { title: 'x' } }, 200],
    [{ metadata: ['title'] }, 'createThread', { metadata: { title: 'x', plan: 'x' } }, 403],
    [{}, 'createThread', { metadata: {} }, 200],
    [{}, 'modifyThread', { metadata: {} }, 403],
    [{}, 'modifyThread', { metadata: null }, 403],
    [{}, 'modifyThread', { tool_resources: null }, 403],
    [{ metadata: ['title'] }, 'modifyThread', { metadata: { title: 'x' } }, 200],
    [{ assistantMessages: true }, 'createMessage', { role: 'assistant', content: 'x' }, 200],
    [{ assistantMessages: true }, 'createMessage', { role: 'system', content: 'x' }, 403],
    [{}, 'createMessage', { role: 'user', content: 'x', attachments: [], file_ids: [] }, 200],
    [
      { imageUrls: true },
      'createMessage',
      { role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://a' } }] },
      200,
    ],
  ])('%j answers %s %j with %i', async (policy, operation, body, status) => {
    expect(await sendBody(operation, body, policy)).toMatchObject({ status });
  });
});

it.each<[string, object]>([
  [
    'vector stores of a tool',
    { tools: [{ type: 'file_search', file_search: { vector_store_ids: ['vs_1'] } }] },
  ],
  ['metadata that is a list', { metadata: ['a'] }],
])('never forwards %s', async (_, fields) => {
  const { post, seen } = createTestProxy(respondThread);
  const { status } = await post('/threads/thread_1/runs', { assistant_id: 'asst_1', ...fields });
  expect([Math.floor(status / 100), seen.length]).toEqual([4, 0]);
});

describe('uploads', () => {
  const upload = async (parts: [string, string | File][], policy: ProxyPolicy = {}) => {
    const { send, seen } = createTestProxy(respondThread, { policy });
    const form = new FormData();
    for (const [name, value] of parts) form.append(name, value);
    const { status } = await send('POST', '/v1/files', { body: form });
    return { status, form: await seen[0]?.formData() };
  };
  const file = new File(['text'], 'a.txt', { type: 'text/plain' });

  it('forwards one file and one purpose', async () => {
    const { status, form } = await upload([
      ['purpose', 'vision'],
      ['file', file],
    ]);
    expect(status).toBe(200);
    expect([...(form?.keys() ?? [])]).toEqual(['purpose', 'file']);
    const sent = form?.get('file') as File;
    expect([sent.name, sent.type, await sent.text()]).toEqual(['a.txt', 'text/plain', 'text']);
  });

  it.each<[string, [string, string | File][], ProxyPolicy, number]>([
    [
      'another purpose',
      [
        ['purpose', 'batch'],
        ['file', file],
      ],
      {},
      403,
    ],
    [
      'an allowed purpose',
      [
        ['purpose', 'batch'],
        ['file', file],
      ],
      { purposes: ['batch'] },
      200,
    ],
    [
      'two purposes',
      [
        ['purpose', 'vision'],
        ['purpose', 'batch'],
        ['file', file],
      ],
      {},
      400,
    ],
    ['no purpose', [['file', file]], {}, 400],
    [
      'a text in place of the file',
      [
        ['purpose', 'vision'],
        ['file', 'x'],
      ],
      {},
      400,
    ],
    [
      'a file as purpose',
      [
        ['purpose', file],
        ['file', file],
      ],
      {},
      400,
    ],
    [
      'an unknown field',
      [
        ['purpose', 'vision'],
        ['file', file],
        ['x', 'y'],
      ],
      {},
      403,
    ],
  ])('answers %s', async (_, parts, policy, status) => {
    expect((await upload(parts, policy)).status).toBe(status);
  });
});

it.each([
  '',
  '[]',
  '"x"',
  'null',
  '{',
  '{"a":1}{"b":2}',
  `{"metadata":${'{"a":'.repeat(200)}1${'}'.repeat(200)}}`,
])('answers the body %j without an upstream request unless it is empty', async (body) => {
  const { status, seen } = await sendBody('createThread', body, ANYTHING);
  expect([status, seen.length]).toEqual(body === '' ? [200, 1] : [400, 0]);
});
