import { expect, it } from 'vitest';
import { createBackend, type Backend } from '../../../src/backend/createBackend.js';
import { scriptedModel } from '../../../src/backend/models/scripted/scriptedModel.js';
import { memoryStore } from '../../../src/backend/stores/memoryStore.js';
import { importFolder } from '../../../src/backend/transfer/importFolder.js';
import { memoryFolder } from '../../../src/backend/transfer/TransferFolder.js';

type Fields = Record<string, unknown>;

/** Server that an exporter knows: base URL, and headers and query of each request. */
interface Dialect {
  baseUrl: string;
  headers: Record<string, string>;
  query: Record<string, string>;
}

const OPENAI: Dialect = {
  baseUrl: 'http://server.test/v1',
  headers: { authorization: 'Bearer sk-1', 'openai-beta': 'assistants=v2' },
  query: {},
};
const AZURE: Dialect = {
  baseUrl: 'http://server.test/openai',
  headers: { 'api-key': 'sk-1' },
  query: { 'api-version': '2024-05-01-preview' },
};

/**
 * Exports as the public exporter of the format does, which only reads: all assistants, and of given threads the messages and runs
 * in ascending order with 100 on a page, the steps of each run, and the metadata of the files that they name.
 */
async function exportServer(
  { fetch }: Backend,
  { baseUrl, headers, query }: Dialect,
  threadIds: readonly string[],
): Promise<Map<string, Uint8Array>> {
  async function read(
    path: string,
    more: Record<string, string> = {},
  ): Promise<Fields | undefined> {
    const params = new URLSearchParams({ ...more, ...query });
    const response = await fetch(new Request(`${baseUrl}${path}?${params}`, { headers }));
    if (response.status === 404) return undefined;
    expect(response.status).toBe(200);
    return (await response.json()) as Fields;
  }

  async function readAll(path: string): Promise<Fields[]> {
    const items: Fields[] = [];
    let after: string | undefined;
    while (true) {
      const cursor: Record<string, string> = after === undefined ? {} : { after };
      const page = await read(path, { order: 'asc', limit: '100', ...cursor });
      items.push(...((page?.['data'] ?? []) as Fields[]));
      if (page?.['has_more'] !== true) return items;
      after = String(page['last_id']);
    }
  }

  const files = new Map<string, Uint8Array>();
  const write = (path: string, value: unknown) =>
    files.set(path, new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`));
  write('assistants.json', await readAll('/assistants'));
  for (const id of threadIds) {
    const thread = await read(`/threads/${id}`);
    const errors: Fields[] = [];
    if (thread === undefined)
      errors.push({ object: 'thread', id, error: 'not_found_or_deleted', detail: '404' });
    const messages = thread === undefined ? [] : await readAll(`/threads/${id}/messages`);
    const runs = thread === undefined ? [] : await readAll(`/threads/${id}/runs`);
    for (const run of runs)
      run['steps'] = await readAll(`/threads/${id}/runs/${String(run['id'])}/steps`);
    const metadata: Fields = {};
    for (const fileId of new Set(JSON.stringify([messages, runs]).match(/file-\w+/g)))
      metadata[fileId] = await read(`/files/${fileId}`);
    write(`threads/${id}.json`, {
      export_schema: 'assistants-thread-export/v1',
      thread_id: id,
      thread: thread ?? null,
      messages,
      runs,
      files: metadata,
      errors,
    });
  }
  write('manifest.json', {
    export_schema: 'assistants-export-manifest/v1',
    base_url: baseUrl,
    threads_requested: threadIds.length,
  });
  return files;
}

/**
 * Creates a server with a thread of all kinds of objects: pages of messages, calls, a search, citations and a file of
 * the model.
 */
async function createSource() {
  const backend = createBackend({
    apiKeys: ['sk-1'],
    model: scriptedModel([
      {
        when: /weather/,
        say: { call: 'get_weather', with: { city: 'Oslo' } },
        after: 'It rains. ☔',
      },
      {
        say: { search: 'oolong' },
        after: ['Three minutes. ', { attach: 'table.csv', content: 'tea,minutes' }],
      },
    ]),
  });
  const send = async (path: string, body: object | FormData): Promise<Fields> => {
    const isForm = body instanceof FormData;
    const response = await backend.fetch(
      new Request(`${OPENAI.baseUrl}${path}`, {
        method: 'POST',
        headers: { ...OPENAI.headers, ...(isForm ? {} : { 'content-type': 'application/json' }) },
        body: isForm ? body : JSON.stringify(body),
      }),
    );
    expect(response.status).toBe(200);
    return (await response.json()) as Fields;
  };
  const form = new FormData();
  form.set('purpose', 'assistants');
  form.set('file', new File(['Oolong takes three minutes.'], 'teä.md'));
  const file = await send('/files', form);
  const assistant = await send('/assistants', {
    model: 'm',
    tools: [{ type: 'file_search' }, { type: 'function', function: { name: 'get_weather' } }],
    metadata: { team: 'tea' },
  });
  const attachments = [{ file_id: file['id'], tools: [{ type: 'file_search' }] }];
  const thread = await send('/threads', {
    metadata: { topic: '🫖' },
    messages: [{ role: 'user', content: 'How long does oolong take?', attachments }],
  });
  const path = `/threads/${String(thread['id'])}`;
  const run = async (): Promise<Fields> => {
    const created = await send(`${path}/runs`, { assistant_id: assistant['id'] });
    await backend.idle();
    return created;
  };
  await run();
  for (let index = 0; index < 105; index++)
    await send(`${path}/messages`, { role: 'user', content: `Line ${index}` });
  await send(`${path}/messages`, { role: 'user', content: 'What is the weather?' });
  const waiting = await run();
  const pending = await backend.fetch(
    new Request(`${OPENAI.baseUrl}${path}/runs/${String(waiting['id'])}`, OPENAI),
  );
  const { required_action: action } = (await pending.json()) as {
    required_action: { submit_tool_outputs: { tool_calls: { id: string }[] } };
  };
  await send(`${path}/runs/${String(waiting['id'])}/submit_tool_outputs`, {
    tool_outputs: action.submit_tool_outputs.tool_calls.map(({ id }) => ({
      tool_call_id: id,
      output: 'Rain',
    })),
  });
  await backend.idle();
  return { backend, threadId: String(thread['id']) };
}

it.each([
  ['OpenAI', OPENAI],
  ['Azure OpenAI', AZURE],
])(
  'imports what an exporter for %s reads from a server, to an equal server',
  async (_, dialect) => {
    const { backend, threadId } = await createSource();
    const exported = await exportServer(backend, dialect, [threadId, 'thread_gone']);
    const store = memoryStore();
    const report = await importFolder({ folder: memoryFolder(exported), store });
    expect(report.counts.threads.added).toBe(1);
    expect(report.problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('could not read the thread thread_gone'),
    ]);
    // Exporters read metadata only.
    const missing = report.missingContents.map(({ filename }) => filename);
    expect(missing.toSorted()).toEqual(['table.csv', 'teä.md']);
    const copy = createBackend({ store, apiKeys: ['sk-1'] });
    const again = await exportServer(copy, dialect, [threadId, 'thread_gone']);
    const decode = (files: Map<string, Uint8Array>) =>
      [...files].map(([path, bytes]) => [
        path,
        JSON.parse(new TextDecoder().decode(bytes)) as unknown,
      ]);
    expect(decode(again)).toEqual(decode(exported));
    const text = JSON.stringify(decode(exported));
    for (const part of ['file_search', 'get_weather', 'Line 104', '☔', 'teä.md'])
      expect(text).toContain(part);
  },
);

it('accepts the empty list of a server without assistants', async () => {
  const exported = await exportServer(createBackend({ apiKeys: ['sk-1'] }), OPENAI, []);
  exported.set(
    'threads.json',
    new TextEncoder().encode('[{"id":"thread_1","object":"thread","created_at":1,"metadata":{}}]'),
  );
  const report = await importFolder({ folder: memoryFolder(exported), store: memoryStore() });
  expect(report.problems).toEqual([]);
  expect(report.counts.threads.added).toBe(1);
});
