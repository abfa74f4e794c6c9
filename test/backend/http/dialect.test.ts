import { expect, it } from 'vitest';
import { projectObject, projectEvent } from '../../../src/backend/http/dialect/projectResponse.js';
import type { Message, MessageDelta, Run, RunStep } from '../../../src/protocol/types.js';
import { createTestBackend, V1_HEADERS } from '../createTestBackend.js';

const MESSAGE: Message = {
  id: 'msg_1',
  object: 'thread.message',
  created_at: 1,
  thread_id: 'thread_1',
  status: 'completed',
  incomplete_details: null,
  completed_at: 1,
  incomplete_at: null,
  role: 'assistant',
  content: [],
  assistant_id: null,
  run_id: null,
  attachments: [],
  file_ids: [],
  metadata: {},
};

it('returns an assistant created in version 1 in both versions', async () => {
  const { send, upload } = createTestBackend();
  const file = await upload();
  const created = await send(
    'POST',
    '/v1/assistants',
    { model: 'm', tools: [{ type: 'retrieval' }], file_ids: [file] },
    V1_HEADERS,
  );
  expect(Object.keys(created.body).toSorted()).toEqual([
    'created_at',
    'description',
    'file_ids',
    'id',
    'instructions',
    'metadata',
    'model',
    'name',
    'object',
    'tools',
  ]);
  expect(created.body).toMatchObject({ tools: [{ type: 'retrieval' }], file_ids: [file] });
  const inV2 = await send('GET', `/v1/assistants/${created.body.id}`, undefined, {
    'openai-beta': 'assistants=v2',
  });
  expect(inV2.body['tools']).toEqual([{ type: 'file_search' }]);
  expect(inV2.body).not.toHaveProperty('file_ids');
  expect(inV2.body).toMatchObject({
    temperature: 1,
    top_p: 1,
    tool_resources: { file_search: { vector_store_ids: [expect.any(String)] } },
  });
});

it('changes the vector store of an assistant when version 1 changes its files', async () => {
  const { send, create, upload } = createTestBackend();
  const [a, b] = [await upload('a'), await upload('b')];
  const id = await create('/v1/assistants', { model: 'm', file_ids: [a] }, V1_HEADERS);
  const before = (await send('GET', `/v1/assistants/${id}`)).body['tool_resources'];
  expect(
    (await send('POST', `/v1/assistants/${id}`, { file_ids: [b] }, V1_HEADERS)).body['file_ids'],
  ).toEqual([b]);
  expect((await send('GET', `/v1/assistants/${id}`)).body['tool_resources']).not.toEqual(before);
  expect(
    (await send('POST', `/v1/assistants/${id}`, { file_ids: [] }, V1_HEADERS)).body['file_ids'],
  ).toEqual([]);
  expect((await send('GET', `/v1/assistants/${id}`)).body['tool_resources']).toEqual({});
});

it('converts files of a message to attachments and back', async () => {
  const { send, create, upload } = createTestBackend();
  const file = await upload();
  const thread = await create('/v1/threads');
  const path = `/v1/threads/${thread}/messages`;
  const one = await create(path, { role: 'user', content: 'Hi', file_ids: [file] }, V1_HEADERS);
  const attachments = [{ file_id: file, tools: [{ type: 'file_search' }] }];
  const inV2 = (await send('GET', `${path}/${one}`)).body;
  expect(inV2['attachments']).toEqual(attachments);
  expect(inV2).not.toHaveProperty('file_ids');
  const two = await create(path, { role: 'user', content: 'Hi', attachments });
  const inV1 = (await send('GET', `${path}/${two}`, undefined, V1_HEADERS)).body;
  expect(inV1['file_ids']).toEqual([file]);
  expect(inV1).not.toHaveProperty('attachments');
});

it('projects every item of a list', async () => {
  const { send, create } = createTestBackend();
  await create('/v1/assistants', { model: 'm' });
  const [item] = (await send('GET', '/v1/assistants', undefined, V1_HEADERS)).body.data ?? [];
  expect(item).toHaveProperty('file_ids', []);
  expect(item).not.toHaveProperty('tool_resources');
});

