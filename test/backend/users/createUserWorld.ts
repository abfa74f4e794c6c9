import type { Model } from '../../../src/backend/models/Model.js';
import type { Store } from '../../../src/backend/stores/Store.js';
import { operationPaths } from '../../../src/protocol/operationPaths.js';
import type { OperationId } from '../../../src/protocol/types.js';
import { createRequest, createTestBackend, createUploadForm, toUrl } from '../createTestBackend.js';

/** Response of an operation, as its caller sees it. */
export interface Answer {
  status: number;
  type: string | null;
  isReplayed: boolean;
  text: string;
}

/** Ids by the names of path parameters, and those that only bodies name. */
export type Ids = Record<
  | 'assistant_id'
  | 'thread_id'
  | 'message_id'
  | 'run_id'
  | 'step_id'
  | 'file_id'
  | 'vector_store_id'
  | 'batch_id',
  string
>;

/** Objects of a user. The run of `waiting` waits for tool outputs, and `idle` has a message and no run. */
export interface World {
  waiting: Ids;
  idle: Ids;
}

/** Calls a function if the run has tools, until it has the output. Answers otherwise. */
const callingModel: Model = {
  async *respond({ tools, messages }) {
    const isAnswered = messages.some(({ role }) => role === 'tool-outputs');
    if (tools.length > 0 && !isAnswered) {
      yield { type: 'toolCall', id: 'call_1', name: 'ask' };
      yield { type: 'arguments', text: '{}' };
      yield { type: 'finish', reason: 'tool_calls' };
      return;
    }
    yield { type: 'text', text: 'Done' };
    yield { type: 'usage', promptTokens: 10, completionTokens: 5 };
    yield { type: 'finish', reason: 'stop' };
  },
};

const ASK = { type: 'function', function: { name: 'ask', parameters: {} } };

/** Creates a backend with users, which name themselves in a header. */
export function createUserBackend(store: Store) {
  const { backend } = createTestBackend({
    store,
    model: callingModel,
    unsupportedTools: 'ignore',
    user: (request) => request.headers.get('x-user'),
  });

  /** @param caller Name of the user, or `anonymous` for a request without one. */
  async function send(caller: string, request: Request): Promise<Answer> {
    if (caller !== 'anonymous') request.headers.set('x-user', caller);
    const response = await backend.fetch(request);
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      isReplayed: response.headers.get('idempotent-replayed') !== null,
      text: await response.text(),
    };
  }

  function call(
    caller: string,
    operation: OperationId,
    params: Partial<Ids> = {},
    { body, query = '', headers = {} }: CallOptions = {},
  ): Promise<Answer> {
    return send(caller, createOperationRequest(operation, params, { body, query, headers }));
  }

  /** Calls an operation that must succeed. */
  async function create(
    caller: string,
    operation: OperationId,
    params: Partial<Ids>,
    body?: unknown,
  ): Promise<Record<string, unknown>> {
    const { status, text } = await call(caller, operation, params, { body });
    if (status !== 200) throw new Error(`${operation}: ${status} ${text}`);
    return JSON.parse(text) as Record<string, unknown>;
  }

  /** Creates objects of a user. */
  async function createWorld(caller: string): Promise<World> {
    const secret = `secret of ${caller}`;
    const id = async (operation: OperationId, params: Partial<Ids> = {}, body: unknown = {}) =>
      String((await create(caller, operation, params, body))['id']);
    const file_id = await id(
      'uploadFile',
      {},
      createUploadForm(`${secret}.txt`, secret, 'assistants'),
    );
    const assistant = await create(
      caller,
      'createAssistant',
      {},
      {
        model: 'm',
        name: secret,
        tool_resources: { file_search: { vector_stores: [{ file_ids: [file_id] }] } },
      },
    );
    const assistant_id = String(assistant['id']);
    const vector_store_id = /vs_\w+/.exec(JSON.stringify(assistant))?.[0] ?? '';
    const batch_id = await id(
      'createVectorStoreFileBatch',
      { vector_store_id },
      { file_ids: [file_id] },
    );
    const message = {
      role: 'user',
      content: secret,
      attachments: [{ file_id, tools: [{ type: 'file_search' }] }],
    };
    const createThread = async (): Promise<Ids> => {
      const tool_resources = { file_search: { vector_store_ids: [vector_store_id] } };
      const thread_id = await id('createThread', {}, { metadata: { secret }, tool_resources });
      const message_id = await id('createMessage', { thread_id }, message);
      return {
        assistant_id,
        thread_id,
        message_id,
        run_id: '',
        step_id: '',
        file_id,
        vector_store_id,
        batch_id,
      };
    };
    const idle = await createThread();
    const waiting = await createThread();
    waiting.run_id = await id('createRun', waiting, { assistant_id, tools: [ASK] });
    await backend.idle();
    const steps = await create(caller, 'listRunSteps', waiting);
    waiting.step_id = /step_\w+/.exec(JSON.stringify(steps))?.[0] ?? '';
    return { idle, waiting };
  }

  return { backend, call, send, createWorld };
}

export interface CallOptions {
  body?: unknown;
  query?: string;
  headers?: Record<string, string>;
}

/** Creates the request of an operation. Lists of files of assistants and messages belong to version 1. */
export function createOperationRequest(
  operation: OperationId,
  params: Partial<Record<string, string>>,
  { body, query = '', headers = {} }: CallOptions,
): Request {
  const { method, path } = operationPaths[operation];
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? `no-${name}`);
  const url = `/v1${filled}${query}`;
  return body instanceof FormData
    ? new Request(toUrl(url), { method, headers, body })
    : createRequest(method, url, body, headers);
}
