import { expect, it } from 'vitest';
import { createTestBackend, V1_HEADERS } from '../createTestBackend.js';

/** Creates a thread with the messages 1 to 5, all created in the same second. */
async function createFiveMessages() {
  const test = createTestBackend();
  const thread = await test.create('/v1/threads');
  const ids = new Map<string, string>();
  for (const name of ['1', '2', '3', '4', '5']) {
    ids.set(
      name,
      await test.create(`/v1/threads/${thread}/messages`, { role: 'user', content: name }),
    );
  }
  const list = async (query: string) => {
    const replaced = query.replaceAll(
      /(after|before)=(\d)/g,
      (_, name: string, digit: string) => `${name}=${ids.get(digit)}`,
    );
    return test.send('GET', `/v1/threads/${thread}/messages?${replaced}`);
  };
  return { ...test, thread, ids, list };
}

it.each([
  ['', '5 4 3 2 1', false],
  ['order=asc', '1 2 3 4 5', false],
  ['limit=2', '5 4', true],
  ['limit=2&after=4', '3 2', true],
  ['limit=2&after=3', '2 1', false],
  ['limit=2&order=asc&after=2', '3 4', true],
  ['limit=2&before=2', '4 3', true],
  ['limit=2&before=3', '5 4', false],
  ['limit=2&order=asc&before=4', '2 3', true],
  ['limit=100&after=', '5 4 3 2 1', false],
])('returns the page ?%s', async (query, expected, hasMore) => {
  const { list, ids } = await createFiveMessages();
  const { status, body } = await list(query);
  const names = expected.split(' ').map((name) => ids.get(name));
  expect(status).toBe(200);
  expect(body.data?.map((message) => message.id)).toEqual(names);
  expect(body).toMatchObject({
    object: 'list',
    first_id: names[0],
    last_id: names.at(-1),
    has_more: hasMore,
  });
});

it('returns an empty page after the last one', async () => {
  const { list } = await createFiveMessages();
  const { status, body } = await list('after=1');
  expect(status).toBe(200);
  expect(body).toEqual({
    object: 'list',
    data: [],
    first_id: null,
    last_id: null,
    has_more: false,
  });
});

it.each([
  ['limit=0', 'limit', 'integer_below_min_value'],
  ['limit=-1', 'limit', 'integer_below_min_value'],
  ['limit=101', 'limit', 'integer_above_max_value'],
  ['limit=ten', 'limit', 'invalid_type'],
  ['limit=1.5', 'limit', 'invalid_type'],
  ['limit=', 'limit', 'invalid_type'],
  ['order=up', 'order', 'invalid_value'],
  ['after=msg_none', 'after', 'invalid_value'],
  ['before=msg_none', 'before', 'invalid_value'],
])('returns 400 for ?%s', async (query, param, code) => {
  const { list } = await createFiveMessages();
  const { status, body } = await list(query);
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ type: 'invalid_request_error', param, code });
});

it('rejects a cursor of another thread', async () => {
  const { list, create } = await createFiveMessages();
  const other = await create('/v1/threads');
  const message = await create(`/v1/threads/${other}/messages`, { role: 'user', content: 'x' });
  expect((await list(`after=${message}`)).status).toBe(400);
});

it('pages without gaps or repetitions while new messages are added', async () => {
  const { list, create, thread, ids } = await createFiveMessages();
  const first = await list('limit=2');
  await create(`/v1/threads/${thread}/messages`, { role: 'user', content: 'late' });
  const second = await list(`limit=3&after=${String(first.body['last_id'])}`);
  expect(second.body.data?.map(({ id }) => id)).toEqual(
    ['3', '2', '1'].map((name) => ids.get(name)),
  );
});

it('filters messages by the run that wrote them', async () => {
  const { backend, send, create } = createTestBackend();
  const assistant = await create('/v1/assistants', { model: 'm' });
  const thread = await create('/v1/threads', { messages: [{ role: 'user', content: 'Hi' }] });
  const runs: string[] = [];
  for (let count = 0; count < 2; count++) {
    runs.push(await create(`/v1/threads/${thread}/runs`, { assistant_id: assistant }));
    await backend.idle();
  }
  const { body } = await send('GET', `/v1/threads/${thread}/messages?run_id=${runs[1]}`);
  expect(body.data?.map((message) => message['run_id'])).toEqual([runs[1]]);
  expect((await send('GET', `/v1/threads/${thread}/messages?run_id=run_none`)).body.data).toEqual(
    [],
  );
});

it('applies the same rules to assistants, files of assistants and files', async () => {
  const { send, create, upload } = createTestBackend();
  const files = [
    await upload('a.txt'),
    await upload('b.txt'),
    await upload('c.txt', 'x', 'vision'),
  ];
  const first = await create('/v1/assistants', { model: 'm', file_ids: files }, V1_HEADERS);
  const second = await create('/v1/assistants', { model: 'm' });
  const ids = async (path: string) =>
    (await send('GET', path, undefined, V1_HEADERS)).body.data?.map(({ id }) => id);
  expect(await ids('/v1/assistants?limit=1')).toEqual([second]);
  expect(await ids(`/v1/assistants?after=${second}`)).toEqual([first]);
  expect(await ids(`/v1/assistants/${first}/files?limit=2`)).toEqual([files[2], files[1]]);
  expect(await ids(`/v1/assistants/${first}/files?order=asc&after=${files[0]}`)).toEqual([
    files[1],
    files[2],
  ]);
  expect(await ids(`/v1/assistants/${first}/files?limit=1&before=${files[0]}`)).toEqual([files[1]]);
  expect(
    (await send('GET', `/v1/assistants/${first}/files?after=file-none`, undefined, V1_HEADERS))
      .status,
  ).toBe(400);
  expect(await ids('/v1/files?purpose=vision')).toEqual([files[2]]);
  expect(await ids('/v1/files?limit=10000&order=asc')).toEqual(files);
  expect((await send('GET', '/v1/files?limit=10001')).status).toBe(400);
});
