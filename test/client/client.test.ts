import type { Middleware } from 'openapi-fetch';
import { expect, test, vi } from 'vitest';
import { createAssistantsClient } from '../../src/client/createAssistantsClient.js';
import { AssistantsError } from '../../src/client/AssistantsError.js';
import { listen } from './listen.js';
import { anAnswer, recordingFetch, getRejection } from './recordingFetch.js';

const baseUrl = 'https://host.test/v1';

test('resolves with the response object', async () => {
  const { fetch } = recordingFetch(() => Response.json(anAnswer));
  expect(await createAssistantsClient({ baseUrl, fetch }).createThread()).toEqual(anAnswer);
});

test('resolves requestWithResponse with data and response', async () => {
  const { fetch } = recordingFetch(() =>
    Response.json({ id: 'thread_1' }, { headers: { 'x-request-id': 'req_1' } }),
  );
  const { data, response } = await createAssistantsClient({ baseUrl, fetch }).requestWithResponse(
    'getThread',
    { threadId: 'thread_1' },
  );
  expect(data.id).toBe('thread_1');
  expect([response.status, response.headers.get('x-request-id')]).toEqual([200, 'req_1']);
});

test('passes one Request to fetch, and looks the global fetch up when it sends', async () => {
  const given: unknown[][] = [];
  const client = createAssistantsClient({ baseUrl });
  vi.stubGlobal('fetch', (...args: unknown[]) => {
    given.push(args);
    return Promise.resolve(Response.json(anAnswer));
  });
  try {
    await client.listAssistants();
  } finally {
    vi.unstubAllGlobals();
  }
  expect(given).toEqual([[expect.any(Request)]]);
});

test('sends method, path, headers and body to a real server', async () => {
  const url = await listen(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { authorization, 'openai-beta': beta, 'content-type': type } = request.headers;
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        ...anAnswer,
        line: `${request.method} ${request.url}`,
        authorization,
        beta,
        type,
        body,
      }),
    );
  });
  const client = createAssistantsClient({ baseUrl: `${url}/v1`, apiKey: 'sk-1' });
  expect(
    await client.createMessage({ threadId: 't', body: { role: 'user', content: 'é' } }),
  ).toMatchObject({
    line: 'POST /v1/threads/t/messages',
    authorization: 'Bearer sk-1',
    beta: 'assistants=v2',
    type: 'application/json',
    body: '{"role":"user","content":"é"}',
  });
});

// --- headers -------------------------------------------------------------------------------------------------------

test.each([
  ['v1', 'assistants=v1', 'assistants=v1', 'assistants=v2'],
  ['v2', 'assistants=v2', 'assistants=v1', 'assistants=v2'],
  [undefined, 'assistants=v2', 'assistants=v1', 'assistants=v2'],
  [false, null, null, null],
] as const)(
  'sends apiVersion %s, except for operations that only one version has',
  async (apiVersion, ...expected) => {
    const { fetch, requests } = recordingFetch();
    const client = createAssistantsClient({
      baseUrl,
      fetch,
      ...(apiVersion !== undefined && { apiVersion }),
    });
    await client.listAssistants();
    await client.listAssistantFiles({ assistantId: 'asst_1' });
    await client.deleteMessage({ threadId: 'thread_1', messageId: 'msg_1' });
    expect(requests.map((request) => request.headers.get('openai-beta'))).toEqual(expected);
  },
);

test('sends no Authorization header without an apiKey', async () => {
  const { fetch, requests } = recordingFetch();
  await createAssistantsClient({ baseUrl, fetch }).listAssistants();
  expect(requests[0]?.headers.has('authorization')).toBe(false);
});

