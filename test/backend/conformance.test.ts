import { expect, it } from 'vitest';
import type { Model } from '../../src/backend/models/Model.js';
import { isOperationId, operationIds, operationPaths } from '../../src/protocol/operationPaths.js';
import type { OperationId } from '../../src/protocol/types.js';
import {
  readConformingResponse,
  contract,
  contractOperations,
  findContractViolations,
  versionFields,
} from './readConformingResponse.js';
import { createUploadForm, createRequest, createTestBackend, toUrl } from './createTestBackend.js';

/** Calls two functions and answers with a citation. Refuses, stalls, fails or stops early if the message contains the keyword. */
const versatileModel: Model = {
  async *respond({ messages, signal }) {
    const last = messages.at(-1);
    const text = last !== undefined && 'content' in last ? JSON.stringify(last.content) : '';
    if (text.includes('Weather')) {
      yield { type: 'toolCall', name: 'weather' };
      yield { type: 'arguments', text: '{"place":' };
      yield { type: 'arguments', text: '"Oslo"}' };
      yield { type: 'toolCall', name: 'weather' };
      yield { type: 'arguments', text: '{}' };
      yield { type: 'finish', reason: 'tool_calls' };
      return;
    }
    if (text.includes('Fail')) throw new Error('The model is out of order.');
    if (text.includes('Search')) {
      yield { type: 'text', text: 'Let me see.' };
      yield { type: 'search', query: 'A' };
      return;
    }
    yield { type: 'text', text: 'It rains ' };
    if (text.includes('Stall')) {
      await new Promise<void>((resolve) =>
        signal.addEventListener('abort', () => resolve(), { once: true }),
      );
      return;
    }
    yield { type: 'text', text: '【1】.' };
    const citation = {
      text: '【1】',
      start_index: 9,
      end_index: 12,
      file_citation: { file_id: 'file-1' },
    };
    yield { type: 'annotation', annotation: { type: 'file_citation', ...citation } };
    yield { type: 'refusal', text: 'More I do not say.' };
    yield { type: 'usage', promptTokens: 10, completionTokens: 5 };
    yield { type: 'finish', reason: text.includes('Short') ? 'max_completion_tokens' : 'stop' };
  },
};

const SEARCH_TOOLS = { v1: '"type":"retrieval"', v2: '"type":"file_search"' };

/** Lists fields of the other version in an object or page, and missing fields of its own version. */
function findVersionMismatches(dialect: 'v1' | 'v2', value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('data' in value && Array.isArray(value.data))
    return value.data.flatMap((item) => findVersionMismatches(dialect, item));
  if (!('object' in value) || typeof value.object !== 'string') return [];
  const kind: string = value.object;
  const other = dialect === 'v1' ? 'v2' : 'v1';
  const mismatches = [
    ...(versionFields[other][kind] ?? [])
      .filter((field) => field in value)
      .map((field) => `${kind} has ${field}`),
    ...(versionFields[dialect][kind] ?? [])
      .filter((field) => !(field in value))
      .map((field) => `${kind} lacks ${field}`),
  ];
  return JSON.stringify(value).includes(SEARCH_TOOLS[other])
    ? [...mismatches, `${kind} contains ${SEARCH_TOOLS[other]}`]
    : mismatches;
}

/** Creates functions that call operations in one version and validate every response. */
function createCaller(dialect: 'v1' | 'v2') {
  const { backend, upload } = createTestBackend({ model: versatileModel });
  const called = new Set<OperationId>();
  const headers = { 'openai-beta': `assistants=${dialect}` };

  async function check(operation: OperationId, request: Request) {
    called.add(operation);
    const { status, json, events } = await readConformingResponse(
      operation,
      await backend.fetch(request),
    );
    if (status !== 200) throw new Error(`${operation}: ${status} ${JSON.stringify(json)}`);
    for (const object of [json, ...events.map(({ data }) => data)])
      expect(findVersionMismatches(dialect, object)).toEqual([]);
    return { json, events, id: String(json['id']) };
  }

  const call = (
    operation: OperationId,
    params: Record<string, string> = {},
    body?: unknown,
    query = '',
  ) => {
    const { method, path } = operationPaths[operation];
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? `no-${name}`);
    return check(operation, createRequest(method, `/v1${filled}${query}`, body, headers));
  };
  const uploadFile = () =>
    check(
      'uploadFile',
      new Request(toUrl('/v1/files'), {
        method: 'POST',
        headers,
        body: createUploadForm('a.txt', 'A', 'assistants'),
      }),
    );
  return { backend, upload, call, uploadFile, called };
}

