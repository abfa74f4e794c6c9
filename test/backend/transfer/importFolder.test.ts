import { describe, expect, it } from 'vitest';
import { createBackend } from '../../../src/backend/createBackend.js';
import { memoryStore } from '../../../src/backend/stores/memoryStore.js';
import type { Store } from '../../../src/backend/stores/Store.js';
import {
  importFolder,
  type ImportFolderOptions,
} from '../../../src/backend/transfer/importFolder.js';
import type { TransferProgress } from '../../../src/backend/transfer/createProgress.js';
import { memoryFolder } from '../../../src/backend/transfer/TransferFolder.js';
import { formatReport } from '../../../src/backend/transfer/TransferReport.js';
import {
  createExportedFile,
  createExportedThread,
  createExportFolder,
  putJson,
  readList,
  readThread,
} from './createExport.js';

const SETTINGS = {
  version: 'v2',
  messageCount: 4,
  runCount: 1,
  createdAt: 1_700_000_000,
  text: 'Hi',
  metadata: {},
} as const;
const createThread = (number: number, changes = {}) =>
  createExportedThread(number, { ...SETTINGS, ...changes });

function importFiles(
  files: ReadonlyMap<string, Uint8Array>,
  options: Partial<ImportFolderOptions> = {},
) {
  return importFolder({ folder: memoryFolder(files), store: memoryStore(), ...options });
}

const toBytes = (text: string) => new TextEncoder().encode(text);
const listThreadIds = async (store: Store) =>
  (await readList(createBackend({ store }), 'listThreads', 'v2')).map(({ id }) => id);

describe('an export', () => {
  it('keeps assistants with their tools, and says what they cannot do here', async () => {
    const store = memoryStore();
    const report = await importFiles(createExportFolder([]), { store });
    const [assistant] = await readList(createBackend({ store }), 'listAssistants', 'v2');
    expect(assistant).toMatchObject({
      id: 'asst_1',
      name: 'Ähre',
      tools: [{ type: 'code_interpreter' }, { type: 'file_search' }],
      metadata: { a: 'b' },
    });
    expect(report.problems).toMatchObject([
      { type: 'missing', where: 'asst_1', message: expect.stringContaining('code_interpreter') },
      { type: 'missing', where: 'asst_1', message: expect.stringContaining('vs_gone') },
    ]);
  });

  it('continues an imported thread with an imported assistant', async () => {
    const store = memoryStore();
    await importFiles(createExportFolder([createThread(1)]), { store });
    const backend = createBackend({ store });
    const response = await backend.fetch(
      new Request('http://backend.test/v1/threads/thread_1/runs', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ assistant_id: 'asst_1' }),
      }),
    );
    expect(response.status).toBe(200);
    await backend.idle();
    const { runs, messages } = await readThread(backend, 'thread_1', 'v2');
    expect(runs.at(-1)?.['status']).toBe('completed');
    expect(messages.length).toBeGreaterThan(4);
  });

  it('lists threads by age, although the files have another order', async () => {
    const store = memoryStore();
    const threads = [createThread(1, { createdAt: 30 }), createThread(2, { createdAt: 10 })];
    await importFiles(createExportFolder(threads), { store });
    expect(await listThreadIds(store)).toEqual(['thread_2', 'thread_1']);
  });

  it('stores runs that had not ended as expired, and says so', async () => {
    const thread = createThread(1);
    Object.assign(thread.runs[0] ?? {}, { status: 'requires_action', expires_at: 4_102_444_800 });
    const store = memoryStore();
    const report = await importFiles(createExportFolder([thread]), { store });
    const { runs } = await readThread(createBackend({ store }), 'thread_1', 'v2');
    expect(runs[0]).toMatchObject({ status: 'expired', required_action: null });
    expect(report.problems).toContainEqual(
      expect.objectContaining({ type: 'changed', where: 'run_1_0' }),
    );
  });

  it('reads what servers deviate in: milliseconds, missing nulls, texts without annotations', async () => {
    const files = new Map<string, Uint8Array>();
    putJson(files, 'threads/thread_1.json', {
      export_schema: 'assistants-thread-export/v1',
      thread: { id: 'thread_1', object: 'thread', created_at: 1_700_000_000_123 },
      messages: [
        {
          id: 'msg_1',
          role: 'user',
          content: [{ type: 'text', text: { value: 'Hi' } }],
          created_at: 7,
        },
      ],
    });
    const store = memoryStore();
    await importFiles(files, { store });
    const backend = createBackend({ store });
    expect(await readList(backend, 'listThreads', 'v2')).toMatchObject([
      { created_at: 1_700_000_000 },
    ]);
    expect((await readThread(backend, 'thread_1', 'v2')).messages).toMatchObject([
      { run_id: null, content: [{ text: { value: 'Hi', annotations: [] } }] },
    ]);
  });
});

