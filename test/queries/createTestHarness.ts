import { QueryClient } from '@tanstack/react-query';
import type { BackendOptions } from '../../src/backend/createBackend.js';
import { createAssistantsClient } from '../../src/client/createAssistantsClient.js';
import type { AssistantsClientOptions } from '../../src/client/AssistantsClient.js';
import { testBackend } from '../backend/testBackend.js';

interface WorldOptions {
  backend?: Partial<BackendOptions>;
  client?: Partial<AssistantsClientOptions>;
}

/** A backend, a client of it that counts its requests, and a cache. */
export function createWorld({ backend: backendOptions, client: clientOptions }: WorldOptions = {}) {
  const { backend, send, create, pass, upload } = testBackend({
    onError: () => undefined,
    ...backendOptions,
  });
  const requests: string[] = [];
  let gate: (request: Request) => Promise<Response | undefined> = async () => undefined;
  const client = createAssistantsClient({
    baseUrl: 'http://backend.test/v1',
    scope: 'test',
    retry: 0,
    fetch: async (request) => {
      const url = new URL(request.url);
      requests.push(
        `${request.method} ${url.pathname.replace('/v1', '')}${decodeURIComponent(url.search)}`,
      );
      return (await gate(request.clone())) ?? backend.fetch(request);
    },
    ...clientOptions,
  });
  return {
    backend,
    client,
    create,
    pass,
    send,
    upload,
    queryClient: new QueryClient(),
    requests,
    /** What was sent since the last call. */
    sent: () => requests.splice(0),
    /** Stands before the backend: what it answers is the answer, and while it waits the request does. */
    guard: (next: typeof gate) => void (gate = next),
    /** A thread with so many messages of a person, a second apart: `1` is the oldest. */
    threadOf: async (count: number): Promise<string> => {
      const threadId = await create('/v1/threads');
      for (let number = 1; number <= count; number++) {
        await create(`/v1/threads/${threadId}/messages`, { role: 'user', content: `${number}` });
        pass(1_000);
      }
      return threadId;
    },
    say: async (threadId: string, text: string): Promise<string> => {
      const id = await create(`/v1/threads/${threadId}/messages`, { role: 'user', content: text });
      pass(1_000);
      return id;
    },
    assistant: (body: object = {}): Promise<string> =>
      create('/v1/assistants', { model: 'scripted', ...body }),
    /** A run that has come to an end of its own. */
    runOf: async (threadId: string, body: object = {}): Promise<string> => {
      const assistantId = await create('/v1/assistants', { model: 'scripted' });
      const runId = await create(`/v1/threads/${threadId}/runs`, {
        assistant_id: assistantId,
        ...body,
      });
      await backend.idle();
      return runId;
    },
  };
}

/** A promise, and the function that fulfils it. */
export function latch(): { opened: Promise<void>; open: () => void } {
  let open = () => undefined as void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}
