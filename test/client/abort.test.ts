import { getEventListeners } from 'node:events';
import { expect, test, vi } from 'vitest';
import { createAssistantsClient } from '../../src/client/client.js';
import { untilAborted } from '../../src/client/retry.js';
import { listen } from './listen.js';
import { recordingFetch, rejectionOf } from './recordingFetch.js';

const baseUrl = 'https://host.test';
const aborted = {
  name: 'AssistantsError',
  kind: 'aborted',
  message: 'getThread was aborted.',
  retryable: false,
};
const reason = new Error('The person went away.');

test('sends nothing under a signal that is aborted already', async () => {
  const { fetch, requests } = recordingFetch();
  const client = createAssistantsClient({ baseUrl, fetch });
  const error = await rejectionOf(
    client.getThread({ threadId: 't' }, { signal: AbortSignal.abort(reason) }),
  );
  expect(error).toMatchObject({ ...aborted, operation: 'getThread', cause: reason });
  expect(requests).toEqual([]);
});

test('sends nothing when aborted while the key is asked for', async () => {
  const { fetch, requests } = recordingFetch();
  const controller = new AbortController();
  const key = new Promise<string>((resolve) =>
    controller.signal.addEventListener('abort', () => resolve('late')),
  );
  const client = createAssistantsClient({ baseUrl, fetch, apiKey: () => key });
  const call = rejectionOf(client.getThread({ threadId: 't' }, { signal: controller.signal }));
  controller.abort(reason);
  expect(await call).toMatchObject(aborted);
  await key;
  await new Promise(setImmediate);
  expect(requests).toEqual([]);
});

test('ends at once when aborted before the answer, and closes the connection', async () => {
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
  expect(await rejectionOf(call)).toMatchObject(aborted);
  await isClosed;
});

test('ends at once when aborted in the middle of the answer', async () => {
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
  expect(await rejectionOf(call)).toMatchObject(aborted);
});

test('ends at once, and sends nothing more, when aborted in the pause before another try', async () => {
  vi.useFakeTimers();
  try {
    const { fetch, requests } = recordingFetch(() =>
      Response.json({}, { status: 503, headers: { 'retry-after': '60' } }),
    );
    const controller = new AbortController();
    const call = rejectionOf(
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

test('ends at once with a fetch that heeds no signal, and minds no late failure of it', async () => {
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
  expect(await rejectionOf(call)).toMatchObject(aborted);
  fail(new Error('too late'));
  // An unhandled rejection in this turn would fail the run.
  await new Promise(setImmediate);
});

test('breaks an open stream when aborted', async () => {
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
  expect(await rejectionOf(Promise.resolve(reader?.read()))).toBe(reason);
});

test('keeps an open stream beyond the timeout', async () => {
  const url = await listen((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    setTimeout(() => response.end('data: 1\n\n'), 80);
  });
  const client = createAssistantsClient({ baseUrl: url, timeoutMs: 40, retry: 0 });
  const response = await client.stream('createRun', {
    threadId: 't',
    body: { assistant_id: 'a', stream: true },
  });
  expect(await response.text()).toBe('data: 1\n\n');
});

test('leaves nothing on a signal that outlives its calls', async () => {
  const answers = [
    () => Response.json({}),
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

test('leaves nothing on a signal whose work is done', async () => {
  const { signal } = new AbortController();
  expect(await untilAborted(signal, () => Promise.resolve(1))).toBe(1);
  expect(await rejectionOf(untilAborted(signal, () => Promise.reject(reason)))).toBe(reason);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