const createMessage = (content: string) => ({ role: 'user', content });

it.each(['v1', 'v2'] as const)(
  'responds to every operation as the contract requires in %s',
  async (dialect) => {
    const { backend, call, uploadFile, called } = createCaller(dialect);
    const file = await uploadFile();
    await call('listFiles', {}, undefined, '?purpose=assistants');
    await call('getFile', { file_id: file.id });
    await call('getFileContent', { file_id: file.id });

    const tools = [
      { type: dialect === 'v1' ? 'retrieval' : 'file_search' },
      { type: 'function', function: { name: 'weather' } },
    ];
    const files =
      dialect === 'v1'
        ? { file_ids: [file.id] }
        : { tool_resources: { file_search: { vector_stores: [{ file_ids: [file.id] }] } } };
    const assistant_id = (await call('createAssistant', {}, { model: 'm', tools, ...files })).id;
    const more = await uploadFile();
    await call('createAssistantFile', { assistant_id }, { file_id: more.id });
    await call('listAssistantFiles', { assistant_id });
    await call('getAssistantFile', { assistant_id, file_id: more.id });
    await call('deleteAssistantFile', { assistant_id, file_id: more.id });
    await call('modifyAssistant', { assistant_id }, { name: 'Meteorologist' });
    await call('getAssistant', { assistant_id });
    await call('listAssistants');

    const thread_id = (await call('createThread', {}, { messages: [createMessage('Hi')] })).id;
    await call('getThread', { thread_id });
    await call('listThreads');
    await call('modifyThread', { thread_id }, { metadata: { a: '1' } });
    const attached =
      dialect === 'v1'
        ? { file_ids: [file.id] }
        : { attachments: [{ file_id: file.id, tools: [{ type: 'file_search' }] }] };
    const message_id = (
      await call('createMessage', { thread_id }, { ...createMessage('Weather?'), ...attached })
    ).id;
    await call('getMessage', { thread_id, message_id });
    await call('modifyMessage', { thread_id, message_id }, { metadata: { a: '1' } });
    await call('listMessageFiles', { thread_id, message_id });
    await call('getMessageFile', { thread_id, message_id, file_id: file.id });

    const run_id = (await call('createRun', { thread_id }, { assistant_id })).id;
    await backend.idle();
    const waiting = await call('getRun', { thread_id, run_id });
    expect(waiting.json['status']).toBe('requires_action');
    await call('listRunSteps', { thread_id, run_id });
    const calls = JSON.stringify(waiting.json['required_action']).match(/call_\w+/g) ?? [];
    const tool_outputs = calls.map((tool_call_id) => ({ tool_call_id, output: 'Rain' }));
    await call('submitToolOutputsToRun', { thread_id, run_id }, { tool_outputs });
    await backend.idle();
    expect(
      (await call('modifyRun', { thread_id, run_id }, { metadata: { a: '1' } })).json['status'],
    ).toBe('completed');
    const steps = await call('listRunSteps', { thread_id, run_id });
    await call('getRunStep', { thread_id, run_id, step_id: String(steps.json['last_id']) });
    await call('listRuns', { thread_id });
    await call('listMessages', { thread_id });

    const stalled = (
      await call(
        'createThreadAndRun',
        {},
        { assistant_id, thread: { messages: [createMessage('Stall')] } },
      )
    ).json;
    const other = { thread_id: String(stalled['thread_id']), run_id: String(stalled['id']) };
    await call('cancelRun', other);
    await backend.idle();
    expect((await call('getRun', other)).json['status']).toBe('cancelled');
    await call('listMessages', other);

    const vector_store_id = (
      await call('createVectorStore', {}, { name: 'Notes', file_ids: [file.id] })
    ).id;
    await backend.idle();
    const inStore = { vector_store_id, file_id: file.id };
    expect((await call('getVectorStore', inStore)).json).toMatchObject({
      status: 'completed',
      file_counts: { completed: 1, total: 1 },
    });
    await call('listVectorStores');
    const expires_after = { anchor: 'last_active_at', days: 7 };
    await call('modifyVectorStore', inStore, { expires_after, metadata: { a: '1' } });
    const attributes = { year: 2026, isDraft: false, topic: 'tea' };
    await call('modifyVectorStoreFile', inStore, { attributes });
    await call('getVectorStoreFile', inStore);
    await call('getVectorStoreFileContent', inStore);
    const filters = { type: 'eq', key: 'topic', value: 'tea' };
    const results = await call('searchVectorStore', inStore, { query: 'A', filters });
    expect(results.json['data']).toHaveLength(1);
    await call('createVectorStoreFile', inStore, { file_id: more.id, attributes });
    const batch_id = (
      await call('createVectorStoreFileBatch', inStore, { files: [{ file_id: file.id }] })
    ).id;
    await call('listVectorStoreBatchFiles', { vector_store_id, batch_id });
    await call('cancelVectorStoreFileBatch', { vector_store_id, batch_id });
    await call('getVectorStoreFileBatch', { vector_store_id, batch_id });
    await call('listVectorStoreFiles', inStore, undefined, '?filter=cancelled');
    await call('deleteVectorStoreFile', inStore);
    await call('deleteVectorStore', inStore);

    await call('listUsage');

    await call('deleteMessage', { thread_id, message_id });
    await call('deleteThread', { thread_id });
    await call('deleteAssistant', { assistant_id });
    await call('deleteFile', { file_id: file.id });
    expect([...called].toSorted()).toEqual([...contractOperations.keys()].toSorted());
  },
);