test('calls the functions for apiKey and headers for each request', async () => {
  const { fetch, requests } = recordingFetch();
  let count = 0;
  const client = createAssistantsClient({
    baseUrl,
    fetch,
    apiKey: () => Promise.resolve(`key-${++count}`),
    headers: async () => ({ 'x-count': String(count) }),
  });
  await client.listAssistants();
  await client.listAssistants();
  expect(
    requests.map(({ headers }) => [headers.get('authorization'), headers.get('x-count')]),
  ).toEqual([
    ['Bearer key-1', '1'],
    ['Bearer key-2', '2'],
  ]);
});

test('replaces its headers by those of the caller, in any case', async () => {
  const { fetch, requests } = recordingFetch();
  const headers = { authorization: 'Basic abc', 'api-key': 'K', 'openai-beta': 'assistants=v3' };
  await createAssistantsClient({ baseUrl, fetch, apiKey: 'sk-1', headers }).listAssistants();
  expect(Object.fromEntries(requests[0]?.headers ?? [])).toMatchObject(headers);
});

test.each([
  [
    'an apiKey function that throws',
    { apiKey: () => Promise.reject(new Error('no token')) },
    'no token',
  ],
  [
    'a headers function that throws',
    { headers: () => Promise.reject(new Error('no headers')) },
    'no headers',
  ],
  ['an apiKey that is not a valid header value', { apiKey: 'a\nb' }, 'invalid'],
])('neither sends nor retries with %s', async (_, options, reason) => {
  const { fetch, requests } = recordingFetch();
  const error = await getRejection(
    createAssistantsClient({ baseUrl, fetch, ...options }).listAssistants(),
  );
  expect(error).toMatchObject({
    kind: 'protocol',
    operation: 'listAssistants',
    retryable: false,
    cause: expect.any(Error) as Error,
  });
  expect(String(error)).toContain(reason);
  expect(requests).toEqual([]);
});

test('rejects with the AssistantsError of an apiKey function', async () => {
  const expired = new AssistantsError('http', 'Sign in again.', { status: 401 });
  const client = createAssistantsClient({
    baseUrl,
    fetch: recordingFetch().fetch,
    apiKey: () => Promise.reject(expired),
  });
  expect(await getRejection(client.listAssistants())).toBe(expired);
});

test('sends nothing if the body cannot be serialized', async () => {
  const { fetch, requests } = recordingFetch();
  const cycle: Record<string, string> = {};
  Object.assign(cycle, { cycle });
  const error = await getRejection(
    createAssistantsClient({ baseUrl, fetch }).createThread({ body: { metadata: cycle } }),
  );
  expect(error).toMatchObject({ name: 'AssistantsError', kind: 'protocol', retryable: false });
  expect(requests).toEqual([]);
});

// --- URLs -----------------------------------------------------------------------------------------------------------

test.each([
  ['https://host.test/v1', 'https://host.test/v1/assistants'],
  ['https://host.test/v1/', 'https://host.test/v1/assistants'],
  ['https://host.test/v1///', 'https://host.test/v1/assistants'],
  ['HTTPS://host.test', 'https://host.test/assistants'],
  ['http://host.test:8080/a/b', 'http://host.test:8080/a/b/assistants'],
  ['/v1', 'http://localhost/v1/assistants'],
  ['/v1/', 'http://localhost/v1/assistants'],
  ['v1', 'http://localhost/v1/assistants'],
  ['/', 'http://localhost/assistants'],
  ['', 'http://localhost/assistants'],
  [undefined, 'http://localhost/v1/assistants'],
])('appends paths to the baseUrl %s', async (given, expected) => {
  const { fetch, requests } = recordingFetch();
  await createAssistantsClient({
    fetch,
    ...(given !== undefined && { baseUrl: given }),
  }).listAssistants();
  expect(requests.map(({ url }) => url)).toEqual([expected]);
});

test('can be created outside of a page, and rejects requests to a relative baseUrl', async () => {
  const client = createAssistantsClient();
  expect(await getRejection(client.listAssistants())).toMatchObject({
    kind: 'protocol',
    message: "The relative baseUrl '/v1' needs a page. Pass an absolute URL.",
  });
});

