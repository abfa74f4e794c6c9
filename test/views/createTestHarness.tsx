import { QueryClient } from '@tanstack/react-query';
import { act, render, screen, waitFor, within, type RenderResult } from '@testing-library/react';
import { userEvent, type UserEvent } from '@testing-library/user-event';
import { StrictMode, useEffect, useState, type ReactElement, type ReactNode } from 'react';
import {
  AssistantsProvider,
  createAssistantsClient,
  ThreadView,
  type AssistantsClientOptions,
  type ThreadViewProps,
} from 'assistants-react';
import {
  createBackend,
  scriptedModel,
  type BackendOptions,
  type ScriptedScenario,
} from 'assistants-react/backend';

export interface TestHarnessOptions {
  /** Answers of the assistant. @default it repeats the message */
  scenario?: ScriptedScenario;
  backend?: Partial<BackendOptions>;
  client?: Partial<AssistantsClientOptions>;
}

/** Answers a request in place of the backend, delays it, or lets it pass with undefined. */
export type RequestInterceptor = (request: Request) => Promise<Response | undefined>;

export type TestHarness = ReturnType<typeof createTestHarness>;

const ECHO: ScriptedScenario = [{ say: ({ text }) => `You said: ${text}` }];

/** Shortest delay that the client accepts from a server: tests that poll need not wait longer. */
const POLL_AFTER_MS = 100;

/** Creates a backend, a client whose requests are recorded and can be intercepted, and functions that render a thread. */
export function createTestHarness({
  scenario = ECHO,
  backend: backendOptions,
  client: clientOptions,
}: TestHarnessOptions = {}) {
  const backend = createBackend({
    model: scriptedModel(scenario),
    onError: () => undefined,
    ...backendOptions,
  });
  const requests: string[] = [];
  let interceptor: RequestInterceptor = async () => undefined;
  const client = createAssistantsClient({
    baseUrl: 'http://backend.test/v1',
    retry: 0,
    idempotencyKeys: false,
    fetch: async (request) => {
      requests.push(describeRequest(request));
      const response = (await interceptor(request.clone())) ?? (await backend.fetch(request));
      if (response.headers.has('openai-poll-after-ms'))
        response.headers.set('openai-poll-after-ms', String(POLL_AFTER_MS));
      return response;
    },
    ...clientOptions,
  });
  const otherClient = createAssistantsClient({
    baseUrl: 'http://backend.test/v1',
    fetch: backend.fetch,
  });
  const queryClient = new QueryClient();
  // Earlier tests may have stored drafts and unsent messages.
  sessionStorage.clear();

  return {
    backend,
    client,
    /** Client of another user of the same backend. Its requests are neither recorded nor intercepted. */
    otherClient,
    queryClient,
    requests,
    /** Returns the recorded requests that change data, and clears the record. */
    takeWrites: () => requests.splice(0).filter((request) => !request.startsWith('GET')),
    /** Replaces the interceptor of requests. Without one, all requests pass. */
    intercept(next: RequestInterceptor = async () => undefined): void {
      interceptor = next;
    },
    /** Creates an assistant with two functions and returns its id. */
    async createAssistant(): Promise<string> {
      const tools = ['get_weather', 'get_time'].map(
        (name) => ({ type: 'function', function: { name } }) as const,
      );
      const body = { model: 'scripted', name: 'Helper', tools };
      return (await otherClient.createAssistant({ body })).id;
    },
    /** Creates a thread with messages of the user and returns its id. */
    async createThread(...texts: string[]): Promise<string> {
      const { id } = await otherClient.createThread({ body: {} });
      for (const content of texts)
        await otherClient.createMessage({ threadId: id, body: { role: 'user', content } });
      return id;
    },
    render: (children: ReactNode): RenderResult =>
      render(
        <AssistantsProvider client={client} queryClient={queryClient}>
          {children}
        </AssistantsProvider>,
      ),
    /** Renders a `ThreadView` in a page that holds the thread id as its state. */
    openThread(props: ThreadViewProps, { strict = false } = {}) {
      const reportedIds: (string | undefined)[] = [];
      const listeners = new Set<(threadId: string | undefined) => void>();
      function Page(): ReactElement {
        const [threadId, setThreadId] = useState(props.threadId ?? undefined);
        useEffect(() => {
          listeners.add(setThreadId);
          return () => void listeners.delete(setThreadId);
        }, []);
        return (
          <ThreadView
            {...props}
            threadId={threadId}
            onThreadIdChange={(id) => {
              reportedIds.push(id);
              setThreadId(id);
            }}
          />
        );
      }
      const tree = (
        <AssistantsProvider client={client} queryClient={queryClient}>
          <Page />
        </AssistantsProvider>
      );
      const page = render(strict ? <StrictMode>{tree}</StrictMode> : tree);
      return {
        ...page,
        user: userEvent.setup({ delay: null }),
        /** Ids that the view has reported, oldest first. */
        reportedIds,
        /** Shows another thread, or a new one with undefined. */
        showThread: (id: string | undefined): void =>
          act(() => listeners.forEach((listener) => listener(id))),
      };
    },
  };
}

/** Writes a message and sends it. */
export async function sendMessage(user: UserEvent, text: string): Promise<void> {
  await user.type(getComposer(), text);
  await user.keyboard('{Enter}');
}

/** Returns the text field of the composer. */
export function getComposer(): HTMLElement {
  return screen.getByRole('textbox', { name: 'Message' });
}

/** Returns all messages, oldest first, each as its role and its text. */
export function getMessages(): string[] {
  return screen.queryAllByRole('article').flatMap((article) => {
    const role = article.dataset['role'];
    if (role === undefined) return [];
    const texts = [...article.querySelectorAll('[data-part="message-text"]')];
    return `${role}: ${texts.map((text) => text.textContent).join(' | ')}`;
  });
}

/** Returns the element of the message with a text. */
export function getMessage(text: string): HTMLElement {
  const message = screen
    .getAllByRole('article')
    .find((article) => within(article).queryByText(text));
  if (!message) throw new Error(`No message has the text "${text}".`);
  return message;
}

/** Waits until the page has exactly one error notice, and returns it. */
export async function findErrorNotice(): Promise<HTMLElement> {
  return waitFor(() => {
    const notices = document.querySelectorAll<HTMLElement>('[data-part="error-notice"]');
    const [notice] = notices;
    if (!notice || notices.length > 1)
      throw new Error(`The page has ${notices.length} error notices instead of one.`);
    // Until its explanation is loaded, only the reason 'network' is known.
    if (notice.dataset['reason'] === 'unknown') throw new Error('The error is not explained yet.');
    return notice;
  });
}

/** Creates an error response of the API. */
export function createErrorResponse(
  status: number,
  message: string,
  headers: Record<string, string> = {},
): Response {
  const error = { message, type: 'invalid_request_error', param: null, code: null };
  return Response.json({ error }, { status, headers });
}

/** Returns true for a POST request whose path matches. */
export function isPost(request: Request, path: RegExp): boolean {
  return request.method === 'POST' && path.test(new URL(request.url).pathname);
}

/** Describes a request as method and path, with placeholders for ids: "GET /threads/{thread}/messages". */
function describeRequest({ method, url }: Request): string {
  const path = new URL(url).pathname
    .replace('/v1', '')
    .replace(/\b(thread|run|asst|msg|step)_\w+/g, '{$1}');
  return `${method} ${path}`;
}
