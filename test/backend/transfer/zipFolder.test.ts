import { zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { importFolder } from '../../../src/backend/transfer/importFolder.js';
import { zipFolder } from '../../../src/backend/transfer/zipFolder.js';
import { memoryStore } from '../../../src/backend/stores/memoryStore.js';

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

function createThread(id: string, text = 'Hello') {
  return encode({
    export_schema: 'assistants-thread-export/v1',
    thread_id: id,
    thread: { id, object: 'thread', created_at: 1_700_000_000, metadata: {} },
    messages: [
      {
        id: `msg_of_${id}`,
        object: 'thread.message',
        thread_id: id,
        created_at: 1_700_000_001,
        role: 'user',
        content: [{ type: 'text', text: { value: text, annotations: [] } }],
      },
    ],
    runs: [],
  });
}

/** Imports a zip file with these files. Returns the report and the ids of the threads in the store. */
async function importZip(files: Record<string, Uint8Array>) {
  const store = memoryStore();
  const report = await importFolder({ folder: await zipFolder(zipSync(files)), store });
  const page = await store.list('threads', { order: 'asc', limit: 100 });
  return { report, ids: page?.data.map(({ id }) => id) };
}

it('imports a zip file, with or without a folder around the export', async () => {
  const threads = { 'threads/thread_a.json': createThread('thread_a') };
  expect((await importZip(threads)).ids).toEqual(['thread_a']);
  const wrapped = {
    'my export/threads/thread_a.json': createThread('thread_a'),
    'my export/files/file-a': new Uint8Array([1]),
    '__MACOSX/my export/._thread_a.json': new Uint8Array([1]),
    'my export/.DS_Store': new Uint8Array([1]),
  };
  expect((await importZip(wrapped)).ids).toEqual(['thread_a']);
});

it('imports whole threads only, and says which files are damaged or repeated', async () => {
  const { report, ids } = await importZip({
    'threads/a.json': createThread('thread_a'),
    'threads/again.json': createThread('thread_a', 'Another text'),
    'threads/damaged.json': createThread('thread_b').slice(0, 200),
  });
  expect(ids).toEqual(['thread_a']);
  expect(report.problems.map(({ where }) => where)).toEqual([
    'threads/again.json',
    'threads/damaged.json',
  ]);
});

it('stops at the limit of a zip bomb, whose declared sizes are lies', async () => {
  const bomb = zipSync({ 'threads/a.json': new Uint8Array(8 * 1024 * 1024) }, { level: 9 });
  const lying = bomb.slice();
  // The size in the header of the file: offset 22 of its local header.
  lying.set([1, 0, 0, 0], 22);
  for (const zip of [bomb, lying]) {
    await expect(zipFolder(zip, { name: 'b.zip', maxBytes: 1024 * 1024 })).rejects.toThrow(
      'b.zip unpacks to more than 1 MiB. Import it in parts.',
    );
  }
});

it.each([
  ['is not a zip file', new TextEncoder().encode('{"data": []}')],
  ['is not a zip file', new Uint8Array()],
  ['is incomplete', zipSync({ 'a.json': createThread('thread_a') }).slice(0, 120)],
  ['is damaged', withoutFirstFile(zipSync({ 'a.json': encode(1), 'b.json': encode(2) }))],
  ['is damaged or encrypted', damage(zipSync({ 'a.json': createThread('thread_a') }))],
])('says that the file %s', async (message, bytes) => {
  await expect(zipFolder(bytes)).rejects.toThrow(message);
});

it('limits the number of files', async () => {
  const zip = zipSync({ 'a.json': encode(1), 'b.json': encode(2), 'c.json': encode(3) });
  await expect(zipFolder(zip, { maxFiles: 2 })).rejects.toThrow('more than 2 files');
});

it('says that a zip file without an export is none', async () => {
  await expect(importZip({ 'photo.png': new Uint8Array([1]) })).rejects.toThrow('is not an export');
});

/** Overwrites the compressed data. */
function damage(zip: Uint8Array): Uint8Array {
  return zip.fill(0xff, 40, 80);
}

/** Removes the first file, and keeps the end that lists it. */
function withoutFirstFile(zip: Uint8Array): Uint8Array {
  const second = zip.findIndex(
    (byte, index) => index > 0 && byte === 0x50 && zip[index + 1] === 0x4b && zip[index + 2] === 3,
  );
  return zip.slice(second);
}
