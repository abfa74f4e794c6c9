import { expect, it } from 'vitest';
import { createTestBackend, V1_HEADERS } from './createTestBackend.js';

it('creates an assistant with all fields of version 2 and their defaults', async () => {
  const { send } = createTestBackend();
  const { body } = await send('POST', '/v1/assistants', { model: 'm' });
  expect(body).toEqual({
    id: 'asst_000000000000000000000001',
    object: 'assistant',
    created_at: 1_700_000_000,
    name: null,
    description: null,
    model: 'm',
    instructions: null,
    tools: [],
    tool_resources: {},
    metadata: {},
    temperature: 1,
    top_p: 1,
    response_format: 'auto',
  });
  expect((await send('GET', `/v1/assistants/${body.id}`)).body).toEqual(body);
});

it('keeps zero, empty strings and null', async () => {
  const { send } = createTestBackend();
  const sent = { model: 'm', name: '', temperature: 0, top_p: null, instructions: '' };
  expect((await send('POST', '/v1/assistants', sent)).body).toMatchObject(sent);
});

it('modifies the given fields and keeps the others', async () => {
  const { send, create } = createTestBackend();
  const id = await create('/v1/assistants', {
    model: 'm',
    name: 'Before',
    metadata: { a: '1', b: '2' },
    temperature: 0.5,
  });
  const { body } = await send('POST', `/v1/assistants/${id}`, {
    name: null,
    instructions: 'Be brief.',
  });
  expect(body).toMatchObject({
    name: null,
    instructions: 'Be brief.',
    temperature: 0.5,
    metadata: { a: '1', b: '2' },
  });
  const replaced = await send('POST', `/v1/assistants/${id}`, { metadata: { c: '3' } });
  expect(replaced.body['metadata']).toEqual({ c: '3' });
  expect((await send('GET', `/v1/assistants/${id}`)).body).toEqual(replaced.body);
});

it('deletes an assistant', async () => {
  const { send, create } = createTestBackend();
  const id = await create('/v1/assistants', { model: 'm' });
  expect((await send('DELETE', `/v1/assistants/${id}`)).body).toEqual({
    id,
    object: 'assistant.deleted',
    deleted: true,
  });
  expect((await send('GET', `/v1/assistants/${id}`)).status).toBe(404);
  expect((await send('GET', '/v1/assistants')).body.data).toEqual([]);
});

it('creates a vector store for files that are defined inline', async () => {
  const { send, create, upload } = createTestBackend();
  const file = await upload();
  const tool_resources = { file_search: { vector_stores: [{ file_ids: [file, file] }] } };
  const { body } = await send('POST', '/v1/assistants', {
    model: 'm',
    tools: [{ type: 'file_search' }],
    tool_resources,
  });
  const vectorStore = body['tool_resources'];
  expect(vectorStore).toEqual({
    file_search: { vector_store_ids: [expect.stringMatching(/^vs_/)] },
  });
  const other = await create('/v1/assistants', { model: 'm', tool_resources: vectorStore });
  expect(
    (await send('GET', `/v1/assistants/${other}`, undefined, V1_HEADERS)).body['file_ids'],
  ).toEqual([file]);
  expect(
    (await send('POST', '/v1/threads', { tool_resources: vectorStore })).body['tool_resources'],
  ).toEqual(vectorStore);
});

it('returns 404 for unknown files and vector stores', async () => {
  const { send } = createTestBackend();
  const post = (tool_resources: unknown) =>
    send('POST', '/v1/assistants', { model: 'm', tool_resources });
  const files = await post({ file_search: { vector_stores: [{ file_ids: ['file-no'] }] } });
  expect(files.status).toBe(404);
  expect(files.body.error?.message).toBe("No file found with id 'file-no'.");
  const stores = await post({ file_search: { vector_store_ids: ['vs_no'] } });
  expect(stores.status).toBe(404);
  expect(stores.body.error?.message).toBe("No vector store found with id 'vs_no'.");
  expect((await send('GET', '/v1/assistants')).body.data).toEqual([]);
});

