import { expect, test } from 'vitest';
import { createAssistantsClient } from '../../src/client/client.js';
import { AssistantsError, toAssistantsError } from '../../src/client/errors.js';
import { deadAddress, listen } from './listen.js';
import { recordingFetch, rejectionOf } from './recordingFetch.js';

const json = (body: unknown, status: number, headers: Record<string, string> = {}) =>
  Response.json(body, { status, headers });
const typed = (body: string | null, status: number, type?: string) =>
  new Response(body, { status, ...(type !== undefined && { headers: { 'content-type': type } }) });

async function failureOf(response: Response): Promise<unknown> {
  const client = createAssistantsClient({
    baseUrl: 'https://host.test',
    fetch: recordingFetch(() => response).fetch,
    retry: 0,
  });
  const error = await rejectionOf(client.getThread({ threadId: 'thread_1' }));
  expect(error).toBeInstanceOf(AssistantsError);
  return error;
}

test('takes message, type, param and code from the documented body', async () => {
  const error = {
    message: 'No thread found.',
    type: 'invalid_request_error',
    param: 'thread_id',
    code: 'not_found',
  };
  expect(await failureOf(json({ error }, 404, { 'x-request-id': 'req_1' }))).toMatchObject({
    name: 'AssistantsError',
    kind: 'http',
    status: 404,
    operation: 'getThread',
    requestId: 'req_1',
    retryable: false,
    ...error,
  });
});

test('keeps null for what the server says is null or leaves out', async () => {
  const error = { message: 'No.', type: 'invalid_request_error', param: null, code: null };
  expect(await failureOf(json({ error }, 400))).toMatchObject(error);
  expect(await failureOf(json({ error: { message: 'No.' } }, 400))).toMatchObject({
    param: null,
    code: null,
    type: null,
  });
});

test.each<[string, Response, string]>([
  ['nothing, 404', typed(null, 404), 'The server answered 404.'],
  ['nothing, 500', typed('', 500), 'The server answered 500.'],
  [
    'a length of 0',
    new Response(null, { status: 500, headers: { 'content-length': '0' } }),
    'The server answered 500.',
  ],
  [
    'nothing but a status text',
    new Response(null, { status: 503, statusText: 'Away' }),
    'The server answered 503 Away.',
  ],
  ['a text', typed('  Thread not found\n', 404, 'text/plain'), 'Thread not found'],
  [
    'an HTML page',
    typed('<!doctype html><h1>Bad gateway</h1>', 502, 'text/html'),
    'The server answered 502.',
  ],
  ['a page behind white space', typed('\n <html>', 502, 'text/html'), 'The server answered 502.'],
  [
    'problem+json',
    typed(
      '{"type":"about:blank","title":"Gone","detail":"It left."}',
      410,
      'application/problem+json',
    ),
    'It left.',
  ],
  [
    'problem+json without a detail',
    typed('{"type":"about:blank","title":"Gone"}', 410, 'application/problem+json'),
    'Gone',
  ],
  [
    'a ZodError',
    json({ issues: [{ path: ['name'], message: 'Too long' }], name: 'ZodError' }, 400),
    'Too long',
  ],
  [
    'a ZodError inside error',
    json({ success: false, error: { issues: [{ message: 'Too long' }], name: 'ZodError' } }, 400),
    'Too long',
  ],
  [
    'issues under detail',
    json({ detail: [{ loc: ['body'], msg: 'field required', type: 'missing' }] }, 422),
    'field required',
  ],
  ['{error: text}', json({ error: 'Sign in.' }, 401), 'Sign in.'],
  ['{message: text}', json({ message: 'Sign in.' }, 401), 'Sign in.'],
  ['{detail: text}', json({ detail: 'Sign in.' }, 401), 'Sign in.'],
  ['a JSON text', json('Sign in.', 401), 'Sign in.'],
  ['a JSON number', json(5, 500), 'The server answered 500.'],
  ['null', json(null, 500), 'The server answered 500.'],
  ['a list', json([1], 500), 'The server answered 500.'],
  ['error: null', json({ error: null }, 500), 'The server answered 500.'],
  ['an empty message', json({ error: { message: '' } }, 500), 'The server answered 500.'],
  [
    'a message that is no text',
    json({ error: { message: { a: 1 } } }, 500),
    'The server answered 500.',
  ],
  ['no issues', json({ issues: [] }, 500), 'The server answered 500.'],
  ['issues that are null', json({ issues: [null] }, 500), 'The server answered 500.'],
  ['half a JSON object', typed('{"error": {"mess', 500, 'application/json'), '{"error": {"mess'],
])('finds words for an error answer with %s', async (_, response, message) => {
  expect(await failureOf(response)).toMatchObject({
    kind: 'http',
    status: response.status,
    message,
  });
});

