import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { listFileBombs } from '../fileBombs.js';
import { startServer } from '../crash/startServer.js';

test('a built server answers and stops while a file keeps its reader busy', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'assistants-react-bomb-'));
  const server = await startServer(join(folder, 'chat.sqlite'), '--shutdown-seconds', '0');
  try {
    const bomb = listFileBombs('large').find(({ name }) => name === 'PDF with 400000 times q');
    const form = new FormData();
    form.set('purpose', 'assistants');
    form.set('file', new File([bomb?.create() ?? ''], 'a.pdf'));
    const { body: file } = await server.send('POST', '/files', form);
    const { body: assistant } = await server.send('POST', '/assistants', {
      model: 'm',
      tools: [{ type: 'file_search' }],
    });
    const attachments = [{ file_id: file.id, tools: [{ type: 'file_search' }] }];
    const { body: run } = await server.send('POST', '/threads/runs', {
      assistant_id: assistant.id,
      thread: { messages: [{ role: 'user', content: 'Search my files for tea.', attachments }] },
    });
    const path = `/threads/${run.thread_id}/runs/${run.id}`;
    await vi.waitFor(async () => {
      const { body } = await server.send('GET', `${path}/steps`);
      expect(body.data).toHaveLength(1);
    });
    expect((await server.send('GET', path)).body.status).toBe('in_progress');
    // 0: the signal was handled. The file alone takes minutes.
    expect(await server.stop()).toBe(0);
  } finally {
    await server.kill();
    await rm(folder, { recursive: true });
  }
});
