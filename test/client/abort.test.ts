import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createAssistantsClient } from '../../src/client/createAssistantsClient.js';
import { raceWithAbort } from '../../src/client/raceWithAbort.js';
import { listen } from './listen.js';
import { anAnswer, recordingFetch, getRejection } from './recordingFetch.js';

const baseUrl = 'https://host.test';
const aborted = {
  name: 'AssistantsError',
  kind: 'aborted',
  message: 'getThread was aborted.',
  retryable: false,
};
const reason = new Error('The user left the page.');

test('sends nothing if the signal is aborted already', async () => {
  const { fetch, requests } = recordingFetch();
  const client = createAssistantsClient({ baseUrl, fetch });
  const error = await getRejection(
    client.getThread({ threadId: 't' }, { signal: AbortSignal.abort(reason) }),
  );
  expect(error).toMatchObject({ ...aborted, operation: 'getThread', cause: reason });
  expect(requests).toEqual([]);
});

test('sends nothing if the signal aborts while the apiKey function is pending', async () => {
  const { fetch, requests } = recordingFetch();
  const controller = new AbortController();
  const key = new Promise<string>((resolve) =>
    controller.signal.addEventListener('abort', () => resolve('late')),
  );
  const client = createAssistantsClient({ baseUrl, fetch, apiKey: () => key });
  const call = getRejection(client.getThread({ threadId: 't' }, { signal: controller.signal }));
  controller.abort(reason);
  expect(await call).toMatchObject(aborted);
  await key;
  await new Promise(setImmediate);
  expect(requests).toEqual([]);
});

test('rejects immediately and closes the connection if aborted before the response', async () => {
  const controller = new AbortController();
  let onClose = () => {};
  const isClosed = new Promise<void>((resolve) => {
    onClose = resolve;
  });
  const url = await listen((request) => {
    request.socket.on('close', onClose);
    controller.abort(reason);
  });
  const call = createAssistantsClient({ baseUrl: url }).getThread(
    { threadId: 't' },
    { signal: controller.signal },
  );
  expect(await getRejection(call)).toMatchObject(aborted);
  await isClosed;
});

test('closes the connection if aborted after a garbage collection', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const controller = new AbortController();
  let onClose = () => {};
  const isClosed = new Promise<void>((resolve) => {
    onClose = resolve;
  });
  const url = await listen(async (request) => {
    request.socket.on('close', onClose);
    // Weak references are cleared between tasks.
    for (let round = 0; round < 3; round += 1) {
      collectGarbage();
      await new Promise(setImmediate);
    }
    controller.abort(reason);
  });
  const client = createAssistantsClient({ baseUrl: url });
  const call = client.getThread({ threadId: 't' }, { signal: controller.signal });
  expect(await getRejection(call)).toMatchObject(aborted);
  await isClosed;
});

test('rejects immediately if aborted in the middle of the response body', async () => {
  const controller = new AbortController();
  const url = await listen((_, response) => {
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .write('{"id": ', () => controller.abort(reason));
  });
  const call = createAssistantsClient({ baseUrl: url }).getThread(
    { threadId: 't' },
    { signal: controller.signal },
  );
  expect(await getRejection(call)).toMatchObject(aborted);
});

test('rejects immediately and sends nothing more if aborted in the delay before a retry', async () => {
  vi.useFakeTimers();
  try {
    const { fetch, requests } = recordingFetch(() =>
      Response.json({}, { status: 503, headers: { 'retry-after': '60' } }),
    );
    const controller = new AbortController();
    const call = getRejection(
      createAssistantsClient({ baseUrl, fetch }).getThread(
        { threadId: 't' },
        { signal: controller.signal },
      ),
    );
    await vi.advanceTimersByTimeAsync(30_000);
    expect(vi.getTimerCount()).toBe(1);
    controller.abort(reason);
    expect(await call).toMatchObject({ ...aborted, cause: reason });
    expect(vi.getTimerCount()).toBe(0);
    expect(requests).toHaveLength(1);
  } finally {
    vi.useRealTimers();
  }
});

test('rejects immediately if a custom fetch ignores its signal, and ignores its late rejection', async () => {
  const controller = new AbortController();
  let fail: (error: Error) => void = () => {};
  const late = new Promise<Response>((_, reject) => {
    fail = reject;
  });
  const fetch = () => {
    controller.abort(reason);
    return late;
  };
  const call = createAssistantsClient({ baseUrl, fetch }).getThread(
    { threadId: 't' },
    { signal: controller.signal },
  );
  expect(await getRejection(call)).toMatchObject(aborted);
  fail(new Error('too late'));
  // vitest fails the run on an unhandled rejection in this turn.
  await new Promise(setImmediate);
});

test('breaks an open stream if aborted', async () => {
  const controller = new AbortController();
  const url = await listen((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('event: a\ndata: 1\n\n');
  });
  const body = { assistant_id: 'a', stream: true };
  const response = await createAssistantsClient({ baseUrl: url }).stream(
    'createRun',
    { threadId: 't', body },
    { signal: controller.signal },
  );
  const reader = response.body?.getReader();
  await reader?.read();
  controller.abort(reason);
  expect(await getRejection(Promise.resolve(reader?.read()))).toBe(reason);
});

test('keeps an open stream beyond the timeout', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { readable, writable } = new TransformStream<string, string>();
  const { fetch, requests } = recordingFetch(
    () =>
      new Response(readable.pipeThrough(new TextEncoderStream()), {
        headers: { 'content-type': 'text/event-stream' },
      }),
  );
  const client = createAssistantsClient({ baseUrl, fetch, timeoutMs: 1_000, retry: 0 });
  const response = await client.stream('createRun', {
    threadId: 't',
    body: { assistant_id: 'a', stream: true },
  });
  await vi.advanceTimersByTimeAsync(10_000);
  const text = response.text();
  const writer = writable.getWriter();
  await writer.write('data: 1\n\n');
  await writer.close();
  expect(await text).toBe('data: 1\n\n');
  expect(requests[0]?.signal.aborted).toBe(false);
});

test('removes its listeners from a signal that outlives the calls', async () => {
  const answers = [
    () => Response.json(anAnswer),
    () => Response.json({}, { status: 404 }),
    () => Response.json({}, { status: 503, headers: { 'retry-after': '0' } }),
  ];
  const { fetch, requests } = recordingFetch(
    (_, count) => answers[count % 3]?.() ?? Response.error(),
  );
  const { signal } = new AbortController();
  const client = createAssistantsClient({ baseUrl, fetch });
  for (let call = 0; call < 20; call++)
    await client.getThread({ threadId: 't' }, { signal }).catch(() => undefined);
  expect(requests.length).toBeGreaterThan(20);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('removes the listener of raceWithAbort when the work settles', async () => {
  const { signal } = new AbortController();
  expect(await raceWithAbort(signal, () => Promise.resolve(1))).toBe(1);
  expect(await getRejection(raceWithAbort(signal, () => Promise.reject(reason)))).toBe(reason);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