it('converts content that version 1 does not have to text', () => {
  const message: Message = {
    ...MESSAGE,
    content: [
      { type: 'image_file', image_file: { file_id: 'file-1', detail: 'high' } },
      { type: 'refusal', refusal: 'No.' },
      { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
    ],
  };
  expect(projectObject('v1', message)).toHaveProperty('content', [
    { type: 'image_file', image_file: { file_id: 'file-1' } },
    { type: 'text', text: { value: 'No.', annotations: [] } },
    { type: 'text', text: { value: 'https://example.com/a.png', annotations: [] } },
  ]);
  expect(projectObject('v2', message)).toHaveProperty('content', message.content);
});

it('includes the quote of a citation in version 1, empty if unknown, and omits it in version 2', () => {
  const cited = (quote?: string) => ({
    type: 'file_citation' as const,
    text: '【1】',
    start_index: 0,
    end_index: 3,
    file_citation: { file_id: 'file-1', ...(quote === undefined ? {} : { quote }) },
  });
  const delta = (annotation: object): MessageDelta => ({
    id: 'msg_1',
    object: 'thread.message.delta',
    delta: {
      content: [
        {
          index: 0,
          type: 'text',
          text: { annotations: [{ index: 0, ...cited(), ...annotation }] },
        },
      ],
    },
  });
  const part = (quote?: string) => ({
    type: 'text' as const,
    text: { value: '【1】', annotations: [cited(quote)] },
  });
  const message = (quote?: string): Message => ({ ...MESSAGE, content: [part(quote)] });
  expect(projectObject('v1', message())).toEqual({
    ...projectObject('v1', MESSAGE),
    content: [part('')],
  });
  expect(projectObject('v1', message('Tea.'))).toHaveProperty('content', [part('Tea.')]);
  expect(projectObject('v1', delta({}))).toEqual(delta(cited('')));
  expect(projectObject('v2', message('Tea.'))).toHaveProperty('content', [part()]);
  expect(projectObject('v2', delta(cited('Tea.')))).toEqual(delta({}));
});

it('reports an incomplete run as completed in version 1, including its event', () => {
  const run = {
    object: 'thread.run',
    status: 'incomplete',
    incomplete_details: { reason: 'max_completion_tokens' },
    tools: [{ type: 'file_search' }, { type: 'function', function: { name: 'a', strict: true } }],
    tool_choice: { type: 'file_search' },
    response_format: { type: 'json_schema', json_schema: { name: 'a' } },
    top_p: 1,
    parallel_tool_calls: true,
    file_ids: ['file-1'],
  } satisfies Partial<Run>;
  // The projection reads these fields only.
  const event = { event: 'thread.run.incomplete', data: run as unknown as Run } as const;
  expect(projectEvent('v1', event)).toEqual({
    event: 'thread.run.completed',
    data: {
      object: 'thread.run',
      status: 'completed',
      incomplete_details: { reason: 'max_completion_tokens' },
      tools: [{ type: 'retrieval' }, { type: 'function', function: { name: 'a' } }],
      tool_choice: { type: 'retrieval' },
      response_format: { type: 'json_object' },
      file_ids: ['file-1'],
    },
  });
  const { file_ids: _, ...version2 } = run;
  expect(projectEvent('v2', event)).toEqual({ event: 'thread.run.incomplete', data: version2 });
});

it('converts file searches in steps and deltas to retrievals in version 1', () => {
  const call = { id: 'call_1', type: 'file_search', file_search: {} } as const;
  const step = {
    object: 'thread.run.step',
    step_details: { type: 'tool_calls', tool_calls: [call] },
  } satisfies Partial<RunStep>;
  const retrieval = { id: 'call_1', type: 'retrieval', retrieval: {} };
  // The projection reads these fields only.
  expect(projectObject('v1', step as unknown as RunStep)).toHaveProperty(
    'step_details.tool_calls',
    [retrieval],
  );
  expect(projectObject('v2', step as unknown as RunStep)).toHaveProperty(
    'step_details.tool_calls',
    [call],
  );
  const delta = {
    id: 'step_1',
    object: 'thread.run.step.delta',
    delta: { step_details: { type: 'tool_calls', tool_calls: [{ index: 0, ...call }] } },
  } as const;
  expect(
    projectObject('v1', {
      ...delta,
      delta: { step_details: { type: 'tool_calls', tool_calls: [{ index: 0, ...call }] } },
    }),
  ).toHaveProperty('delta.step_details.tool_calls', [{ index: 0, ...retrieval }]);
});

it('keeps the index of content in a message delta', () => {
  const delta = (part: object) => ({ index: 3, ...part });
  const parts = [{ index: 3, type: 'refusal' as const, refusal: 'No' }];
  expect(
    projectObject('v1', { id: 'msg_1', object: 'thread.message.delta', delta: { content: parts } }),
  ).toHaveProperty('delta.content', [delta({ type: 'text', text: { value: 'No' } })]);
});
