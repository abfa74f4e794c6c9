import { createTestedBackend } from './createTestedBackend.js';
import type { Model } from '../../src/backend/models/Model.js';
import type { ScriptedScenario } from '../../src/backend/models/scripted/findReply.js';
import type { ScriptedLine } from '../../src/backend/models/scripted/ScriptedLine.js';
import { scriptedModel } from '../../src/backend/models/scripted/scriptedModel.js';
import { matchOperation } from '../../src/protocol/matchOperation.js';
import type { OperationId } from '../../src/protocol/types.js';
import { isRecord } from '../../src/common/isRecord.js';
import { readConformingResponse } from './readConformingResponse.js';

/** Operations that tests of their own call, with the clients that have them. */
export const isVectorStoreOperation = (id: OperationId): boolean => id.includes('VectorStore');

/** Function tool that all clients use. */
export const GET_WEATHER = {
  type: 'function' as const,
  function: {
    name: 'get_weather',
    description: 'The weather of a city.',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};

/** Script of the model. Each keyword selects an answer with a feature that the clients have to handle. */
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
    after: ({ passages }) =>
      passages.flatMap((passage): ScriptedLine[] => [
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

/** Lets a model reason before each answer. The clients do not know reasoning, so it must change nothing for them. */
function withReasoning(model: Model): Model {
  return {
    async *respond(request) {
      yield { type: 'reasoning', text: 'Let me ' };
      yield { type: 'reasoning', text: 'think.' };
      yield* model.respond(request);
    },
  };
}

/**
 * Creates a backend for an OpenAI client. Its `fetch` runs in process and validates every response against the contract.
 * `called` collects the operations that the client has called.
 */
export function createClientBackend() {
  const backend = createTestedBackend({
    model: withReasoning(scriptedModel(SCENARIO)),
    apiKeys: ['sk-test'],
  });
  const called = new Set<OperationId>();
  return {
    backend,
    called,
    fetch: async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
      const request = new Request(url, init);
      const operation = getOperation(request);
      const response = await backend.fetch(request);
      called.add(operation);
      return validate(operation, response);
    },
  };
}

/**
 * Imports the client class of an installed version. The type parameter may be the class of another version, because the
 * methods that the tests call are the same in all clients of an API version.
 */
export async function importClient<Client>(version: string): Promise<Client> {
  // Before version 5, the client uses its own fetch, FormData and File unless this shim is loaded.
  if (version.startsWith('4.')) await import(/* @vite-ignore */ `openai-${version}/shims/web`);
  const { default: client }: { default: Client } = await import(
    /* @vite-ignore */ `openai-${version}`
  );
  return client;
}

/**
 * Adapts a client of version 4 to the signatures of later versions, in which all ids except the last one are named and the
 * method `del` is called `delete`. There are no other differences in the resources of the Assistants API.
 */
export function withNamedIds<Resource extends object>(resource: Resource): Resource {
  return new Proxy(resource, {
    get(target, name) {
      const isMissingDelete = name === 'delete' && !('delete' in target);
      const value: unknown = Reflect.get(target, isMissingDelete ? 'del' : name);
      if (typeof value === 'function')
        return (...args: unknown[]): unknown => Reflect.apply(value, target, toPositionalIds(args));
      return typeof value === 'object' && value !== null ? withNamedIds(value) : value;
    },
  });
}

function toPositionalIds([id, params, ...rest]: unknown[]): unknown[] {
  if (isRecord(params) && 'vector_store_id' in params) {
    const { vector_store_id: vectorStore, ...body } = params;
    return [vectorStore, id, ...(Object.keys(body).length === 0 ? [] : [body]), ...rest];
  }
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

/** Validates a response and returns it. Streams are validated in chunks, which contain complete events. */
async function validate(operation: OperationId, response: Response): Promise<Response> {
  if (response.headers.get('content-type')?.startsWith('text/event-stream') !== true) {
    await readConformingResponse(operation, response.clone());
    return response;
  }
  const validator = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    async transform(chunk, controller) {
      await readConformingResponse(operation, new Response(chunk, response));
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body?.pipeThrough(validator) ?? null, response);
}

function getOperation({ method, url }: Request): OperationId {
  const path = new URL(url).pathname.replace(/^\/(?:openai\/v1|openai|v1)/, '');
  const match = matchOperation(method, path);
  if (match === undefined) throw new Error(`No operation matches ${method} ${path}.`);
  return match.operation;
}
