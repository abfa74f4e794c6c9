import { expect, onTestFinished, test, vi } from 'vitest';
import { createAssistantsClient } from '../../src/client/createAssistantsClient.js';
import { AssistantsError, toAssistantsError } from '../../src/client/AssistantsError.js';
import { deadAddress, listen } from './listen.js';
import { recordingFetch, getRejection } from './recordingFetch.js';

const baseUrl = 'https://host.test';
const jsonResponse = (body: unknown, status: number, headers: Record<string, string> = {}) =>
  Response.json(body, { status, headers });
const textResponse = (body: string | ReadableStream | null, status: number, type?: string) =>
  new Response(body, { status, ...(type !== undefined && { headers: { 'content-type': type } }) });

/** Requests a thread and returns the error that the response leads to. */
async function requestFailing(response: Response): Promise<unknown> {
  const client = createAssistantsClient({
    baseUrl,
    fetch: recordingFetch(() => response).fetch,
    retry: 0,
  });
  const error = await getRejection(client.getThread({ threadId: 'thread_1' }));
  expect(error).toBeInstanceOf(AssistantsError);
  return error;
}

test('reads message, type, param and code from the documented error body', async () => {
  const error = {
    message: 'No thread found.',
    type: 'invalid_request_error',
    param: 'thread_id',
    code: 'not_found',
  };
  expect(
    await requestFailing(jsonResponse({ error }, 404, { 'x-request-id': 'req_1' })),
  ).toMatchObject({
    name: 'AssistantsError',
    kind: 'http',
    status: 404,
    operation: 'getThread',
    requestId: 'req_1',
    retryable: false,
    ...error,
  });
});

test('sets code, type and param to null if the error body has none', async () => {
  const error = { message: 'No.', type: 'invalid_request_error', param: null, code: null };
  expect(await requestFailing(jsonResponse({ error }, 400))).toMatchObject(error);
  expect(await requestFailing(jsonResponse({ error: { message: 'No.' } }, 400))).toMatchObject({
    param: null,
    code: null,
    type: null,
  });
});

test.each<[string, Response, string]>([
  ['an empty body, 500', textResponse('', 500), 'The server answered 500.'],
  [
    'a content length of 0',
    new Response(null, { status: 500, headers: { 'content-length': '0' } }),
    'The server answered 500.',
  ],
  [
    'a status text only',
    new Response(null, { status: 503, statusText: 'Away' }),
    'The server answered 503 Away.',
  ],
  ['a text', textResponse('  Thread not found\n', 404, 'text/plain'), 'Thread not found'],
  [
    'an HTML page',
    textResponse('<!doctype html><h1>Bad gateway</h1>', 502, 'text/html'),
    'The server answered 502.',
  ],
  [
    'an HTML page after white space',
    textResponse('\n <html>', 502, 'text/html'),
    'The server answered 502.',
  ],
  [
    'problem+json',
    textResponse(
      '{"type":"about:blank","title":"Gone","detail":"It left."}',
      410,
      'application/problem+json',
    ),
    'It left.',
  ],
  [
    'problem+json without a detail',
    textResponse('{"type":"about:blank","title":"Gone"}', 410, 'application/problem+json'),
    'Gone',
  ],
  [
    'a ZodError',
    jsonResponse({ issues: [{ path: ['name'], message: 'Too long' }], name: 'ZodError' }, 400),
    'Too long',
  ],
  [
    'a ZodError inside error',
    jsonResponse(
      { success: false, error: { issues: [{ message: 'Too long' }], name: 'ZodError' } },
      400,
    ),
    'Too long',
  ],
  [
    'issues under detail',
    jsonResponse({ detail: [{ loc: ['body'], msg: 'field required', type: 'missing' }] }, 422),
    'field required',
  ],
  ['{error: text}', jsonResponse({ error: 'Sign in.' }, 401), 'Sign in.'],
  ['{message: text}', jsonResponse({ message: 'Sign in.' }, 401), 'Sign in.'],
  ['{detail: text}', jsonResponse({ detail: 'Sign in.' }, 401), 'Sign in.'],
  ['a JSON text', jsonResponse('Sign in.', 401), 'Sign in.'],
  ['a JSON number', jsonResponse(5, 500), 'The server answered 500.'],
  ['null', jsonResponse(null, 500), 'The server answered 500.'],
  ['a list', jsonResponse([1], 500), 'The server answered 500.'],
  ['error: null', jsonResponse({ error: null }, 500), 'The server answered 500.'],
  ['an empty message', jsonResponse({ error: { message: '' } }, 500), 'The server answered 500.'],
  [
    'a message that is not a string',
    jsonResponse({ error: { message: { a: 1 } } }, 500),
    'The server answered 500.',
  ],
  ['an empty list of issues', jsonResponse({ issues: [] }, 500), 'The server answered 500.'],
  ['issues that are null', jsonResponse({ issues: [null] }, 500), 'The server answered 500.'],
  [
    'half a JSON object',
    textResponse('{"error": {"mess', 500, 'application/json'),
    '{"error": {"mess',
  ],
])('finds a message in an error response with %s', async (_, response, message) => {
  expect(await requestFailing(response)).toMatchObject({
    kind: 'http',
    status: response.status,
    message,
  });
});