test('resolves a relative baseUrl against the origin of the page', async () => {
  const { fetch, requests } = recordingFetch();
  vi.stubGlobal('location', new URL('https://app.test/some/page?x#y'));
  try {
    await createAssistantsClient({ fetch }).listAssistants();
  } finally {
    vi.unstubAllGlobals();
  }
  expect(requests[0]?.url).toBe('https://app.test/v1/assistants');
});

test.each([
  [{}, '/v1'],
  [{ baseUrl: '/api/' }, '/api'],
  [{ baseUrl: 'https://host.test/v1/' }, 'https://host.test/v1'],
  [{ baseUrl: 'https://host.test/v1/#part' }, 'https://host.test/v1'],
  // JavaScript does not refuse it.
  [{ baseUrl: new URL('https://host.test/v1') as unknown as string }, 'https://host.test/v1'],
  [{ scope: 'anna' }, 'anna'],
])('has the same scope on a server and in a page: %j', (options, scope) => {
  expect(createAssistantsClient(options).scope).toBe(scope);
});

test('adds the query option to every URL, and lets the query of a call replace it', async () => {
  const { fetch, requests } = recordingFetch();
  const client = createAssistantsClient({
    baseUrl,
    fetch,
    query: { 'api-version': '2024 05', order: 'asc' },
  });
  await client.createThread();
  await client.listAssistants({ query: { order: 'desc', limit: 5 } });
  await client.getRun({ threadId: 't', runId: 'r' });
  expect(requests.map(({ url }) => new URL(url).search)).toEqual([
    '?api-version=2024%2005&order=asc',
    '?api-version=2024%2005&order=desc&limit=5',
    '?api-version=2024%2005&order=asc',
  ]);
});

test('sends a cursor from a malformed id of the server', async () => {
  const { fetch, requests } = recordingFetch();
  const query = { after: 'half a character: \ud83d' };
  await createAssistantsClient({ baseUrl, fetch }).listAssistants({ query });
  const { searchParams } = new URL(requests[0]?.url ?? '');
  expect(searchParams.get('after')).toBe('half a character: \ufffd');
});

test('omits null and undefined from the query, and keeps 0 and empty strings', async () => {
  const { fetch, requests } = recordingFetch();
  const query = { limit: 0, after: undefined, before: null, order: '' } as unknown as {
    limit: number;
  };
  await createAssistantsClient({ baseUrl, fetch }).listAssistants({ query });
  expect(new URL(requests[0]?.url ?? '').search).toBe('?limit=0&order=');
});

test('sends the parameter include[] under its own name', async () => {
  const { fetch, requests } = recordingFetch();
  const query = {
    'include[]': ['step_details.tool_calls[*].file_search.results[*].content' as const],
  };
  await createAssistantsClient({ baseUrl, fetch }).listRunSteps({
    threadId: 't',
    runId: 'r',
    query,
  });
  expect([...new URL(requests[0]?.url ?? '').searchParams]).toEqual([
    ['include[]', query['include[]'][0]],
  ]);
});

// --- ids -----------------------------------------------------------------------------------------------------------

const badIds = [
  '.',
  '..',
  '',
  'runs',
  'a/b',
  'a\\b',
  '%2e%2e',
  'a%2fb',
  '\0',
  'a\0',
  'a b',
  'a?b',
  'a#b',
  'x'.repeat(129),
  null,
  undefined,
  7,
  {},
  ['a'],
];

test.each(badIds)('sends nothing for the id %j', async (id) => {
  const { fetch, requests } = recordingFetch();
  const client = createAssistantsClient({ baseUrl, fetch });
  const threadId = id as string;
  for (const call of [
    () => client.getThread({ threadId }),
    () => client.getRunStep({ threadId: 't', runId: 'r', stepId: threadId }),
    () => client.deleteFile({ fileId: threadId }),
    () => client.stream('createRun', { threadId, body: { assistant_id: 'asst_1' } }),
  ]) {
    const error = await getRejection(call());
    expect(error).toBeInstanceOf(AssistantsError);
    expect(error).toMatchObject({
      kind: 'invalid-id',
      retryable: false,
      param: expect.stringMatching(/_id$/) as string,
    });
  }
  expect(requests).toEqual([]);
});