describe('lists of the API', () => {
  it.each(['messages.json', 'messages.jsonl'])('become threads: %s', async (path) => {
    const { messages, runs, thread } = createThread(1);
    const files = new Map<string, Uint8Array>();
    const newestFirst = messages.toReversed();
    if (path.endsWith('.json')) {
      putJson(files, path, { object: 'list', data: newestFirst, has_more: false });
    } else {
      files.set(path, toBytes(newestFirst.map((one) => JSON.stringify(one)).join('\n')));
    }
    putJson(
      files,
      'runs.json',
      runs.map((run) => ({ ...run, steps: undefined })),
    );
    putJson(files, 'steps.json', {
      object: 'list',
      data: runs.flatMap(({ steps }) => steps.toReversed()),
    });
    putJson(files, 'thread.json', thread);
    const store = memoryStore();
    const report = await importFiles(files, { store });
    expect(report.problems).toEqual([]);
    expect(await readThread(createBackend({ store }), 'thread_1', 'v2')).toEqual({
      messages,
      runs,
    });
  });

  it('make a thread if its object is missing, and say so', async () => {
    const files = new Map<string, Uint8Array>();
    putJson(files, 'a.json', { data: createThread(1).messages });
    const store = memoryStore();
    const report = await importFiles(files, { store });
    expect(await readList(createBackend({ store }), 'listThreads', 'v2')).toMatchObject([
      { id: 'thread_1', created_at: 1_700_000_000 },
    ]);
    expect(report.problems).toMatchObject([{ type: 'missing', where: 'thread_1' }]);
  });
});

