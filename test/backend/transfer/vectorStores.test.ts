import { expect, it } from 'vitest';
import { memoryStore } from '../../../src/backend/stores/memoryStore.js';
import { exportStore } from '../../../src/backend/transfer/exportStore.js';
import { importFolder } from '../../../src/backend/transfer/importFolder.js';
import { memoryFolder } from '../../../src/backend/transfer/TransferFolder.js';
import { createTestBackend } from '../createTestBackend.js';

it('moves vector stores with their files, and adds nothing when it is repeated', async () => {
  const store = memoryStore();
  const { backend, create, send, upload } = createTestBackend({ store });
  const [text, image] = [await upload('a.txt', 'Tea'), await upload('b.png', '\u0000\u0001')];
  const id = await create('/v1/vector_stores', { name: 'Notes', file_ids: [image] });
  await create(`/v1/vector_stores/${id}/files`, { file_id: text, attributes: { year: 2026 } });
  await create('/v1/assistants', { model: 'm' });
  await backend.idle();

  const files = new Map<string, Uint8Array>();
  const folder = memoryFolder(files);
  const write = async (path: string, bytes: Uint8Array) => void files.set(path, bytes);
  await exportStore({ store, folder: { ...folder, write } });
  const target = memoryStore();
  const first = await importFolder({ folder, store: target });
  const second = await importFolder({ folder, store: target });
  expect([first.problems, second.problems]).toEqual([[], []]);

  const moved = createTestBackend({ store: target });
  for (const path of ['', '/files?order=asc', `/files/${text}`]) {
    const original = await send('GET', `/v1/vector_stores/${id}${path}`);
    expect(original.status).toBe(200);
    expect((await moved.send('GET', `/v1/vector_stores/${id}${path}`)).body).toEqual(original.body);
  }
});
