import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BlobStore } from '../../../src/backend/stores/blobs/BlobStore.js';
import { folderBlobStore } from '../../../src/backend/stores/blobs/folderBlobStore.js';
import {
  s3BlobStore,
  type S3BlobStoreOptions,
} from '../../../src/backend/stores/blobs/s3BlobStore.js';
import { withBlobStore } from '../../../src/backend/stores/blobs/withBlobStore.js';
import { memoryStore } from '../../../src/backend/stores/memoryStore.js';
import type { Store } from '../../../src/backend/stores/Store.js';
import { createTestBackend, createUploadForm, toUrl } from '../createTestBackend.js';
import { describeStore } from './describeStore.js';
import { type FakeS3, startFakeS3 } from './startFakeS3.js';

const folder = mkdtempSync(join(tmpdir(), 'blobs-'));
let folderCount = 0;
let s3: FakeS3;

beforeAll(async () => {
  s3 = await startFakeS3('chat');
});
beforeEach(() => {
  s3.objects.clear();
  s3.failures.length = 0;
});
afterAll(async () => {
  await s3.close();
  rmSync(folder, { recursive: true });
});

function openFolder() {
  folderCount += 1;
  const path = join(folder, String(folderCount));
  const list = () =>
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
  return { path, list, blobs: folderBlobStore({ path }) };
}

const openBucket = (options: Partial<S3BlobStoreOptions> = {}): Promise<BlobStore> =>
  s3BlobStore({
    bucket: 'chat',
    endpoint: s3.url,
    region: 'eu-test-1',
    accessKeyId: 'key-id',
    secretAccessKey: 'secret',
    ...options,
  });

const toBytes = (text: string) => new TextEncoder().encode(text);

describe.each<[string, () => Promise<BlobStore>]>([
  ['a folder', async () => openFolder().blobs],
  ['a bucket', () => openBucket({ prefix: 'a folder/ü/' })],
])('the blob store in %s', (_, open) => {
  it.each([
    'file-1',
    '../../etc/passwd',
    '/',
    'a\0b',
    '\uD800',
    'x'.repeat(10_000),
    'a?b#c%2e%2e',
    '.',
  ])('keeps contents with the id %j apart', async (id) => {
    const blobs = await open();
    await blobs.put(id, new Uint8Array([1, 0, 255]));
    await blobs.put('file-other', new Uint8Array());
    expect(await blobs.get(id)).toEqual(new Uint8Array([1, 0, 255]));
    expect(await blobs.get('file-other')).toEqual(new Uint8Array());
    expect(await blobs.get(`${id}x`)).toBeUndefined();
    await blobs.put(id, toBytes('new'));
    expect(await blobs.get(id)).toEqual(toBytes('new'));
    await blobs.remove(id);
    await blobs.remove(id);
    expect(await blobs.get(id)).toBeUndefined();
  });
});

describeStore('in memory with a folder of contents', () =>
  withBlobStore(memoryStore(), openFolder().blobs),
);
describeStore('in memory with a bucket of contents', async () =>
  withBlobStore(memoryStore(), await openBucket()),
);

it('names files in a folder by hashes, and says what is wrong with it', async () => {
  const { path, blobs, list } = openFolder();
  await blobs.put('file-a', toBytes('A'));
  expect(list()).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  const file = join(path, 'file');
  writeFileSync(file, '');
  const broken = folderBlobStore({ path: file });
  await expect(broken.put('file-a', toBytes('A'))).rejects.toThrow(
    `Cannot use the folder ${file} for the contents of files: ENOTDIR`,
  );
});

describe('requests to a bucket that fail', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Opens a bucket whose server answers with these statuses. 0 is a lost connection. */
  async function openFailing(...statuses: number[]) {
    const fetch = async () => {
      const status = statuses.shift() ?? 200;
      if (status === 0) throw new TypeError('fetch failed');
      return new Response('<Error><Code>Failure</Code></Error>', { status });
    };
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    return { blobs: await openBucket({ fetch }), statuses };
  }

  /** Resolves with the outcome of a call without waiting for its delays. */
  async function settle(call: Promise<unknown>): Promise<PromiseSettledResult<unknown>> {
    let outcome: PromiseSettledResult<unknown> | undefined;
    void Promise.allSettled([call]).then(([settled]) => {
      outcome = settled;
    });
    while (outcome === undefined) {
      await vi.advanceTimersByTimeAsync(1_000);
      await new Promise(setImmediate);
    }
    return outcome;
  }

  it('are repeated', async () => {
    const { blobs, statuses } = await openFailing(503, 0, 429, 200, 500);
    expect(await settle(blobs.put('file-a', toBytes('A')))).toMatchObject({ status: 'fulfilled' });
    expect(statuses).toEqual([500]);
  });

  it.each([
    ['500 Failure. Check', 500],
    ['TypeError: fetch failed. Check', 0],
  ])('are repeated three times: %s', async (message, status) => {
    const { blobs, statuses } = await openFailing(status, status, status, status, 200);
    expect(await settle(blobs.put('file-a', toBytes('A')))).toMatchObject({
      reason: { message: expect.stringContaining(`The bucket chat cannot be used: ${message}`) },
    });
    expect(statuses).toEqual([200]);
  });
});

it('says what is wrong with a bucket', async () => {
  const blobs = await openBucket();
  s3.failures.push(403);
  await expect(blobs.get('file-a')).rejects.toThrow('403 Failure');
  const missing = await openBucket({ bucket: 'none' });
  await expect(missing.get('file-a')).rejects.toThrow('NoSuchBucket');
  await expect(openBucket({ bucket: '../x' })).rejects.toThrow('The name of the bucket is invalid');
  await expect(
    s3BlobStore({ bucket: 'chat', accessKeyId: '', secretAccessKey: '' }),
  ).rejects.toThrow('needs credentials');
});