describe('bad input', () => {
  const good = () => createExportFolder([createThread(1)]);

  it.each<[string, Map<string, Uint8Array>]>([
    ['an empty folder', new Map()],
    ['a folder of photos', new Map([['a.jpg', new Uint8Array(5)]])],
  ])('refuses %s', async (_, files) => {
    await expect(importFiles(files)).rejects.toThrow('is not an export');
  });

  it.each<[string, string, Uint8Array]>([
    ['damaged JSON', 'JSON is damaged', toBytes('{"export_schema": "assistants-thread-ex')],
    ['an empty file', 'is empty', toBytes('')],
    ['bytes that are no text', 'not text in UTF-8', new Uint8Array([0xff, 0xfe, 0x80])],
    ['other JSON', 'no objects of the Assistants API', toBytes('{"name": "package"}')],
    [
      'a later format',
      "'assistants-thread-export/v2' is not known",
      toBytes('{"export_schema": "assistants-thread-export/v2"}'),
    ],
    [
      'a thread without an id',
      'no valid id',
      toBytes('{"export_schema": "assistants-thread-export/v1", "thread": {}}'),
    ],
    [
      'a thread that was not exported',
      'not_found_or_deleted',
      toBytes(
        '{"export_schema": "assistants-thread-export/v1", "thread_id": "thread_9", "thread": null, "errors": [{"error": "not_found_or_deleted"}]}',
      ),
    ],
  ])('skips %s with one line, and imports the rest', async (_, message, bytes) => {
    const store = memoryStore();
    const report = await importFiles(good().set('threads/thread_0.json', bytes), { store });
    const skipped = report.problems.filter(({ type }) => type === 'skipped');
    expect(skipped).toMatchObject([{ where: 'threads/thread_0.json' }]);
    expect(skipped[0]?.message).toContain(message);
    expect(await listThreadIds(store)).toEqual(['thread_1']);
  });

  it.each([
    ['no schema', '{"version": 2}', 'not in the format'],
    ['a schema that is not text', '{"export_schema": 7}', 'not in the format'],
    ['a list in place of an object', '[]', 'not in the format'],
    [
      'a later schema',
      '{"export_schema": "assistants-export-manifest/v2"}',
      "Known is 'assistants-export-manifest/v1'",
    ],
  ])('imports a folder whose manifest has %s, and says so', async (_, text, message) => {
    const store = memoryStore();
    const report = await importFiles(good().set('manifest.json', toBytes(text)), { store });
    const skipped = report.problems.filter(({ where }) => where === 'manifest.json');
    expect(skipped).toHaveLength(1);
    expect(skipped[0]?.message).toContain(message);
    expect(skipped[0]?.message).not.toContain('Leave it out');
    expect(await listThreadIds(store)).toEqual(['thread_1']);
  });

  it.each<[string, (thread: ReturnType<typeof createThread>) => void, string]>([
    [
      'a message without content',
      ({ messages }) =>
        void Object.assign(messages[1] ?? {}, {
          id: 'msg_x',
          content: [{ type: 'text', text: 7 }],
        }),
      "'content[0].text.value'",
    ],
    [
      'a message with a path as its id',
      ({ messages }) => void Object.assign(messages[1] ?? {}, { id: '../x' }),
      'no valid id',
    ],
    [
      'two messages with one id',
      ({ messages }) => void Object.assign(messages[1] ?? {}, { id: 'msg_1_0' }),
      'occurs twice',
    ],
    [
      'a message of another thread',
      ({ messages }) =>
        void Object.assign(messages[1] ?? {}, { id: 'msg_x', thread_id: 'thread_7' }),
      'another thread',
    ],
    [
      'a run without a status',
      ({ runs }) => void Object.assign(runs[0] ?? {}, { status: null }),
      "'status'",
    ],
    [
      'a step that is null',
      ({ runs }) => void Object.assign(runs[0] ?? {}, { steps: [null] }),
      'no valid id',
    ],
    [
      'a step that is a number',
      ({ runs }) => void Object.assign(runs[0] ?? {}, { steps: [7] }),
      'no valid id',
    ],
  ])('skips a thread with %s completely', async (_, change, message) => {
    const bad = createThread(1);
    change(bad);
    const store = memoryStore();
    const report = await importFiles(createExportFolder([bad, createThread(2)]), { store });
    expect(report.problems.filter(({ type }) => type === 'skipped')).toMatchObject([
      { where: 'thread_1', message: expect.stringContaining(message) },
    ]);
    expect(await listThreadIds(store)).toEqual(['thread_2']);
    expect(await store.count('messages')).toBe(4);
    expect(report.counts.threads).toEqual({ added: 1, present: 0, skipped: 1 });
  });

  it.each([
    ['lists', '[', ']'],
    ['objects', '{"data":', '}'],
    ['a thread', '{"id":"thread_9","object":"thread","created_at":1,"x":', '}'],
  ])('leaves out a file with %s that are nested too deeply', async (_, open, close) => {
    const depth = 20_000;
    const text = `${open.repeat(depth)}[]${close.repeat(depth)}`;
    const store = memoryStore();
    const files = createExportFolder([createThread(1)]);
    files.set('deep.json', new TextEncoder().encode(text));
    const report = await importFiles(files, { store });
    expect(report.problems.filter(({ type }) => type === 'skipped')).toMatchObject([
      { where: 'deep.json', message: 'The JSON is nested too deeply.' },
    ]);
    expect(await listThreadIds(store)).toEqual(['thread_1']);
  });

  it.each<[string, (thread: ReturnType<typeof createThread>) => object, number, string[]]>([
    [
      'lists of the API',
      ({ messages, runs }) => ({
        messages: { object: 'list', data: messages, has_more: false },
        runs: {
          object: 'list',
          data: runs.map((run) => ({ ...run, steps: { object: 'list', data: run.steps } })),
        },
      }),
      4,
      [],
    ],
    [
      'a first page only',
      ({ messages }) => ({ messages: { data: messages, has_more: true } }),
      4,
      ['The export lacks this list of messages: Only its first page was exported'],
    ],
    [
      'no list of messages',
      () => ({ messages: undefined }),
      0,
      ['The export lacks this list of messages: The file has none.'],
    ],
    [
      'a text as list',
      () => ({ runs: 'none' }),
      4,
      ['The export lacks this list of runs: It is not a list.'],
    ],
  ])('takes %s, and says what is missing', async (_, change, count, problems) => {
    const thread = createThread(1);
    const files = createExportFolder([]);
    putJson(files, 'threads/thread_1.json', {
      export_schema: 'assistants-thread-export/v1',
      ...thread,
      ...change(thread),
    });
    const store = memoryStore();
    const report = await importFiles(files, { store });
    expect(await store.count('messages')).toBe(count);
    expect(await store.count('steps')).toBe(problems.some((one) => one.includes('runs')) ? 0 : 2);
    const found = report.problems
      .map(({ message }) => message)
      .filter((one) => one.includes('this list'));
    expect(found).toEqual(problems.map((one) => expect.stringContaining(one)));
  });

  it.each([
    ['newest first', [3, 2, 1, 0]],
    ['in no order', [2, 0, 3, 1]],
  ])('stores messages that are %s oldest first', async (_, order) => {
    const thread = createThread(1);
    const messages = thread.messages.map((message, index) => ({
      ...message,
      created_at: 1_700_000_000 + index,
    }));
    thread.messages = order.flatMap((index) => messages[index] ?? []);
    const store = memoryStore();
    await importFiles(createExportFolder([thread]), { store });
    const { messages: stored } = await readThread(createBackend({ store }), 'thread_1', 'v2');
    expect(stored.map(({ id }) => id)).toEqual(messages.map(({ id }) => id));
  });

  it('ignores the attributes that macOS adds to each file', async () => {
    const files = good();
    for (const path of ['._assistants.json', '__MACOSX/threads/._thread_1.json'])
      files.set(path, new Uint8Array([0, 5, 22, 7]));
    expect((await importFiles(files)).problems.filter(({ type }) => type === 'skipped')).toEqual(
      [],
    );
  });

  it('takes a message that two pages repeat once', async () => {
    const thread = createThread(1);
    thread.messages.splice(2, 0, { ...thread.messages[1], id: 'msg_1_1' });
    const store = memoryStore();
    await importFiles(createExportFolder([thread]), { store });
    expect(await store.count('messages')).toBe(4);
  });

  it('takes a thread that two files have once', async () => {
    const files = good();
    files.set('threads/zzz.json', files.get('threads/thread_1.json') ?? new Uint8Array());
    const report = await importFiles(files);
    expect(report.problems.filter(({ type }) => type === 'skipped')).toMatchObject([
      {
        where: 'threads/zzz.json',
        message: expect.stringContaining('threads/thread_1.json already'),
      },
    ]);
  });

  it('refuses a file that is too large without reading it', async () => {
    const folder = memoryFolder(good());
    const report = await importFolder({
      store: memoryStore(),
      folder: {
        ...folder,
        async *list() {
          yield { path: 'threads/huge.json', bytes: 2 * 1024 ** 3 };
          yield* folder.list();
        },
      },
    });
    expect(report.problems).toContainEqual(
      expect.objectContaining({
        where: 'threads/huge.json',
        message: 'The file has 2048 MiB. The limit is 256 MiB.',
      }),
    );
    expect(report.counts.threads.added).toBe(1);
  });
});

