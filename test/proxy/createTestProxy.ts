import { createBackend } from '../../src/backend/createBackend.js';
import type { Model } from '../../src/backend/models/Model.js';
import { operationIds } from '../../src/protocol/operationPaths.js';
import { createProxy } from '../../src/proxy/createProxy.js';
import { memoryOwnership } from '../../src/proxy/ownership/memoryOwnership.js';
import type { ProxyPolicy } from '../../src/proxy/policy/ProxyPolicy.js';
import type { ProxyOptions } from '../../src/proxy/ProxyOptions.js';

export const APP = 'https://app.example';
export const KEY = 'sk-server-secret';
export const JSON_TYPE = { 'content-type': 'application/json' };

/** Policy that allows every part of a request. */
export const ANYTHING: ProxyPolicy = {
  assistants: 'any',
  files: 'any',
  vectorStores: 'any',
  models: 'any',
  instructions: true,
  tools: 'any',
  toolResources: true,
  attachments: true,
  imageUrls: true,
  assistantMessages: true,
  metadata: 'any',
  settings: 'any',
  searchResults: true,
  sharedLists: operationIds,
};

export const getUser = (request: Request) => request.headers.get('x-user') ?? undefined;

/** Creates a proxy that allows everything, for a fake server that records its requests. */
export function createTestProxy(
  answer: (request: Request) => Response | Promise<Response>,
  options: Partial<ProxyOptions> = {},
) {
  const seen: Request[] = [];
  const errors: unknown[] = [];
  const proxy = createProxy({
    upstream: 'https://models.example/base/v1/?api-version=7',
    apiKey: KEY,
    allow: operationIds,
    policy: ANYTHING,
    authorize: () => true,
    onError: (error) => errors.push(error),
    fetch: async (input, init) => {
      const request = new Request(input, init);
      seen.push(request);
      return answer(request);
    },
    ...options,
  });
  const send = (method: string, path: string, init: RequestInit & { duplex?: 'half' } = {}) =>
    proxy.fetch(new Request(APP + path, { method, ...init }));
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    send('POST', `/v1${path}`, {
      headers: { ...JSON_TYPE, ...headers },
      body: JSON.stringify(body),
    });
  return { proxy, seen, errors, send, post };
}

/** Responds with a thread. */
export const respondThread = () => Response.json({ id: 'thread_1', object: 'thread' });

const sayHello: Model = {
  async *respond() {
    yield { type: 'text', text: 'Hello' };
  },
};

/** Creates a proxy for the embedded backend, whose users own what they create. The header `x-user` names the user. */
export function createBackendProxy(options: Partial<ProxyOptions> = {}, model: Model = sayHello) {
  const backend = createBackend({ model, apiKeys: [KEY] });
  const upstream: Request[] = [];
  const proxy = createProxy({
    upstream: 'https://models.example/v1',
    apiKey: KEY,
    allow: operationIds,
    user: getUser,
    ownership: memoryOwnership(),
    policy: ANYTHING,
    fetch: (input, init) => {
      const request = new Request(input, init);
      upstream.push(request.clone());
      return backend.fetch(request);
    },
    ...options,
  });
  const as = (user: string) => ({
    send: (method: string, path: string, body?: object | FormData, headers = {}) =>
      proxy.fetch(
        new Request(`${APP}/v1${path}`, {
          method,
          headers: {
            'x-user': user,
            ...(body !== undefined && !(body instanceof FormData) && JSON_TYPE),
            ...headers,
          },
          ...(body !== undefined && {
            body: body instanceof FormData ? body : JSON.stringify(body),
          }),
        }),
      ),
    async json(method: string, path: string, body?: object | FormData, headers = {}) {
      const response = await this.send(method, path, body, headers);
      // The tests know the operations that they call.
      return (await response.json()) as Record<string, unknown> & { id: string };
    },
    upload(name = 'a.txt', text = 'secret text') {
      const form = new FormData();
      form.append('purpose', 'assistants');
      form.append('file', new File([text], name));
      return this.json('POST', '/files', form);
    },
  });
  return { backend, proxy, upstream, as };
}

/** Sends a request to a backend without the proxy, as the operator does. */
export async function callBackend(
  { fetch }: Pick<ReturnType<typeof createBackend>, 'fetch'>,
  method: string,
  path: string,
  body?: object,
) {
  const response = await fetch(
    new Request(`https://models.example/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${KEY}`, ...JSON_TYPE },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  );
  // The tests know the operations that they call.
  return (await response.json()) as Record<string, unknown> & { id: string };
}