test('names the invalid id in its message, with control characters escaped', async () => {
  const client = createAssistantsClient({ baseUrl, fetch: recordingFetch().fetch });
  const error = await getRejection(client.getRun({ threadId: 'thread_1', runId: 'a\u001b[31m\0' }));
  expect(error).toMatchObject({ operation: 'getRun', param: 'run_id' });
  expect(String(error)).toBe(
    String.raw`AssistantsError: getRun was not sent: "a\u001b[31m\u0000" is not a valid run_id.`,
  );
});

test('sends nothing if an untyped caller omits the parameters', async () => {
  const { fetch, requests } = recordingFetch();
  const getThread = createAssistantsClient({ baseUrl, fetch }).getThread as () => Promise<unknown>;
  expect(await getRejection(getThread())).toMatchObject({ kind: 'invalid-id' });
  expect(requests).toEqual([]);
});

// --- middleware ----------------------------------------------------------------------------------------------------

test('runs middleware around every request', async () => {
  const { fetch, requests } = recordingFetch(() => Response.json({ id: 'thread_1' }));
  const seen: string[] = [];
  const client = createAssistantsClient({
    baseUrl,
    fetch,
    middleware: [
      {
        onRequest({ request, schemaPath }) {
          seen.push(schemaPath);
          request.headers.set('x-trace', 'abc');
          return request;
        },
        onResponse({ response }) {
          seen.push(String(response.status));
          return Response.json({ id: 'changed' });
        },
      },
    ],
  });
  expect((await client.getThread({ threadId: 't' })).id).toBe('changed');
  expect(requests[0]?.headers.get('x-trace')).toBe('abc');
  expect(seen).toEqual(['/threads/{thread_id}', '200']);
});

test('sends the same requests with and without middleware', async () => {
  const record = async (middleware: Middleware[]) => {
    const { fetch, requests } = recordingFetch();
    const client = createAssistantsClient({
      baseUrl,
      fetch,
      middleware,
      apiKey: 'key',
      query: { region: 'a b' },
    });
    await client.listAssistants({ query: { limit: 5 } });
    await client.modifyThread({ threadId: 't', body: { metadata: { name: 'é' } } });
    await client.uploadFile({ body: { file: new Blob(['text']), purpose: 'assistants' } });
    await client.deleteFile({ fileId: 'file_1' });
    return Promise.all(
      requests.map(async (request) => {
        const headers = [...request.headers].filter(([name]) => name !== 'content-type');
        const type = request.headers.get('content-type')?.replace(/boundary=.*/, '');
        const body = (await request.text()).replace(/-{4,}[^\r\n]+/g, '');
        return [request.method, request.url, request.redirect, type, headers, body];
      }),
    );
  };
  const direct = await record([]);
  expect(await record([{ onRequest: ({ request }) => request }])).toEqual(direct);
  expect(direct.map(([, , , type]) => type)).toEqual([
    undefined,
    'application/json',
    'multipart/form-data; ',
    undefined,
  ]);
});

test('describes an error response that has passed through middleware', async () => {
  const statuses: number[] = [];
  const client = createAssistantsClient({
    baseUrl,
    fetch: async () => Response.json({ error: { message: 'No such model.' } }, { status: 400 }),
    middleware: [{ onResponse: ({ response }) => void statuses.push(response.status) }],
  });
  expect(await getRejection(client.createThread())).toMatchObject({
    kind: 'http',
    status: 400,
    message: 'No such model.',
  });
  expect(statuses).toEqual([400]);
});
