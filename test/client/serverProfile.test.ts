import { describe, expect, it } from 'vitest';
import type { AssistantsClientOptions } from '../../src/client/AssistantsClient.js';
import { createAssistantsClient } from '../../src/client/createAssistantsClient.js';
import { operations } from '../../src/client/operations.js';
import type { OperationId } from '../../src/protocol/types.js';
import { run as createRun } from '../../stories/fixtures.js';
import { getRejection } from './recordingFetch.js';

const ids = {
  threadId: 't',
  runId: 'r',
  stepId: 's',
  messageId: 'm',
  assistantId: 'a',
  fileId: 'f',
  vectorStoreId: 'v',
  batchId: 'b',
};
const list = { object: 'list', data: [], has_more: false };
const missingRoutes: readonly (readonly [string, () => Response])[] = [
  ['405', () => Response.json({ detail: 'Method Not Allowed' }, { status: 405 })],
  ['501', () => Response.json({ error: { message: 'Not implemented' } }, { status: 501 })],
  ['404 without a body', () => new Response(null, { status: 404 })],
  ['404 of FastAPI', () => Response.json({ detail: 'Not Found' }, { status: 404 })],
  [
    '404 of Fastify',
    () =>
      Response.json(
        { message: 'Route GET:/v1/x not found', error: 'Not Found', statusCode: 404 },
        { status: 404 },
      ),
  ],
  ['404 of Express', () => new Response('<pre>Cannot GET /v1/x</pre>', { status: 404 })],
  ['404 of Go', () => new Response('404 page not found', { status: 404 })],
  [
    '404 of the API',
    () => Response.json({ error: { message: 'Unknown request URL: GET /v1/x' } }, { status: 404 }),
  ],
  [
    '404 of a gateway',
    () => Response.json({ statusCode: 404, message: 'Resource not found' }, { status: 404 }),
  ],
];

function connect(
  respond: (request: Request) => Response | Promise<Response>,
  options: AssistantsClientOptions = {},
) {
  const requests: Request[] = [];
  const client = createAssistantsClient({
    baseUrl: 'https://host.test/v1',
    retry: 0,
    fetch: async (request) => {
      requests.push(request.clone());
      return respond(request);
    },
    ...options,
  });
  return { client, requests };
}

