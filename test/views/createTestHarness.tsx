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

interface WorldOptions {
  /** What the assistant answers. @default it repeats what it is told */
  scenario?: ScriptedScenario;
  backend?: Partial<BackendOptions>;
  client?: Partial<AssistantsClientOptions>;
}

const ECHO: ScriptedScenario = [{ say: ({ text }) => `You said: ${text}` }];

/** A backend, a client whose requests are seen and can be stopped on their way, and a page. */
export function createWorld({
  scenario = ECHO,
  backend: backendOptions,
  client: clientOptions,
}: WorldOptions = {}) {
  const backend = createBackend({
    model: scriptedModel(scenario),
    onError: () => undefined,
    ...backendOptions,
  });
  const requests: string[] = [];
  let gate: (request: Request) => Promise<Response | undefined> = async () => undefined;
  const client = createAssistantsClient({
    baseUrl: 'http://backend.test/v1',
    retry: 0,
    fetch: async (request) => {
      const { pathname } = new URL(request.url);
      requests.push(
        `${request.method} ${pathname.replace('/v1', '').replace(/\b(thread|run|asst|msg|step)_\w+/g, '{$1}')}`,
      );
      return (await gate(request.clone())) ?? backend.fetch(request);
    },
    ...clientOptions,
  });
  /** Past the gate and uncounted: what somebody else does. */
  const other = createAssistantsClient({ baseUrl: 'http://backend.test/v1', fetch: backend.fetch });
  const queryClient = new QueryClient();
  // What another test has begun to write waits there.
  sessionStorage.clear();

  return {
    backend,
    client,
    other,
    queryClient,
    requests,
    /** The requests that change something, since the last call. */
    written: () => requests.splice(0).filter((request) => !request.startsWith('GET')),
    /** Stands before the backend: what it answers is the answer, and while it waits the request does. */
    guard: (next: typeof gate) => void (gate = next),
    async assistant(): Promise<string> {
      const tools = ['get_weather', 'get_time'].map(
        (name) => ({ type: 'function', function: { name } }) as const,
      );
      return (await other.createAssistant({ body: { model: 'scripted', name: 'Helper', tools } }))
        .id;
    },
    async thread(...texts: string[]): Promise<string> {
      const { id } = await other.createThread({ body: {} });
      for (const content of texts)
        await other.createMessage({ threadId: id, body: { role: 'user', content } });
      return id;
    },
    render: (children: ReactNode): RenderResult =>
      render(
        <AssistantsProvider client={client} queryClient={queryClient}>
          {children}
        </AssistantsProvider>,
      ),
    /** Opens a thread in a page that holds its id, as an app does. */
    open(props: ThreadViewProps, { strict = false } = {}) {
      const reported: (string | undefined)[] = [];
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
              reported.push(id);
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
        reported,
        go: (id: string | undefined) => act(() => listeners.forEach((go) => go(id))),
      };
    },
  };
}

/** Writes a message and sends it. */
export async function say(user: UserEvent, text: string): Promise<void> {
  await user.type(composer(), text);
  await user.keyboard('{Enter}');
}

/** The field that messages are written in. */
export function composer(): HTMLElement {
  return screen.getByRole('textbox', { name: 'Message' });
}

/** The messages, oldest first, each as who said it and what. */
export function said(): string[] {
  return screen.queryAllByRole('article').flatMap((article) => {
    const role = article.dataset['role'];
    if (role === undefined) return [];
    return `${role}: ${[...article.querySelectorAll('[data-part="message-text"]')].map((text) => text.textContent).join(' | ')}`;
  });
}

/** The row of a message of a person. */
export function rowOf(text: string): HTMLElement {
  const row = screen.getAllByRole('article').find((article) => within(article).queryByText(text));
  if (!row) throw new Error(`No message says "${text}".`);
  return row;
}

/** The one notice of the page, once it is there. */
export async function notice(): Promise<HTMLElement> {
  return waitFor(
    () => {
      const [only, ...more] = document.querySelectorAll<HTMLElement>('[data-part="error-notice"]');
      if (!only || more.length > 0)
        throw new Error(`${only ? more.length + 1 : 'No'} notices in the page.`);
      return only;
    },
    { interval: 5 },
  );
}

/** A promise, and the function that fulfils it. */
export function latch(): { opened: Promise<void>; open: () => void } {
  let open = () => undefined as void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

/** An error as the server words it. */
export function refusal(
  status: number,
  message: string,
  headers: Record<string, string> = {},
): Response {
  const error = { message, type: 'invalid_request_error', param: null, code: null };
  return Response.json({ error }, { status, headers });
}

/** Whether a request writes to this path; the path is matched from its end. */
export function isPost(request: Request, path: RegExp): boolean {
  return request.method === 'POST' && path.test(new URL(request.url).pathname);
}