describe('a store with other objects', () => {
  it.each(['asst_1', 'thread_1', 'msg_1_2', 'run_1_0', 'step_calls_run_1_0', 'file-1'])(
    'keeps its own %s',
    async (id) => {
      const store = memoryStore();
      // The same export with other contents, of which only one object has an id of the import.
      const other = JSON.stringify(
        [...createExportFolder([createThread(1)])].map(([path, bytes]) => [
          path,
          new TextDecoder().decode(bytes),
        ]),
      )
        .replaceAll(
          /\b(asst_1|thread_1|msg_1_\d+|run_1_0|file-1|step_(?:calls|message)_run_1_0|msg_of_run_1_0)\b/g,
          (found) => (found === id ? found : `other-${found}`),
        )
        .replaceAll('Ähre', 'Mine')
        .replaceAll('Hi ', 'Mine ')
        .replaceAll('\\"bytes\\": 5', '\\"bytes\\": 6');
      const entries = JSON.parse(other) as [string, string][];
      await importFiles(new Map(entries.map(([path, text]) => [path, toBytes(text)])), { store });
      const collections = ['assistants', 'threads', 'messages', 'runs', 'steps', 'files'] as const;
      const read = () => Promise.all(collections.map((name) => store.get(name, id)));
      const before = await read();
      expect(before.some((object) => object !== undefined)).toBe(true);
      const report = await importFiles(createExportFolder([createThread(1)]), { store });
      expect(report.problems.filter(({ type }) => type === 'skipped')).toHaveLength(1);
      expect(await read()).toEqual(before);
    },
  );

  it('keeps a thread that was continued after its import', async () => {
    const store = memoryStore();
    const files = createExportFolder([createThread(1)]);
    await importFiles(files, { store });
    const thread = await store.get('threads', 'thread_1');
    if (thread === undefined) throw new Error('The thread is missing.');
    const object = { ...thread, metadata: { title: 'Mine' } };
    await store.write([{ type: 'put', collection: 'threads', object }]);
    const report = await importFiles(files, { store });
    expect(report.counts.threads).toEqual({ added: 0, present: 1, skipped: 0 });
    expect(await store.get('threads', 'thread_1')).toEqual(object);
  });
});