describe('a missing operation', () => {
  it.each(missingRoutes)('is learnt from %s and requested once', async (_, respond) => {
    const { client, requests } = connect(respond);
    for (let attempt = 0; attempt < 3; attempt += 1)
      expect(await getRejection(client.listRunSteps(ids))).toMatchObject({
        kind: 'unsupported',
        operation: 'listRunSteps',
        message: 'This server cannot list run steps (listRunSteps).',
        retryable: false,
      });
    expect(requests).toHaveLength(1);
    expect(client.supports('listRunSteps')).not.toBe(true);
    expect(client.supports('getRun')).toBeUndefined();
  });

  it.each(missingRoutes.filter(([name]) => /^(?:405|501|404 of the API)/.test(name)))(
    'is known to be missing for all objects after %s',
    async (_, respond) => {
      const { client, requests } = connect(respond);
      await getRejection(client.listRunSteps(ids));
      await getRejection(client.listRunSteps({ ...ids, runId: 'r2' }));
      expect(requests).toHaveLength(1);
      expect(client.supports('listRunSteps')).toBe(false);
    },
  );

  it.each(missingRoutes.filter(([name]) => !/^(?:405|501|404 of the API)/.test(name)))(
    'is requested for other objects after %s, which may mean a missing object',
    async (_, respond) => {
      const { client, requests } = connect(({ url }) =>
        url.includes('gone') ? respond() : Response.json({ ...list, id: 'm' }),
      );
      const gone = { ...ids, threadId: 'gone', messageId: 'gone' };
      await getRejection(client.getMessage(gone));
      await getRejection(client.listRuns(gone));
      expect(client.supports('getMessage')).toBeUndefined();
      await client.getMessage(ids);
      expect((await client.listRuns(ids)).data).toEqual([]);
      expect(requests).toHaveLength(4);
    },
  );

  it.each(missingRoutes)('without objects in its path is learnt from %s', async (_, respond) => {
    const { client, requests } = connect(respond);
    for (let attempt = 0; attempt < 2; attempt += 1) await getRejection(client.listThreads());
    expect(requests).toHaveLength(1);
    expect(client.supports('listThreads')).toBe(false);
  });

  it('has words for every operation', async () => {
    const { client } = connect(() => new Response(null, { status: 501 }));
    for (const id of Object.keys(operations) as OperationId[]) {
      const call = client[id] as (params: object) => Promise<unknown>;
      const body = operations[id].method === 'POST' && { body: {} };
      const error = await getRejection(call({ ...ids, ...body }));
      expect(error).toMatchObject({ kind: 'unsupported' });
    }
  });

  it.each([
    'No run found with id r.',
    'Run not found',
    'Thread t does not exist.',
    'The thread was not found in this project.',
  ])('is not learnt from a missing object: %s', async (message) => {
    const { client, requests } = connect(() =>
      Response.json({ error: { message } }, { status: 404 }),
    );
    for (let attempt = 0; attempt < 2; attempt += 1)
      expect(await getRejection(client.getRun(ids))).toMatchObject({ kind: 'http', message });
    expect(requests).toHaveLength(2);
  });

  it('is not learnt after a successful request', async () => {
    let response = () => Response.json(list);
    const { client } = connect(() => response());
    await client.listRunSteps(ids);
    response = () => Response.json({ detail: 'Not Found' }, { status: 404 });
    expect(await getRejection(client.listRunSteps(ids))).not.toMatchObject({ kind: 'unsupported' });
    expect(client.supports('listRunSteps')).toBe(true);
  });

  it('is requested again if no conversation is possible without it', async () => {
    const { client, requests } = connect(() => new Response(null, { status: 404 }));
    for (let attempt = 0; attempt < 2; attempt += 1)
      expect(await getRejection(client.listMessages(ids))).not.toMatchObject({
        kind: 'unsupported',
      });
    expect(requests).toHaveLength(2);
  });
});

describe('the server option', () => {
  it('states what is missing, and overrides its preset', async () => {
    const server = { preset: 'litellm', cancelRun: true, listFiles: false } as const;
    const { client, requests } = connect(() => Response.json(createRun()), { server });
    expect(await getRejection(client.getRun(ids))).toMatchObject({ kind: 'unsupported' });
    expect(await getRejection(client.listFiles())).toMatchObject({ kind: 'unsupported' });
    await client.cancelRun(ids);
    expect(requests.map(({ url }) => new URL(url).pathname)).toEqual([
      '/v1/threads/t/runs/r/cancel',
    ]);
  });

  it('sets version and query of Azure AI Foundry, which options replace', async () => {
    const server = { preset: 'foundry' } as const;
    const respond = () => Response.json(list);
    const preset = connect(respond, { server });
    await preset.client.listAssistants();
    expect(new URL(preset.requests[0]?.url ?? '').searchParams.get('api-version')).toBe('v1');
    expect(preset.requests[0]?.headers.has('openai-beta')).toBe(false);
    const own = connect(respond, { server, query: { 'api-version': '2025-05-01' } });
    await own.client.listAssistants();
    expect(new URL(own.requests[0]?.url ?? '').searchParams.get('api-version')).toBe('2025-05-01');
  });
});

describe('extensions that a server announces', () => {
  const announce = (extensions: string) => () =>
    Response.json(
      { ...list, id: 'thread_1' },
      { headers: { 'x-assistants-extensions': extensions } },
    );

  it('are used from the first response on', async () => {
    const { client, requests } = connect(announce('idempotency-key, list-threads'));
    await client.createThread();
    expect(client.supports('listThreads')).toBe(true);
    expect(client.supportsIdempotencyKeys).toBe(true);
    await client.createThread();
    expect(requests.map(({ headers }) => headers.has('idempotency-key'))).toEqual([false, true]);
  });

  it('are not known of a server that announces none, or others', async () => {
    for (const extensions of ['', 'run-events']) {
      const { client } = connect(announce(extensions));
      await client.createThread();
      expect(client.supports('listThreads')).toBeUndefined();
      expect(client.supportsIdempotencyKeys).toBe(false);
    }
  });

  it('are not used against the options of the client', async () => {
    const { client, requests } = connect(announce('idempotency-key, list-threads'), {
      idempotencyKeys: false,
      server: { listThreads: false },
    });
    await client.createThread();
    await client.createThread();
    expect(requests.some(({ headers }) => headers.has('idempotency-key'))).toBe(false);
    expect(client.supports('listThreads')).toBe(false);
  });
});