it.each(['v1', 'v2'] as const)('streams only events of the contract in %s', async (dialect) => {
  const { call } = createCaller(dialect);
  const assistant_id = (await call('createAssistant', {}, { model: 'm' })).id;
  const first = await call(
    'createThreadAndRun',
    {},
    { assistant_id, stream: true, thread: { messages: [createMessage('Weather?')] } },
  );
  const names = (events: { event: string }[]) => [...new Set(events.map(({ event }) => event))];
  expect(names(first.events).at(0)).toBe('thread.created');
  expect(names(first.events).slice(-2)).toEqual(['thread.run.requires_action', 'done']);

  const action = first.events.at(-2)?.data as { id: string; thread_id: string };
  const calls = [...new Set(JSON.stringify(first.events.at(-2)?.data).match(/call_\w+/g))];
  const place = { thread_id: action.thread_id, run_id: action.id };
  const tool_outputs = calls.map((tool_call_id) => ({ tool_call_id, output: 'Rain' }));
  const second = await call('submitToolOutputsToRun', place, { tool_outputs, stream: true });
  expect(names(second.events)).toEqual(
    expect.arrayContaining(['thread.message.delta', 'thread.message.completed']),
  );
  expect(names(second.events).slice(-2)).toEqual(['thread.run.completed', 'done']);

  for (const [content, end] of [
    ['Fail', 'thread.run.failed'],
    ['Short', dialect === 'v1' ? 'thread.run.completed' : 'thread.run.incomplete'],
  ] as const) {
    await call('createMessage', place, createMessage(content));
    const stream = await call('createRun', place, { assistant_id, stream: true });
    expect(names(stream.events).slice(-2)).toEqual([end, 'done']);
  }
});