test('truncates messages to 1,000 characters', async () => {
  const error = await requestFailing(jsonResponse({ error: { message: 'x'.repeat(50_000) } }, 500));
  expect(error).toMatchObject({ message: 'x'.repeat(1_000) });
});

test.each<[string, string]>([
  ["Can't add messages to thread_abc while a run run_Xy9 is active.", 'run_Xy9'],
  ['Thread thread_abc already has an active run run_Xy9.', 'run_Xy9'],
  ['Thread 0b9e already has an active run 0b9e1f5c-8f3c-4c1d.', '0b9e1f5c-8f3c-4c1d'],
])('rejects with kind busy and the run id for the message %j', async (message, runId) => {
  const error = { message, type: 'invalid_request_error', param: null, code: null };
  expect(await requestFailing(jsonResponse({ error }, 400))).toMatchObject({
    kind: 'busy',
    runId,
    status: 400,
    message,
    retryable: true,
  });
});

test.each([
  ['x-request-id', 'req_1'],
  ['apim-request-id', 'req_2'],
])('reads the request id from %s', async (name, requestId) => {
  expect(await requestFailing(jsonResponse({}, 500, { [name]: requestId }))).toMatchObject({
    requestId,
  });
});

test('has no request id if the server sends none', async () => {
  expect(await requestFailing(jsonResponse({}, 500))).toMatchObject({ requestId: undefined });
});

test.each<[string, Response]>([
  ['an HTML page', textResponse('<!doctype html><title>Sign in</title>', 200, 'text/html')],
  ['an empty body', textResponse('', 200, 'application/json')],
  ['no body, 204', textResponse(null, 204)],
  ['half a JSON object', textResponse('{"id": ', 200, 'application/json')],
  ['a JSON text', jsonResponse('thread', 200)],
  ['null', jsonResponse(null, 200)],
  ['a number', jsonResponse(5, 200)],
  ['a list', jsonResponse([], 200)],
])('rejects with kind protocol for %s with a successful status', async (_, response) => {
  const error = await requestFailing(response);
  expect(error).toMatchObject({
    kind: 'protocol',
    status: response.status,
    operation: 'getThread',
    retryable: false,
  });
  expect(String(error)).toContain('Check baseUrl.');
  expect(String(error)).not.toContain('Sign in');
});

test('accepts JSON with another content type', async () => {
  const { fetch } = recordingFetch(() => textResponse('{"id": "thread_1"}', 200, 'text/html'));
  const client = createAssistantsClient({ baseUrl, fetch });
  expect((await client.getThread({ threadId: 't' })).id).toBe('thread_1');
});

test('rejects with kind network if the connection is refused', async () => {
  const client = createAssistantsClient({ baseUrl: await deadAddress(), retry: 0 });
  const error = await getRejection(client.getThread({ threadId: 't' }));
  expect(error).toMatchObject({ kind: 'network', operation: 'getThread', retryable: true });
  expect((error as AssistantsError).status).toBeUndefined();
  expect((error as AssistantsError).cause).toBeInstanceOf(TypeError);
});