/** Blob store in memory whose calls can fail. */
function createBlobs() {
  const contents = new Map<string, Uint8Array>();
  const failing = new Set<'put' | 'remove'>();
  const check = (call: 'put' | 'remove') => {
    if (failing.has(call)) throw new Error(`${call} failed`);
  };
  const blobs: BlobStore = {
    async put(id, bytes) {
      contents.set(id, bytes);
      check('put');
    },
    get: async (id) => contents.get(id),
    async remove(id) {
      check('remove');
      contents.delete(id);
    },
  };
  return { contents, failing, blobs };
}

const listRecords = async (store: Store) =>
  (await store.list('removals', { order: 'asc', limit: 10 }))?.data;

describe('a backend with a blob store', () => {
  async function start() {
    const { contents, failing, blobs } = createBlobs();
    const store = memoryStore();
    const errors: unknown[] = [];
    const open = () =>
      createTestBackend({ store, blobStore: blobs, onError: (error) => errors.push(error) });
    const server = open();
    return { contents, failing, store, open, ...server, errors };
  }

  it('keeps contents out of the store, and removes them with their files', async () => {
    const { contents, store, send, upload, backend } = await start();
    const id = await upload('a.txt', 'Tea');
    expect([...contents.keys()]).toEqual([id]);
    expect(await store.getContent(id)).toBeUndefined();
    const { fetch } = backend;
    const content = await fetch(new Request(toUrl(`/v1/files/${id}/content`)));
    expect(await content.text()).toBe('Tea');
    expect((await send('DELETE', `/v1/files/${id}`)).status).toBe(200);
    expect([contents.size, await listRecords(store)]).toEqual([0, []]);
  });

  it('stores no file whose content cannot be stored, and leaves nothing', async () => {
    const { contents, failing, store, send, backend, errors } = await start();
    failing.add('put');
    const body = createUploadForm('a.txt', 'Tea', 'assistants');
    const request = new Request(toUrl('/v1/files'), { method: 'POST', body });
    expect((await backend.fetch(request)).status).toBe(500);
    expect(String(errors)).toContain('put failed');
    expect((await send('GET', '/v1/files')).body.data).toEqual([]);
    await vi.waitFor(async () =>
      expect([contents.size, await listRecords(store)]).toEqual([0, []]),
    );
  });

  it('reads contents that the store has from before', async () => {
    const { store, send, upload, backend } = await start();
    const id = await upload('a.txt', 'Tea');
    await store.write([{ type: 'putContent', fileId: 'file-old', bytes: toBytes('Old') }]);
    const file = await store.get('files', id);
    if (file === undefined) throw new Error('The file is stored.');
    const old = { ...file, id: 'file-old' };
    await store.write([{ type: 'put', collection: 'files', object: old }]);
    const path = '/v1/files/file-old';
    const content = await backend.fetch(new Request(toUrl(`${path}/content`)));
    expect(await content.text()).toBe('Old');
    await send('DELETE', path);
    expect(await store.getContent('file-old')).toBeUndefined();
  });

  it('answers 404 if a content is missing', async () => {
    const { contents, send, upload } = await start();
    const id = await upload('a.txt', 'Tea');
    contents.clear();
    expect((await send('GET', `/v1/files/${id}/content`)).status).toBe(404);
    expect((await send('GET', `/v1/files/${id}`)).status).toBe(200);
    expect((await send('DELETE', `/v1/files/${id}`)).status).toBe(200);
  });

  it('removes what was left when it starts again, and nothing else', async () => {
    const { contents, failing, store, open, send, upload } = await start();
    const kept = await upload('a.txt', 'Tea');
    const deleted = await upload('a.txt', 'Tea');
    failing.add('remove');
    expect((await send('DELETE', `/v1/files/${deleted}`)).status).toBe(200);
    expect((await send('GET', `/v1/files/${deleted}`)).status).toBe(404);
    expect(contents.has(deleted)).toBe(true);
    // An upload whose process has ended before it has stored the file.
    contents.set('file-lost', toBytes('Lost'));
    const record = { id: 'file-lost', kind: 'content' } as const;
    await store.write([{ type: 'put', collection: 'removals', object: record }]);

    failing.clear();
    const next = open();
    await next.send('GET', '/v1/files');
    await next.backend.idle();
    expect([[...contents.keys()], await listRecords(store)]).toEqual([[kept], []]);
  });

  it('keeps a content whose write has succeeded without an answer', async () => {
    const { contents, blobs } = createBlobs();
    const store = memoryStore();
    const broken: Store = {
      ...store,
      async write(changes) {
        await store.write(changes);
        if (changes.some(({ type }) => type === 'remove')) throw new Error('Connection lost.');
      },
    };
    const backed = withBlobStore(broken, blobs);
    const write = backed.write([{ type: 'putContent', fileId: 'file-a', bytes: toBytes('A') }]);
    await expect(write).rejects.toThrow('Connection lost.');
    await withBlobStore(store, blobs).removeOrphans(new AbortController().signal);
    expect(contents.has('file-a')).toBe(true);
  });
});

it('signs every request to a bucket', async () => {
  const blobs = await openBucket();
  await blobs.put('file-a', toBytes('A'));
  await blobs.get('file-a');
  await blobs.remove('file-a');
  expect(s3.problems).toEqual([]);
  const unsigned = await fetch(`${s3.url}/chat/a`);
  expect([unsigned.status, s3.problems]).toEqual([403, ['The signature is missing.']]);
});