it.each(['v1', 'v2'] as const)(
  'returns file searches as the contract requires in %s',
  async (dialect) => {
    const { backend, call, uploadFile } = createCaller(dialect);
    const file = await uploadFile();
    const v1Settings = { tools: [{ type: 'retrieval' }], file_ids: [file.id] };
    const v2Settings = {
      tools: [
        {
          type: 'file_search',
          file_search: { max_num_results: 1, ranking_options: { score_threshold: 0.5 } },
        },
      ],
      tool_resources: { file_search: { vector_stores: [{ file_ids: [file.id] }] } },
    };
    const assistant_id = (
      await call(
        'createAssistant',
        {},
        { model: 'm', ...(dialect === 'v1' ? v1Settings : v2Settings) },
      )
    ).id;
    const thread_id = (await call('createThread', {}, { messages: [createMessage('Search')] })).id;
    const include = '?include[]=step_details.tool_calls[*].file_search.results[*].content';

    const plain = await call('createRun', { thread_id }, { assistant_id, stream: true });
    await call('createMessage', { thread_id }, createMessage('Search again'));
    const included = await call(
      'createRun',
      { thread_id },
      { assistant_id, stream: true },
      include,
    );
    expect(plain.events.at(-2)?.event).toBe('thread.run.completed');
    await backend.idle();
    const run_id = String((await call('listRuns', { thread_id })).json['first_id']);
    const steps = await call('listRunSteps', { thread_id, run_id }, undefined, include);
    const [, search = { id: '' }] = (
      steps.json['data'] as { id: string; step_details: object }[]
    ).toReversed();
    const one = await call(
      'getRunStep',
      { thread_id, run_id, step_id: search.id },
      undefined,
      include,
    );

    expect(one.json).toEqual(search);
    expect(JSON.stringify(one.json).includes(`"file_name":"a.txt"`)).toBe(dialect === 'v2');
    const hasText = (value: unknown) => JSON.stringify(value).includes('"text":"A"');
    expect([hasText(plain.events), hasText(included.events), hasText(one.json)]).toEqual([
      false,
      dialect === 'v2',
      dialect === 'v2',
    ]);
  },
);

it('rejects requests as the contract requires for every operation', async () => {
  const locked = createTestBackend({ apiKeys: ['sk-a'] });
  const { backend } = createTestBackend();
  for (const operation of operationIds) {
    const { method, path } = operationPaths[operation];
    const filled = `/v1${path.replaceAll(/\{(\w+)\}/g, 'no-$1')}`;
    const request = (headers: Record<string, string> = {}, query = '') =>
      createRequest(method, filled + query, undefined, headers);
    expect(
      (await readConformingResponse(operation, await locked.backend.fetch(request()))).status,
    ).toBe(401);
    expect(
      (
        await readConformingResponse(
          operation,
          await backend.fetch(request({ 'openai-beta': 'v9' })),
        )
      ).status,
    ).toBe(400);
    const plain = await readConformingResponse(operation, await backend.fetch(request()));
    const expected = path.includes('{') ? [400, 404] : [200, 400];
    expect(expected).toContain(plain.status);
    expect(JSON.stringify(plain.json)).not.toContain('Invalid URL');
    const limited = await readConformingResponse(
      operation,
      await backend.fetch(request({}, '?limit=0')),
    );
    expect([200, 400, 404]).toContain(limited.status);
  }
});

it('knows the methods and paths of all operations of the contract', () => {
  const ours = operationIds.map(
    (id) => `${id} ${operationPaths[id].method.toLowerCase()} ${operationPaths[id].path}`,
  );
  const theirs = [...contractOperations].map(([id, { method, path }]) => `${id} ${method} ${path}`);
  expect(ours.toSorted()).toEqual(theirs.toSorted());
  const unknown = Object.values(contract.paths)
    .flatMap((methods) => Object.values(methods).flatMap(({ operationId }) => operationId ?? []))
    .filter((id) => !isOperationId(id));
  expect(unknown).toEqual([]);
});

it('detects responses that do not conform', async () => {
  const error = { message: 'Gone', type: 'invalid_request_error', param: null };
  const response = Response.json({ error }, { status: 404 });
  await expect(readConformingResponse('getThread', response)).rejects.toThrow(
    "must have required property 'code'",
  );
  await expect(
    readConformingResponse('getThread', Response.json({ id: 'thread_1' })),
  ).rejects.toThrow("must have required property 'object'");
  await expect(
    readConformingResponse('getThread', Response.json({}, { status: 418 })),
  ).rejects.toThrow('must not return the status 418');
  expect(
    findContractViolations('/components/schemas/AssistantStreamEvent', {
      event: 'thread.run.created',
      data: {},
    }),
  ).not.toEqual([]);
  expect(
    findVersionMismatches('v1', {
      object: 'assistant',
      tool_resources: {},
      tools: [{ type: 'file_search' }],
    }),
  ).toHaveLength(3);
});