describe('a server that cannot continue lists', () => {
  /** Connects to a server with a list of messages, newest first, that answers requests with `after` like this. */
  function connectToList(
    count: number,
    respondToAfter: () => Response | undefined,
    options: AssistantsClientOptions = {},
  ) {
    const messages = Array.from({ length: count }, (_, index) => ({ id: `msg_${count - index}` }));
    return connect(({ url }) => {
      const { searchParams: query } = new URL(url);
      const after = query.get('after');
      const refusal = after === null ? undefined : respondToAfter();
      if (refusal) return refusal;
      const start = messages.findIndex(({ id }) => id === after) + 1;
      const data = messages.slice(start, start + Number(query.get('limit') ?? 20));
      return Response.json({ object: 'list', data, last_id: 'none', has_more: false });
    }, options);
  }
  const listAfter = async (client: ReturnType<typeof connect>['client'], after: string) => {
    const { data, has_more: hasMore } = await client.listMessages({ ...ids, query: { after } });
    return { ids: data.map(({ id }) => id), hasMore };
  };

  it.each([
    [400, { error: { message: 'Unknown parameter: after' } }],
    [404, { detail: 'Not Found' }],
    [500, 'Internal Server Error'],
    [502, 'Bad Gateway'],
  ])('is asked for longer pages from its first answer with status %d on', async (status, body) => {
    const { client, requests } = connectToList(30, () => Response.json(body, { status }));
    const older = Array.from({ length: 10 }, (_, index) => `msg_${10 - index}`);
    expect(await listAfter(client, 'msg_11')).toEqual({ ids: older, hasMore: false });
    expect(await listAfter(client, 'msg_11')).toEqual({ ids: older, hasMore: false });
    const queries = requests.map(({ url }) => new URL(url).search);
    expect(queries).toEqual(['?after=msg_11', '?limit=100', '?limit=100']);
    expect(client.supports('after')).toBe(false);
  });

  it('is not asked for a list after an item if its preset says so', async () => {
    const { client, requests } = connectToList(30, () => new Response('', { status: 502 }), {
      server: { preset: 'astra' },
    });
    expect((await listAfter(client, 'msg_2')).ids).toEqual(['msg_1']);
    expect(requests.map(({ url }) => new URL(url).search)).toEqual(['?limit=100']);
  });

  it('says that it cannot list more than one page', async () => {
    const { client } = connectToList(130, () => new Response('', { status: 502 }));
    expect(await listAfter(client, 'msg_111')).toMatchObject({ hasMore: true });
    expect(await getRejection(listAfter(client, 'msg_31'))).toMatchObject({
      kind: 'unsupported',
      status: 502,
      message: "This server cannot list messages after the first 100 (listMessages with 'after').",
    });
  });

  it('is not recognised by the refusal of an unknown item, a key or too many requests', async () => {
    for (const status of [400, 401, 403, 404, 429, 500]) {
      const error = { message: 'No message found with this id.' };
      const { client, requests } = connectToList(30, () => Response.json({ error }, { status }));
      expect(await getRejection(listAfter(client, 'msg_0'))).toMatchObject({
        kind: 'http',
        status,
      });
      expect(client.supports('after')).toBeUndefined();
      expect(requests.length).toBeLessThanOrEqual(2);
    }
  });

  it('is not assumed if the refusal names the item', async () => {
    const error = { message: "No message found with id 'msg_0'." };
    const { client, requests } = connectToList(30, () => Response.json({ error }, { status: 404 }));
    expect(await getRejection(listAfter(client, 'msg_0'))).toMatchObject({ status: 404 });
    expect(requests).toHaveLength(1);
  });

  it('is asked again when a page is not enough, because it may have failed for another reason', async () => {
    let failures = 1;
    const { client } = connectToList(130, () => {
      failures -= 1;
      return failures < 0 ? undefined : new Response('', { status: 502 });
    });
    await listAfter(client, 'msg_111');
    expect(client.supports('after')).toBe(false);
    expect((await listAfter(client, 'msg_31')).ids[0]).toBe('msg_30');
    expect(client.supports('after')).toBe(true);
  });
});