it('attaches and detaches files of an assistant, and shows the result in version 2', async () => {
  const { send, create, upload } = createTestBackend();
  const [a, b] = [await upload('a.txt'), await upload('b.txt')];
  const id = await create(
    '/v1/assistants',
    { model: 'm', tools: [{ type: 'retrieval' }], file_ids: [a] },
    V1_HEADERS,
  );
  const attached = await send('POST', `/v1/assistants/${id}/files`, { file_id: b }, V1_HEADERS);
  expect(attached.body).toEqual({
    id: b,
    object: 'assistant.file',
    created_at: 1_700_000_000,
    assistant_id: id,
  });
  expect(
    (await send('GET', `/v1/assistants/${id}/files/${b}`, undefined, V1_HEADERS)).body,
  ).toEqual(attached.body);
  expect(
    (await send('GET', `/v1/assistants/${id}`, undefined, V1_HEADERS)).body['file_ids'],
  ).toEqual([a, b]);

  const detached = await send('DELETE', `/v1/assistants/${id}/files/${a}`, undefined, V1_HEADERS);
  expect(detached.body).toEqual({ id: a, object: 'assistant.file.deleted', deleted: true });
  expect((await send('GET', `/v1/assistants/${id}/files/${a}`, undefined, V1_HEADERS)).status).toBe(
    404,
  );
  expect((await send('GET', `/v1/files/${a}`)).status).toBe(200);

  const inV2 = await send('GET', `/v1/assistants/${id}`);
  expect(inV2.body['tools']).toEqual([{ type: 'file_search' }]);
  expect(inV2.body['tool_resources']).toEqual({
    file_search: { vector_store_ids: [expect.stringMatching(/^vs_/)] },
  });
});

it('attaches each file once, and twenty files at most', async () => {
  const { send, create, upload } = createTestBackend();
  const files: string[] = [];
  for (let count = 0; count < 21; count++) files.push(await upload(`${count}.txt`));
  const id = await create(
    '/v1/assistants',
    { model: 'm', file_ids: files.slice(0, 19) },
    V1_HEADERS,
  );
  const attach = (file_id: string | undefined) =>
    send('POST', `/v1/assistants/${id}/files`, { file_id }, V1_HEADERS);
  expect((await attach(files[0])).status).toBe(200);
  expect((await attach(files[19])).status).toBe(200);
  expect((await attach(files[19])).status).toBe(200);
  expect((await attach(files[20])).status).toBe(400);
  expect((await attach('file-no')).status).toBe(404);
  expect(
    (await send('GET', `/v1/assistants/${id}`, undefined, V1_HEADERS)).body['file_ids'],
  ).toEqual(files.slice(0, 20));
});

it('attaches and detaches files after a file of the assistant was deleted', async () => {
  const { send, create, upload } = createTestBackend();
  const [deleted, kept, added] = [
    await upload('a.txt'),
    await upload('b.txt'),
    await upload('c.txt'),
  ];
  const id = await create('/v1/assistants', { model: 'm', file_ids: [deleted, kept] }, V1_HEADERS);
  await send('DELETE', `/v1/files/${deleted}`);
  expect(
    (await send('POST', `/v1/assistants/${id}/files`, { file_id: added }, V1_HEADERS)).status,
  ).toBe(200);
  expect(
    (await send('DELETE', `/v1/assistants/${id}/files/${kept}`, undefined, V1_HEADERS)).status,
  ).toBe(200);
  expect(
    (await send('DELETE', `/v1/assistants/${id}/files/${deleted}`, undefined, V1_HEADERS)).status,
  ).toBe(200);
  expect(
    (await send('GET', `/v1/assistants/${id}`, undefined, V1_HEADERS)).body['file_ids'],
  ).toEqual([added]);
});

it('keeps all files that are attached concurrently', async () => {
  const { send, create, upload } = createTestBackend();
  const files = await Promise.all(['a', 'b', 'c', 'd'].map((name) => upload(name)));
  const id = await create('/v1/assistants', { model: 'm' });
  await Promise.all(
    files.map((file_id) => send('POST', `/v1/assistants/${id}/files`, { file_id }, V1_HEADERS)),
  );
  expect(
    (await send('GET', `/v1/assistants/${id}`, undefined, V1_HEADERS)).body['file_ids'],
  ).toEqual(files);
});
