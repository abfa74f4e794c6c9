import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createAssistantsClient } from '../../src/client/createAssistantsClient.js';
import { listen } from './listen.js';
import { anAnswer, recordingFetch, getRejection } from './recordingFetch.js';

const body = { assistant_id: 'asst_1', stream: true };

test('uploads the name and the bytes of a file unchanged', async () => {
  const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256);
  const url = await listen(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const headers = { 'content-type': incoming.headers['content-type'] ?? '' };
    const form = await new Request(`http://localhost${incoming.url}`, {
      method: 'POST',
      headers,
      body: Buffer.concat(chunks),
    }).formData();
    const file = form.get('file') as File;
    const hash = createHash('sha256')
      .update(Buffer.from(await file.arrayBuffer()))
      .digest('hex');
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        ...anAnswer,
        names: [...form.keys()],
        purpose: form.get('purpose'),
        filename: file.name,
        type: file.type,
        hash,
      }),
    );
  });
  const file = new File([bytes], 'Übung "1".csv', { type: 'text/csv' });
  const answer = await createAssistantsClient({ baseUrl: url }).uploadFile({
    body: { file, purpose: 'assistants' },
  });
  expect(answer).toMatchObject({
    names: ['file', 'purpose'],
    purpose: 'assistants',
    filename: 'Übung "1".csv',
    type: 'text/csv',
    hash: createHash('sha256').update(bytes).digest('hex'),
  });
});

test('omits upload fields that are undefined', async () => {
  const { fetch, requests } = recordingFetch();
  const upload = { file: new Blob(['x']), purpose: undefined } as unknown as {
    file: Blob;
    purpose: string;
  };
  await createAssistantsClient({ baseUrl: 'https://host.test', fetch }).uploadFile({
    body: upload,
  });
  expect([...((await requests[0]?.formData())?.keys() ?? [])]).toEqual(['file']);
});

test('uploads without progress events in runtimes without XMLHttpRequest', async () => {
  const url = await listen((request, response) => {
    request.resume().on('end', () => response.end('{"id": "file-1"}'));
  });
  const shares: number[] = [];
  const client = createAssistantsClient({ baseUrl: url });
  const upload = { file: new Blob(['x']), purpose: 'assistants' };
  const answer = await client.uploadFile(
    { body: upload },
    { onUploadProgress: (share) => shares.push(share) },
  );
  expect(answer.id).toBe('file-1');
  expect(shares).toEqual([]);
});

test('resolves getFileContent with a Blob of the same bytes and type', async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  const url = await listen((_, response) => {
    response.setHeader('content-type', 'image/png');
    response.end(bytes);
  });
  const blob = await createAssistantsClient({ baseUrl: url }).getFileContent({ fileId: 'file-1' });
  expect(blob).toBeInstanceOf(Blob);
  expect(blob.type).toBe('image/png');
  expect(new Uint8Array(await blob.arrayBuffer())).toEqual(bytes);
});

test('resolves getFileContent with an empty Blob for an empty file', async () => {
  const url = await listen((_, response) => void response.setHeader('content-length', '0').end());
  expect(
    (await createAssistantsClient({ baseUrl: url }).getFileContent({ fileId: 'file-1' })).size,
  ).toBe(0);
});

test('resolves stream before the first event arrives', async () => {
  const url = await listen((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' }).flushHeaders();
  });
  const response = await createAssistantsClient({ baseUrl: url }).stream('createRun', {
    threadId: 't',
    body,
  });
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  await response.body?.cancel();
});

test.each([
  ['createRun', { threadId: 't', body }, '/threads/t/runs'],
  ['createThreadAndRun', { body }, '/threads/runs'],
  [
    'submitToolOutputsToRun',
    { threadId: 't', runId: 'r', body: { tool_outputs: [], stream: true } },
    '/threads/t/runs/r/submit_tool_outputs',
  ],
] as const)('streams %s', async (id, params, path) => {
  const { fetch, requests } = recordingFetch(
    () => new Response('', { headers: { 'content-type': 'Text/Event-Stream' } }),
  );
  const client = createAssistantsClient({ baseUrl: 'https://host.test', fetch });
  await client.stream(id, params as never);
  const [request] = requests;
  expect(`${request?.method} ${new URL(request?.url ?? '').pathname}`).toBe(`POST ${path}`);
  expect(request?.headers.get('accept')).toBe(
    'text/event-stream, text/event-stream;extensions=reasoning, application/json',
  );
  expect(await request?.json()).toEqual(params.body);
});

test('resolves stream with the JSON response of a server that cannot stream', async () => {
  const { fetch } = recordingFetch(() => Response.json({ id: 'run_1', status: 'queued' }));
  const response = await createAssistantsClient({ baseUrl: 'https://host.test', fetch }).stream(
    'createRun',
    { threadId: 't', body },
  );
  expect(await response.json()).toEqual({ id: 'run_1', status: 'queued' });
});

test.each(['text/html', 'text/plain', ''])(
  'rejects and cancels a stream of content type %o',
  async (type) => {
    let isCancelled = false;
    const page = new ReadableStream({
      cancel() {
        isCancelled = true;
      },
    });
    const { fetch } = recordingFetch(
      () =>
        new Response(page, {
          headers: { ...(type && { 'content-type': type }), 'x-request-id': 'req_1' },
        }),
    );
    const client = createAssistantsClient({ baseUrl: 'https://host.test', fetch });
    const error = await getRejection(client.stream('createRun', { threadId: 't', body }));
    expect(error).toMatchObject({
      kind: 'protocol',
      status: 200,
      requestId: 'req_1',
      operation: 'createRun',
      retryable: false,
    });
    expect(isCancelled).toBe(true);
  },
);

test('rejects a stream with an error status', async () => {
  const { fetch } = recordingFetch(() =>
    Response.json({ error: { message: 'No.' } }, { status: 404 }),
  );
  const client = createAssistantsClient({ baseUrl: 'https://host.test', fetch });
  expect(await getRejection(client.stream('createRun', { threadId: 't', body }))).toMatchObject({
    kind: 'http',
    status: 404,
    message: 'No.',
  });
});
