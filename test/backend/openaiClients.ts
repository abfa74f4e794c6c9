import { createBackend } from '../../src/backend/createBackend.js';
import type { ScriptedScenario } from '../../src/backend/models/scripted/scenario.js';
import type { ScriptedLine } from '../../src/backend/models/scripted/script.js';
import { scriptedModel } from '../../src/backend/models/scripted/scriptedModel.js';
import { operationIds, operationPaths } from '../../src/protocol/operationPaths.js';
import type { OperationId } from '../../src/protocol/types.js';
import { readConformingResponse } from './readConformingResponse.js';

/** A function that all foreign clients are given, and how it is described. */
export const GET_WEATHER = {
  type: 'function' as const,
  function: {
    name: 'get_weather',
    description: 'The weather of a city.',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};

/** Answers text with text, and a question about the weather with two calls, and then with text. */
export const SCENARIO: ScriptedScenario = [
  {
    when: 'weather',
    say: [
      'Let me look. ',
      { call: 'get_weather', with: { city: 'Paris' } },
      { call: 'get_weather', with: { city: 'Tokyo' } },
    ],
    after: ({ outputs }) => outputs.map(({ output }) => output).join(' and '),
  },
  { when: 'stall', say: ['Well', { stall: true }] },
  { when: 'fail', say: ['Well', { fail: 'rate_limit_exceeded', message: 'Slow down.' }] },
  {
    when: 'look up',
    say: ['One moment. ', { search: 'content of the notes' }],
    after: ({ found }) =>
      found.flatMap((passage): ScriptedLine[] => [
        passage.text,
        { cite: { id: passage.fileId, filename: passage.filename }, quote: passage.text },
      ]),
  },
  {
    when: 'file',
    say: ['Here: ', { attach: 'a.txt', content: 'made' }, ' as in ', { cite: 'a.txt' }, '.'],
  },
  {
    when: 'twice',
    say: { call: 'get_weather', with: { city: 'Paris' } },
    after: ({ outputs: [output], round }) =>
      round === 1 ? { call: 'get_weather', with: { city: 'Tokyo' } } : `Last: ${output?.output}`,
  },
  { say: ({ text }) => `You said: ${text}` },
];

/**
 * A backend for a client that is not ours: its `fetch` in process, which holds every answer against the contract, and the
 * operations that the client has called.
 */
export function createClientBackend() {
  const backend = createBackend({ model: scriptedModel(SCENARIO), apiKeys: ['sk-test'] });
  const called = new Set<OperationId>();
  return {
    backend,
    called,
    fetch: async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
      const request = new Request(url, init);
      const operation = getOperation(request);
      const response = await backend.fetch(request);
      called.add(operation);
      return checked(operation, response);
    },
  };
}

/**
 * The class of a client, by the version in its alias. Its types are those of another version: what the tests call is the
 * same in all of their dialect.
 */
export async function importClient<Client>(version: string): Promise<Client> {
  // Before version 5 the client brings a fetch of its own, and its own forms and files, unless it is told not to.
  if (version.startsWith('4.')) await import(/* @vite-ignore */ `openai-${version}/shims/web`);
  const { default: client }: { default: Client } = await import(
    /* @vite-ignore */ `openai-${version}`
  );
  return client;
}

/**
 * A client of version 4 called as those that came after: all ids but the last one by name, and `delete` in whole. That is
 * all that changed in what they have for assistants.
 */
export function withNamedIds<Resource extends object>(resource: Resource): Resource {
  return new Proxy(resource, {
    get(target, name) {
      const value: unknown = Reflect.get(
        target,
        name === 'delete' && !('delete' in target) ? 'del' : name,
      );
      if (typeof value === 'function')
        return (...given: unknown[]): unknown => Reflect.apply(value, target, inOrder(given));
      return typeof value === 'object' && value !== null ? withNamedIds(value) : value;
    },
  });
}

function inOrder([id, params, ...rest]: unknown[]): unknown[] {
  if (typeof params !== 'object' || params === null || !('thread_id' in params))
    return [id, params, ...rest];
  const {
    thread_id: thread,
    run_id: run,
    ...body
  }: { thread_id: unknown; run_id?: unknown } = params;
  return [
    thread,
    ...(run === undefined ? [] : [run]),
    id,
    ...(Object.keys(body).length === 0 ? [] : [body]),
    ...rest,
  ];
}

/** The answer again, once it has conformed; a stream chunk by chunk, each of which holds whole events. */
async function checked(operation: OperationId, response: Response): Promise<Response> {
  if (response.headers.get('content-type')?.startsWith('text/event-stream') !== true) {
    await readConformingResponse(operation, response.clone());
    return response;
  }
  const check = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    async transform(chunk, controller) {
      await readConformingResponse(operation, new Response(chunk, response));
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body?.pipeThrough(check) ?? null, response);
}

function getOperation({ method, url }: Request): OperationId {
  const path = new URL(url).pathname.replace(/^\/v1/, '');
  const fits = operationIds.filter((id) => {
    const pattern = operationPaths[id].path.replaceAll(/\{\w+\}/g, '[^/]+');
    return operationPaths[id].method === method && new RegExp(`^${pattern}$`).test(path);
  });
  // `/threads/runs` is the one path that another pattern takes as well.
  const operation = fits.find((id) => !operationPaths[id].path.includes('{')) ?? fits[0];
  if (operation === undefined) throw new Error(`${method} ${path} is no operation.`);
  return operation;
}
