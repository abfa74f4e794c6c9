import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assertProperty } from '../../assertProperty.js';
import { createBackend } from '../../../src/backend/createBackend.js';
import { memoryStore } from '../../../src/backend/stores/memoryStore.js';
import type { Store } from '../../../src/backend/stores/Store.js';
import { exportStore } from '../../../src/backend/transfer/exportStore.js';
import { importFolder } from '../../../src/backend/transfer/importFolder.js';
import { memoryFolder } from '../../../src/backend/transfer/TransferFolder.js';
import {
  createExportedThread,
  createExportFolder,
  type ExportedThread,
  readList,
  readThread,
  type ThreadSettings,
} from './createExport.js';

const metadata = fc.dictionary(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((key) => key !== '__proto__'),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  { maxKeys: 4 },
);
const settings: fc.Arbitrary<ThreadSettings> = fc.record({
  version: fc.constantFrom('v1' as const, 'v2' as const),
  messageCount: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 1, max: 12 }) },
    { weight: 1, arbitrary: fc.integer({ min: 100, max: 2_000 }) },
  ),
  runCount: fc.integer({ min: 0, max: 3 }),
  createdAt: fc.constantFrom(
    0,
    1,
    1_700_000_000,
    1_700_000_001,
    2 ** 31 - 1,
    2 ** 31,
    4_102_444_800,
  ),
  text: fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('日本語 👩‍👩‍👧', 'a\u2028b', '')),
  metadata,
});
const exportedThreads = fc
  .array(settings, { minLength: 1, maxLength: 8 })
  .map((list) => list.map((one, index) => createExportedThread(index, one)));

/** Each list of the API equals the objects of the export, in the version of the export. */
async function expectEqualLists(store: Store, threads: readonly ExportedThread[]): Promise<void> {
  const backend = createBackend({ store });
  const byAge = threads.toSorted(
    (a, b) => Number(a.thread['created_at']) - Number(b.thread['created_at']),
  );
  const listed = await readList(backend, 'listThreads', 'v2');
  expect(listed.map(({ id }) => id)).toEqual(byAge.map(({ thread }) => thread.id));
  for (const { version, thread, messages, runs } of threads) {
    const [found] = (await readList(backend, 'listThreads', version)).filter(
      ({ id }) => id === thread.id,
    );
    expect(found).toEqual(thread);
    expect(await readThread(backend, thread.id, version)).toEqual({ messages, runs });
  }
}

/** Returns everything that a store has, in its order. */
async function readStore(store: Store) {
  const limit = Number.MAX_SAFE_INTEGER;
  const collections = ['assistants', 'threads', 'messages', 'runs', 'steps', 'files'] as const;
  const lists = await Promise.all(
    collections.map((name) => store.list(name, { order: 'asc', limit })),
  );
  return lists.map((page) => page?.data);
}

/** Wraps a store so that it fails before or after one of its writes, like a process that is killed. */
function createFailingStore(store: Store, failAt: number, isWritten: boolean): Store {
  let count = 0;
  return {
    ...store,
    async write(changes) {
      count += 1;
      if (count !== failAt) return store.write(changes);
      if (isWritten) await store.write(changes);
      throw new Error('Killed.');
    },
  };
}

function ignoreKill(error: Error): void {
  if (error.message !== 'Killed.') throw error;
}

it('imports generated threads, again, after interruptions, and from an export of its own', async () => {
  await assertProperty(
    fc.asyncProperty(
      exportedThreads,
      fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.boolean()), { maxLength: 5 }),
      async (threads, kills) => {
        const folder = memoryFolder(createExportFolder(threads));
        const store = memoryStore();
        const first = await importFolder({ folder, store });
        expect(first.counts.threads).toEqual({ added: threads.length, present: 0, skipped: 0 });
        await expectEqualLists(store, threads);

        const whole = await readStore(store);
        const second = await importFolder({ folder, store });
        expect(second.counts.threads).toEqual({ added: 0, present: threads.length, skipped: 0 });
        expect(second.problems).toEqual([]);
        expect(await readStore(store)).toEqual(whole);

        const interrupted = memoryStore();
        for (const [failAt, isWritten] of kills) {
          const failing = createFailingStore(interrupted, failAt, isWritten);
          await importFolder({ folder, store: failing }).catch(ignoreKill);
        }
        await importFolder({ folder, store: interrupted });
        expect(await readStore(interrupted)).toEqual(whole);

        const exported = new Map<string, Uint8Array>();
        await exportStore({
          store,
          folder: { write: async (path, bytes) => void exported.set(path, bytes) },
        });
        const copy = memoryStore();
        await importFolder({ folder: memoryFolder(exported), store: copy });
        expect(await readStore(copy)).toEqual(whole);
      },
    ),
    { name: 'importFolder', full: 200, small: 15 },
  );
});
