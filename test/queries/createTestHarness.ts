import { QueryClient } from '@tanstack/react-query';
import type { BackendOptions } from '../../src/backend/BackendOptions.js';
import type { AssistantsClientOptions } from '../../src/client/AssistantsClient.js';
import { createAssistantsClient } from '../../src/client/createAssistantsClient.js';
import { createTestBackend } from '../backend/createTestBackend.js';

interface TestHarnessOptions {
  backend?: Partial<BackendOptions>;
  client?: Partial<AssistantsClientOptions>;
}

type Interceptor = (request: Request) => Promise<Response | undefined>;

/** Creates a backend, a client that records its requests to it, and a QueryClient. */
export function createTestHarness({ backend, client }: TestHarnessOptions = {}) {
  const testBackend = createTestBackend({ onError: () => undefined, ...backend });
  const requests: string[] = [];
  let interceptor: Interceptor = async () => undefined;
  return {
    ...testBackend,
    ...createBuilders(testBackend),
    client: createAssistantsClient({
      baseUrl: 'http://backend.test/v1',
      scope: 'test',
      retry: 0,
      idempotencyKeys: false,
      fetch: async (request) => {
        requests.push(describeRequest(request));
        return (await interceptor(request.clone())) ?? testBackend.backend.fetch(request);
      },
      ...client,
    }),
    queryClient: new QueryClient(),
    requests,
    /** Returns the requests since the last call. */
    takeRequests: () => requests.splice(0),
    /** Calls a function before each request reaches the backend. Its response, if any, replaces that of the backend. */
    intercept: (next: Interceptor) => {
      interceptor = next;
    },
  };
}

/** Creates functions that write objects into the backend, without the client. */
function createBuilders({
  backend,
  create,
  advanceTime,
}: Pick<ReturnType<typeof createTestBackend>, 'backend' | 'create' | 'advanceTime'>) {
  const createMessage = async (threadId: string, content: string): Promise<string> => {
    const id = await create(`/v1/threads/${threadId}/messages`, { role: 'user', content });
    advanceTime(1_000);
    return id;
  };
  const createAssistant = (body: object = {}): Promise<string> =>
    create('/v1/assistants', { model: 'scripted', ...body });
  return {
    createMessage,
    createAssistant,
    /** Creates a thread with user messages a second apart. Their texts are their numbers; `1` is the oldest. */
    async createThread(messageCount: number): Promise<string> {
      const threadId = await create('/v1/threads');
      for (let number = 1; number <= messageCount; number += 1)
        await createMessage(threadId, `${number}`);
      return threadId;
    },
    /** Creates a run, and waits until it has settled. */
    async createSettledRun(threadId: string, body: object = {}): Promise<string> {
      const assistantId = await createAssistant();
      const runId = await create(`/v1/threads/${threadId}/runs`, {
        assistant_id: assistantId,
        ...body,
      });
      await backend.idle();
      return runId;
    },
  };
}

function describeRequest({ method, url }: Request): string {
  const { pathname, search } = new URL(url);
  return `${method} ${pathname.replace('/v1', '')}${decodeURIComponent(search)}`;
}

/** Resolves in the next task, after all pending promise callbacks. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