test.each([
  ['before the headers', 0],
  ['in the middle of the body', 1],
  ['in the middle of the body of an error', 2],
])('rejects with kind network if the connection breaks %s', async (_, stage) => {
  const url = await listen((_request, response) => {
    if (stage === 0) return response.destroy();
    response.writeHead(stage === 1 ? 200 : 500, {
      'content-type': 'application/json',
      'content-length': '100',
    });
    response.write('{"id": ', () => response.destroy());
    return response;
  });
  const client = createAssistantsClient({ baseUrl: url, retry: 0 });
  expect(await getRejection(client.getThread({ threadId: 't' }))).toMatchObject({
    kind: 'network',
    retryable: true,
  });
});

test.each(['application/json', 'text/event-stream'])(
  'times out if the server sends nothing, accepting %s',
  async (type) => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const fetch = () => new Promise<Response>(() => {});
    const client = createAssistantsClient({ baseUrl, fetch, retry: 0, timeoutMs: 30_000 });
    const params = {
      threadId: 't',
      body: { assistant_id: 'a', stream: type !== 'application/json' },
    };
    const error = getRejection(
      type === 'application/json' ? client.createRun(params) : client.stream('createRun', params),
    );
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await error).toMatchObject({
      kind: 'timeout',
      message: 'createRun timed out: no response within 30 seconds.',
      retryable: true,
    });
  },
);

test.each([200, 500])(
  'times out in the middle of the body of a response with status %d',
  async (status) => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"id": ')),
    });
    const fetch = async () => textResponse(body, status, 'application/json');
    const client = createAssistantsClient({ baseUrl, fetch, retry: 0, timeoutMs: 30_000 });
    const error = getRejection(client.getThread({ threadId: 't' }));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await error).toMatchObject({
      kind: 'timeout',
      retryable: true,
    });
  },
);

test('converts any thrown value to an AssistantsError', () => {
  const own = new AssistantsError('run', 'It failed.');
  const cause = new RangeError('too much');
  expect(toAssistantsError(own)).toBe(own);
  expect(toAssistantsError(cause, 'getRun')).toMatchObject({
    kind: 'protocol',
    message: 'too much',
    operation: 'getRun',
    cause,
  });
  expect(toAssistantsError('text')).toMatchObject({
    message: 'text',
    cause: 'text',
    operation: undefined,
  });
  expect(toAssistantsError(undefined)).toBeInstanceOf(Error);
});

test('is an Error with a stack, and has no cause key without a cause', () => {
  const error = new AssistantsError('tool', 'It broke.');
  expect(error.stack).toContain('failures.test');
  expect('cause' in error).toBe(false);
  expect(error.retryable).toBe(false);
});

test.each<[string, () => Response]>([
  ['no body', () => textResponse(null, 404)],
  ['a page', () => textResponse('<!doctype html><h1>Not here</h1>', 404, 'text/html')],
  ['Hono', () => textResponse('404 Not Found', 404, 'text/plain')],
  ['Express', () => textResponse('Cannot GET /v2/threads', 404, 'text/plain')],
  ['Go', () => textResponse('404 page not found\n', 404, 'text/plain')],
  ['FastAPI', () => jsonResponse({ detail: 'Not Found' }, 404)],
  ['Spring', () => jsonResponse({ status: 404, path: '/threads', message: 'Not Found' }, 404)],
])('reports a wrong address for a 404 of another server: %s', async (_, respond) => {
  const error = await requestFailing(respond());
  expect(error).toMatchObject({ kind: 'protocol', status: 404, retryable: false });
  expect(error).toHaveProperty(
    'message',
    expect.stringMatching(/no Assistants API at .*Check baseUrl/),
  );
});

test.each<[string, () => Response, string]>([
  ['the API', () => jsonResponse({ error: { message: 'No thread.' } }, 404), 'No thread.'],
  ['its own text', () => jsonResponse({ detail: 'Thread not found' }, 404), 'Thread not found'],
])('reports a missing object of a server that answers with %s', async (_, respond, message) => {
  expect(await requestFailing(respond())).toMatchObject({ kind: 'http', status: 404, message });
});
