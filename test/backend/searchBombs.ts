import { scriptedModel } from '../../src/backend/models/scripted/scriptedModel.js';
import type { FileLimits } from '../../src/backend/search/fileLimits.js';
import { serve } from '../../src/backend/server/serve.js';
import type { FileObject, Run, RunStep } from '../../src/protocol/types.js';
import type { FileBomb } from './fileBombs.js';

/** Report of a search. */
export interface BombReport {
  run: Run;
  file: FileObject;
  steps: RunStep[];
  /** Statuses of the health checks that were sent while the run was active, at least one. */
  health: number[];
}

/** Server that searches every file that it gets. */
export interface BombServer {
  search(bomb: FileBomb): Promise<BombReport>;
  /** Cancels the run while it searches, after some health checks. Fails if the search ends first. */
  searchAndCancel(bomb: FileBomb): Promise<Pick<BombReport, 'run' | 'health'>>;
  close(): Promise<void>;
}

/** Starts a server in this process, so that a file that blocks it also blocks the test. */
export async function startBombServer(limits: Partial<FileLimits>): Promise<BombServer> {
  const server = await serve({
    log: () => {},
    limits: { files: limits },
    model: scriptedModel([
      {
        say: { search: 'green tea' },
        after: ({ passages }) => `Found ${passages.length}.`,
      },
    ]),
  });

  async function request<T>(method: string, path: string, body?: object | FormData): Promise<T> {
    const isForm = body instanceof FormData;
    const response = await fetch(`${server.url}/v1${path}`, {
      method,
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      headers: isForm || body === undefined ? {} : { 'content-type': 'application/json' },
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  const assistant = await request<{ id: string }>('POST', '/assistants', {
    model: 'm',
    tools: [{ type: 'file_search' }],
  });

  async function startRun({ filename, create }: FileBomb): Promise<{ run: Run; fileId: string }> {
    const form = new FormData();
    form.set('purpose', 'assistants');
    form.set('file', new File([create()], filename));
    const { id: fileId } = await request<FileObject>('POST', '/files', form);
    const attachments = [{ file_id: fileId, tools: [{ type: 'file_search' }] }];
    const run = await request<Run>('POST', '/threads/runs', {
      assistant_id: assistant.id,
      thread: { messages: [{ role: 'user', content: 'tea?', attachments }] },
    });
    return { run, fileId };
  }

  const getRun = ({ thread_id: threadId, id }: Run) =>
    request<Run>('GET', `/threads/${threadId}/runs/${id}`);

  return {
    async search(bomb) {
      const { run, fileId } = await startRun(bomb);
      const health: number[] = [];
      let current = run;
      do {
        health.push((await fetch(`${server.url}/health`)).status);
        current = await getRun(run);
      } while (current.status === 'queued' || current.status === 'in_progress');
      const { data: steps } = await request<{ data: RunStep[] }>(
        'GET',
        `/threads/${run.thread_id}/runs/${run.id}/steps?order=asc`,
      );
      const file = await request<FileObject>('GET', `/files/${fileId}`);
      return { run: current, file, steps, health };
    },

    async searchAndCancel(bomb) {
      const { run } = await startRun(bomb);
      const health: number[] = [];
      while (health.length < 4) health.push((await fetch(`${server.url}/health`)).status);
      await request('POST', `/threads/${run.thread_id}/runs/${run.id}/cancel`);
      let current = await getRun(run);
      while (current.status === 'cancelling') current = await getRun(run);
      return { run: current, health };
    },

    close: () => server.close({ deadlineMs: 0 }),
  };
}