test('keeps a thousand characters of a message', async () => {
  const error = await failureOf(json({ error: { message: 'x'.repeat(50_000) } }, 500));
  expect(error).toMatchObject({ message: 'x'.repeat(1_000) });
});

test.each<[string, string]>([
  ["Can't add messages to thread_abc while a run run_Xy9 is active.", 'run_Xy9'],
  ['Thread thread_abc already has an active run run_Xy9.', 'run_Xy9'],
  ['Thread 0b9e already has an active run 0b9e1f5c-8f3c-4c1d.', '0b9e1f5c-8f3c-4c1d'],
])('is busy with the run that %j names', async (message, runId) => {
  const error = { message, type: 'invalid_request_error', param: null, code: null };
  expect(await failureOf(json({ error }, 400))).toMatchObject({
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
])('takes the id of the request from %s', async (name, requestId) => {
  expect(await failureOf(json({}, 500, { [name]: requestId }))).toMatchObject({ requestId });
});

test('has no id of the request where the server gives none', async () => {
  expect(await failureOf(json({}, 500))).toMatchObject({ requestId: undefined });
});

test.each<[string, Response]>([
  ['an HTML page', typed('<!doctype html><title>Sign in</title>', 200, 'text/html')],
  ['nothing', typed('', 200, 'application/json')],
  ['nothing, 204', typed(null, 204)],
  ['half a JSON object', typed('{"id": ', 200, 'application/json')],
  ['a JSON text', json('thread', 200)],
  ['null', json(null, 200)],
  ['a number', json(5, 200)],
  ['a list', json([], 200)],
])('takes %s with a good status for no answer of this API', async (_, response) => {
  const error = await failureOf(response);
  expect(error).toMatchObject({
    kind: 'protocol',
    status: response.status,
    operation: 'getThread',
    retryable: false,
  });
  expect(String(error)).toContain('Check the base URL');
  expect(String(error)).not.toContain('Sign in');
});

test('takes JSON under another content type', async () => {
  const { fetch } = recordingFetch(() => typed('{"id": "thread_1"}', 200, 'text/html'));
  const client = createAssistantsClient({ baseUrl: 'https://host.test', fetch });
  expect((await client.getThread({ threadId: 't' })).id).toBe('thread_1');
});

test('fails of the network when the connection is refused', async () => {
  const client = createAssistantsClient({ baseUrl: await deadAddress(), retry: 0 });
  const error = await rejectionOf(client.getThread({ threadId: 't' }));
  expect(error).toMatchObject({ kind: 'network', operation: 'getThread', retryable: true });
  expect((error as AssistantsError).status).toBeUndefined();
  expect((error as AssistantsError).cause).toBeInstanceOf(TypeError);
});

test.each([
  ['before the headers', 0],
  ['in the middle of the body', 1],
  ['in the middle of the body of an error', 2],
])('fails of the network when the connection breaks %s', async (_, stage) => {
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
  expect(await rejectionOf(client.getThread({ threadId: 't' }))).toMatchObject({
    kind: 'network',
    retryable: true,
  });
});

test.each(['application/json', 'text/event-stream'])(
  'times out where nothing comes before the headers of %s',
  async (type) => {
    const url = await listen(() => undefined);
    const client = createAssistantsClient({ baseUrl: url, retry: 0, timeoutMs: 30 });
    const params = {
      threadId: 't',
      body: { assistant_id: 'a', stream: type !== 'application/json' },
    };
    const error = await rejectionOf(
      type === 'application/json' ? client.createRun(params) : client.stream('createRun', params),
    );
    expect(error).toMatchObject({
      kind: 'timeout',
      message: 'createRun: no answer within 0.03 seconds.',
      retryable: true,
    });
  },
);

test.each([200, 500])('times out in the middle of the body of a %d', async (status) => {
  const url = await listen((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).write('{"id": ');
  });
  const client = createAssistantsClient({ baseUrl: url, retry: 0, timeoutMs: 50 });
  expect(await rejectionOf(client.getThread({ threadId: 't' }))).toMatchObject({
    kind: 'timeout',
    retryable: true,
  });
});

test('makes an AssistantsError of any thrown value', () => {
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

test('is an Error with a stack, and without a cause where there is none', () => {
  const error = new AssistantsError('tool', 'It broke.');
  expect(error.stack).toContain('failures.test');
  expect('cause' in error).toBe(false);
  expect(error.retryable).toBe(false);
});
