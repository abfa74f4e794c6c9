import { describe, expect, it } from 'vitest';
import { memoryOwnership } from '../../src/proxy/ownership/memoryOwnership.js';
import { callBackend, createBackendProxy } from './createTestProxy.js';

const POLICY = { metadata: 'any' } as const;

/** Creates threads of two users by turns. Returns those of the first, oldest first. */
async function createThreads(count: number) {
  const proxy = createBackendProxy({ policy: POLICY });
  const ann = proxy.as('ann');
  const own: string[] = [];
  for (let index = 0; index < count; index++) {
    const thread = await ann.json('POST', '/threads', { metadata: { n: String(index) } });
    own.push(thread.id);
    await proxy.as('bob').json('POST', '/threads', {});
  }
  await callBackend(proxy.backend, 'POST', '/threads', {});
  const list = async (query = '') => {
    const page = await ann.json('GET', `/threads${query}`);
    const data = page['data'] as { id: string; metadata: object }[];
    return { ...page, data, ids: data.map(({ id }) => id) };
  };
  return { ...proxy, ann, own, list };
}

describe('listThreads', () => {
  it('lists the threads of the user only, newest first', async () => {
    const { own, list, upstream } = await createThreads(3);
    upstream.length = 0;
    const page = await list();
    expect(page.ids).toEqual(own.toReversed());
    expect(page).toMatchObject({
      object: 'list',
      first_id: own[2],
      last_id: own[0],
      has_more: false,
    });
    expect(page.data[0]).toMatchObject({ object: 'thread', metadata: { n: '2' } });
    expect(upstream.map(({ url }) => new URL(url).pathname)).not.toContain('/v1/threads');
  });

  it('pages in both orders and directions', async () => {
    const { own, list } = await createThreads(25);
    const newest = own.toReversed();
    expect(await list()).toMatchObject({ ids: newest.slice(0, 20), has_more: true });
    expect(await list('?limit=100')).toMatchObject({ ids: newest, has_more: false });
    expect(await list(`?after=${newest[19]}`)).toMatchObject({
      ids: newest.slice(20),
      has_more: false,
    });
    expect(await list(`?after=${newest.at(-1)}`)).toMatchObject({
      ids: [],
      first_id: null,
      last_id: null,
      has_more: false,
    });
    expect(await list('?order=asc&limit=3')).toMatchObject({
      ids: own.slice(0, 3),
      has_more: true,
    });
    expect(await list(`?before=${newest[5]}&limit=2`)).toMatchObject({
      ids: newest.slice(3, 5),
      has_more: true,
    });
    expect(await list(`?order=asc&before=${own[2]}`)).toMatchObject({
      ids: own.slice(0, 2),
      has_more: false,
    });
    expect(await list(`?after=${newest[1]}&before=${newest[14]}`)).toMatchObject({
      ids: newest.slice(2, 14),
      has_more: false,
    });
  });

  it('leaves out threads that the server no longer has', async () => {
    const { own, ann, backend, list } = await createThreads(4);
    await ann.send('DELETE', `/threads/${own[3]}`);
    await callBackend(backend, 'DELETE', `/threads/${own[1]}`);
    expect(await list('?limit=1')).toMatchObject({ ids: [own[2]], has_more: true });
    expect((await list()).ids).toEqual([own[2], own[0]]);
  });

  it.each(['limit=0', 'limit=101', 'limit=x', 'order=up', 'after=..', 'after=thread_none'])(
    'refuses %s',
    async (query) => {
      const { ann } = await createThreads(1);
      expect((await ann.send('GET', `/threads?${query}`)).status).toBe(400);
    },
  );

  it('refuses the id of a thread of another user as a cursor', async () => {
    const { ann, as } = await createThreads(1);
    const other = await as('bob').json('POST', '/threads', {});
    for (const name of ['after', 'before'])
      expect((await ann.send('GET', `/threads?${name}=${other.id}`)).status).toBe(400);
  });

  it.each<[string, (ids: readonly string[], limit: number) => string[]]>([
    ['ignores `after`', (ids, limit) => ids.slice(0, limit)],
    ['ignores `after` and `limit`', (ids) => [...ids]],
    ['repeats a thread', (_, limit) => Array<string>(limit).fill('thread_1')],
  ])('refuses the answer of an adapter that %s', async (_, list) => {
    const ownership = memoryOwnership();
    const ids = Array.from({ length: 30 }, (__, index) => `thread_${index}`);
    const errors: unknown[] = [];
    const { as, upstream } = createBackendProxy({
      policy: POLICY,
      ownership: { ...ownership, list: async (__, { limit }) => list(ids, limit) },
      onError: (error) => errors.push(error),
    });
    const response = await as('ann').send('GET', '/threads?limit=100');
    expect(response.status).toBe(500);
    expect(errors).toEqual([
      expect.objectContaining({
        message: expect.stringMatching(/^ownership\.list returned the thread thread_\d again\./),
      }),
    ]);
    expect(upstream.length).toBeLessThanOrEqual(10);
  });

  it('answers with the error of the server', async () => {
    const ownership = memoryOwnership();
    await ownership.claim('ann', { type: 'thread', id: 'thread_1' });
    const { as, errors } = createFailingProxy(ownership);
    expect((await as('ann').send('GET', '/threads')).status).toBe(429);
    expect(errors).toEqual([]);
  });
});

function createFailingProxy(ownership: ReturnType<typeof memoryOwnership>) {
  const errors: unknown[] = [];
  const proxy = createBackendProxy({
    ownership,
    onError: (error) => errors.push(error),
    fetch: async () => Response.json({ error: { message: 'Slow down.' } }, { status: 429 }),
  });
  return { ...proxy, errors };
}