describe('createThreadAndRun', () => {
  it('is done with two requests on a server without it', async () => {
    const { client, requests } = connect(async (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === '/v1/threads/runs') return new Response(null, { status: 405 });
      if (pathname === '/v1/threads') return Response.json({ id: 'thread_9' }, { status: 201 });
      return Response.json({ ...createRun(), thread_id: 'thread_9' });
    });
    const thread = { messages: [{ role: 'user' as const, content: 'Hi' }] };
    const body = { assistant_id: 'asst_1', instructions: 'Be brief.', thread };
    for (let time = 0; time < 2; time += 1) {
      const run = await client.createThreadAndRun({ body });
      expect(run.thread_id).toBe('thread_9');
    }
    const sent = await Promise.all(
      requests.map(async (request) => [new URL(request.url).pathname, await request.json()]),
    );
    const both = [
      ['/v1/threads', thread],
      ['/v1/threads/thread_9/runs', { assistant_id: 'asst_1', instructions: 'Be brief.' }],
    ];
    expect(sent).toEqual([['/v1/threads/runs', body], ...both, ...both]);
  });
});

describe('a server that refuses streams', () => {
  it.each([400, 422])('is asked for JSON after status %d, and from then on', async (status) => {
    const { client, requests } = connect(async (request) => {
      const { stream } = (await request.json()) as { stream?: boolean };
      if (stream === true)
        return Response.json({ error: { message: 'stream is not supported' } }, { status });
      return Response.json(createRun());
    });
    const params = { threadId: 't', body: { assistant_id: 'asst_1', stream: true } };
    for (let time = 0; time < 2; time += 1)
      expect((await client.stream('createRun', params)).ok).toBe(true);
    expect(requests).toHaveLength(3);
    expect(client.supports('streaming')).toBe(false);
  });
});

describe('tokenProvider', () => {
  /** Creates a server that accepts the newest token only. */
  function connectWithTokens(getValidToken: () => string, tokenProvider: () => Promise<string>) {
    return connect(
      ({ headers }) =>
        headers.get('authorization') === `Bearer ${getValidToken()}`
          ? Response.json(list)
          : Response.json({ error: { message: 'Expired' } }, { status: 401 }),
      { tokenProvider },
    );
  }

  it('is called once for parallel requests, and once more when the token has expired', async () => {
    let count = 0;
    let validToken = 'token 1';
    const { client, requests } = connectWithTokens(
      () => validToken,
      async () => {
        count += 1;
        return `token ${count}`;
      },
    );
    await Promise.all([client.listAssistants(), client.listFiles(), client.listThreads()]);
    expect([count, requests.length]).toEqual([1, 3]);
    validToken = 'token 2';
    await Promise.all([client.listAssistants(), client.listFiles(), client.listThreads()]);
    expect([count, requests.length]).toEqual([2, 9]);
  });

  it('is called once more for a request that is refused, not again and again', async () => {
    let count = 0;
    const { client, requests } = connectWithTokens(
      () => 'another token',
      async () => {
        count += 1;
        return `token ${count}`;
      },
    );
    expect(await getRejection(client.listFiles())).toMatchObject({ kind: 'http', status: 401 });
    expect([count, requests.length]).toEqual([2, 2]);
  });

  it('reports why it has failed, and is called again by the next request', async () => {
    const providers = [() => Promise.reject(new Error('Not signed in.')), async () => 'token'];
    const { client } = connectWithTokens(
      () => 'token',
      () => providers.shift()?.() ?? Promise.reject(new Error('called too often')),
    );
    expect(await getRejection(client.listFiles())).toMatchObject({
      kind: 'protocol',
      message: 'listFiles was not sent: Not signed in. Check its headers and apiKey.',
    });
    expect(await client.listFiles()).toMatchObject({ data: [] });
  });
});