describe('contents of files', () => {
  const originals = (files: [string, string][]) =>
    memoryFolder(new Map(files.map(([path, text]) => [path, toBytes(text)])), 'originals');
  const read = async (store: Store) => {
    const bytes = await store.getContent('file-1');
    return bytes && new TextDecoder().decode(bytes);
  };

  it('are missing in an export of the service, and can be added later', async () => {
    const store = memoryStore();
    const files = createExportFolder([createThread(1)]);
    const first = await importFiles(files, { store });
    expect(first.missingContents).toEqual([{ id: 'file-1', filename: 'file-1.txt', bytes: 5 }]);
    expect(formatReport(first)).toContain('--files FOLDER');
    const second = await importFiles(files, {
      store,
      originals: originals([
        ['old/file-1.txt', 'other size'],
        ['new/file-1.txt', 'right'],
        ['b.txt', 'wrong'],
      ]),
    });
    expect(second).toMatchObject({
      missingContents: [],
      counts: { contents: { added: 1 }, files: { present: 1 } },
    });
    expect(await read(store)).toBe('right');
    const third = await importFiles(files, {
      store,
      originals: originals([['file-1.txt', 'wrong']]),
    });
    expect(third.counts.contents).toEqual({ added: 0, present: 1, skipped: 0 });
    expect(await read(store)).toBe('right');
  });

  it('are not guessed if two originals differ', async () => {
    const files = createExportFolder([createThread(1)]);
    const store = memoryStore();
    const report = await importFiles(files, {
      store,
      originals: originals([
        ['a/file-1.txt', 'right'],
        ['b/file-1.txt', 'wrong'],
      ]),
    });
    expect(report.problems).toContainEqual(
      expect.objectContaining({
        where: 'file-1',
        message: expect.stringContaining('a/file-1.txt'),
      }),
    );
    expect(await read(store)).toBeUndefined();
  });

  it('are read from the folder of an export', async () => {
    const store = memoryStore();
    const files = createExportFolder([createThread(1)]).set('files/file-1', toBytes('right'));
    putJson(files, 'files.json', [createExportedFile('file-1'), createExportedFile('file-2')]);
    const report = await importFiles(files, { store });
    expect(await read(store)).toBe('right');
    expect(report.missingContents.map(({ id }) => id)).toEqual(['file-2']);
  });
});

describe('a dry run', () => {
  it('reports the same as the import, and writes nothing', async () => {
    const store = memoryStore();
    const clash = createThread(2);
    clash.messages[0] = { ...clash.messages[0], id: 'msg_1_0' };
    const files = createExportFolder([createThread(1), clash]);
    const dry = await importFiles(files, { store, dryRun: true });
    expect(await store.count('threads')).toBe(0);
    const real = await importFiles(files, { store });
    expect({ ...dry, isDryRun: false }).toEqual(real);
    expect(formatReport(dry)).toContain('1 would be added');
  });
});

it('reports progress with the number of threads and the time left', async () => {
  const steps: TransferProgress[] = [];
  let now = 0;
  await importFiles(createExportFolder([createThread(1), createThread(2)]), {
    onProgress: (progress) => steps.push(progress),
    now() {
      now += 1_000;
      return now;
    },
  });
  expect(steps.map(({ threads }) => threads?.done ?? 'reading')).toEqual([
    'reading',
    'reading',
    'reading',
    'reading',
    1,
    2,
  ]);
  const shares = steps.map(({ share }) => share);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(steps.every(({ remainingMs }) => Number(remainingMs) > 0 || remainingMs === 0)).toBe(true);
});

it('stops when the signal aborts, and the same import continues', async () => {
  const store = memoryStore();
  const files = createExportFolder([createThread(1), createThread(2)]);
  const controller = new AbortController();
  const stopped = importFiles(files, {
    store,
    signal: controller.signal,
    onProgress: ({ threads }) => {
      if (threads?.done === 1) controller.abort(new Error('Stopped.'));
    },
  });
  await expect(stopped).rejects.toThrow('Stopped.');
  expect(await listThreadIds(store)).toEqual(['thread_1']);
  await importFiles(files, { store });
  expect(await listThreadIds(store)).toEqual(['thread_1', 'thread_2']);
});

it('passes errors of the store on', async () => {
  const store = { ...memoryStore(), write: () => Promise.reject(new Error('No space left.')) };
  await expect(importFiles(createExportFolder([createThread(1)]), { store })).rejects.toThrow(
    'No space left.',
  );
});

it('shows no control characters of the input in the report', async () => {
  const files = createExportFolder([createThread(1)]);
  putJson(files, 'f.json', { ...createExportedFile('file-9'), filename: 'a\u001b[2Jb\n\u202e' });
  const text = formatReport(await importFiles(files));
  expect(text).toContain('a [2Jb');
  expect(text).not.toMatch(/[^\P{C}\n]/u);
});
