import {
  dehydrate,
  HydrationBoundary,
  QueryClient,
  type DehydratedState,
} from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import { AssistantsProvider, createAssistantsClient, ThreadView } from 'assistants-react';
import {
  listMessagesOptions,
  newestRunOptions,
  type AssistantsClient,
} from 'assistants-react/client';
import { createBackend, scriptedModel } from 'assistants-react/backend';
import { renderToString } from 'react-dom/server';
import { useState, type ReactNode } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { getMessages } from './createTestHarness.js';

afterEach(() => {
  vi.restoreAllMocks();
  sessionStorage.clear();
});

/** Prefetches a thread, as the loader of an app does for every request. */
async function load(client: AssistantsClient, threadId: string): Promise<DehydratedState> {
  const queryClient = new QueryClient();
  await Promise.all([
    queryClient.prefetchInfiniteQuery(listMessagesOptions(client, { threadId })),
    queryClient.prefetchQuery(newestRunOptions(client, { threadId })),
  ]);
  return dehydrate(queryClient);
}

interface PageProps {
  locale?: string | undefined;
  client: AssistantsClient;
  state: DehydratedState;
  assistantId: string;
  threadId: string;
}

function Page({ client, state, locale, ...thread }: PageProps) {
  const [queryClient] = useState(() => new QueryClient());
  return (
    <AssistantsProvider client={client} queryClient={queryClient} locale={locale}>
      <HydrationBoundary state={state}>
        <ThreadView {...thread} />
      </HydrationBoundary>
    </AssistantsProvider>
  );
}

async function createServer() {
  const backend = createBackend({
    model: scriptedModel([
      { when: 'fail', say: [{ fail: 'server_error' }] },
      { say: 'Hello to you.' },
    ]),
    onError: () => undefined,
  });
  const requests: string[] = [];
  /** Creates a client that records its requests. Server and browser have their own, as in an app. */
  const createClient = (
    place: string,
    serve: (request: Request) => Promise<Response> = backend.fetch,
  ) =>
    createAssistantsClient({
      baseUrl: 'http://backend.test/v1',
      fetch: (request) => {
        requests.push(
          `${place} ${request.method} ${new URL(request.url).pathname.split('/').at(-1)}`,
        );
        return serve(request);
      },
    });
  const { id: assistantId } = await createClient('setup').createAssistant({
    body: { model: 'scripted' },
  });
  const { id: threadId } = await createClient('setup').createThread({ body: {} });
  const sendMessage = async (content: string) => {
    await createClient('setup').createMessage({ threadId, body: { role: 'user', content } });
    await createClient('setup').createRun({ threadId, body: { assistant_id: assistantId } });
    await backend.idle();
    requests.length = 0;
  };
  return { backend, requests, createClient, sendMessage, thread: { assistantId, threadId } };
}

/** Hydrates HTML of the server, and records the errors of React. */
function hydrate(html: string, page: ReactNode) {
  const container = document.createElement('div');
  container.innerHTML = html;
  document.body.append(container);
  const errors: unknown[] = [];
  const recordError = (...error: unknown[]) => void errors.push(error);
  // React only logs attributes that differ.
  vi.spyOn(console, 'error').mockImplementation(recordError);
  render(page, { container, hydrate: true, onRecoverableError: recordError });
  return { container, errors };
}

it('hydrates a thread without differences and without fetching it again', async () => {
  const { requests, createClient, sendMessage, thread } = await createServer();
  await sendMessage('Hello');
  const state = JSON.parse(
    JSON.stringify(await load(createClient('server'), thread.threadId)),
  ) as DehydratedState;
  const html = renderToString(<Page client={createClient('server')} state={state} {...thread} />);
  expect(requests.toSorted()).toEqual(['server GET messages', 'server GET runs']);
  expect(html).toContain('Hello to you.');
  requests.length = 0;

  const { errors } = hydrate(
    html,
    <Page client={createClient('browser')} state={state} {...thread} />,
  );

  expect(errors).toEqual([]);
  expect(getMessages()).toEqual(['user: Hello', 'assistant: Hello to you.']);
  expect(requests).toEqual([]);
});

it('hydrates a page of a server in another time zone, and shows times in that of the user', async () => {
  const zone = process.env['TZ'];
  const { createClient, sendMessage, thread } = await createServer();
  await sendMessage('Hello');
  const state = await load(createClient('server'), thread.threadId);
  try {
    process.env['TZ'] = 'America/Los_Angeles';
    const html = renderToString(
      <Page client={createClient('server')} state={state} {...thread} locale="en-GB" />,
    );
    process.env['TZ'] = 'Asia/Tokyo';

    const { container, errors } = hydrate(
      html,
      <Page client={createClient('browser')} state={state} {...thread} locale="en-GB" />,
    );

    expect(errors).toEqual([]);
    const time = container.querySelector('time');
    const inTokyo = new Intl.DateTimeFormat('en-GB', {
      hour: 'numeric',
      minute: '2-digit',
      timeZone: 'Asia/Tokyo',
    });
    expect(time).toHaveTextContent(inTokyo.format(new Date(time?.dateTime ?? '')));
  } finally {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  }
});

it('hydrates a page with a stored draft and an unsent message', async () => {
  const { createClient, sendMessage, thread } = await createServer();
  await sendMessage('Hello');
  const state = await load(createClient('server'), thread.threadId);
  const html = renderToString(<Page client={createClient('server')} state={state} {...thread} />);
  sessionStorage.setItem(`assistants-react:draft:${thread.threadId}`, 'Half a thought');
  const item = {
    key: 'local-1',
    body: { role: 'user', content: 'Kept' },
    wantsRun: true,
    state: 'failed',
    createdAt: 1,
  };
  sessionStorage.setItem(
    `assistants-react:outbox:http://backend.test/v1:${thread.threadId}`,
    JSON.stringify([item]),
  );

  const { errors } = hydrate(
    html,
    <Page client={createClient('browser')} state={state} {...thread} />,
  );

  expect(errors).toEqual([]);
  expect(screen.getByRole('textbox', { name: 'Message' })).toHaveValue('Half a thought');
  await screen.findByText('Kept');
  expect(getMessages()).toEqual(['user: Hello', 'assistant: Hello to you.', 'user: Kept']);
});

it('shows why the last run failed without a request of the browser', async () => {
  const { requests, createClient, sendMessage, thread } = await createServer();
  await sendMessage('fail');
  const state = await load(createClient('server'), thread.threadId);
  const html = renderToString(<Page client={createClient('server')} state={state} {...thread} />);
  requests.length = 0;

  const { errors } = hydrate(
    html,
    <Page client={createClient('browser')} state={state} {...thread} />,
  );

  await waitFor(() =>
    expect(document.querySelector('[data-part="run-status"]')).toHaveAttribute(
      'data-status',
      'failed',
    ),
  );
  expect(errors).toEqual([]);
  expect(requests).toEqual([]);
});

it('renders citation numbers on the server, and the sources in the browser', async () => {
  const { backend, createClient, thread } = await createServer();
  const text = {
    value: 'Rain【4:0†source】, see [the table](sandbox:/mnt/data/rain.csv).',
    annotations: [
      {
        type: 'file_citation',
        text: '【4:0†source】',
        start_index: 4,
        end_index: 16,
        file_citation: { file_id: 'file-1' },
      },
      {
        type: 'file_path',
        text: 'sandbox:/mnt/data/rain.csv',
        start_index: 34,
        end_index: 60,
        file_path: { file_id: 'file-2' },
      },
    ],
  };
  const answer = {
    id: 'msg_1',
    object: 'thread.message',
    created_at: 1_795_176_000,
    thread_id: thread.threadId,
    role: 'assistant',
    assistant_id: null,
    run_id: null,
    status: 'completed',
    metadata: {},
    attachments: [{ file_id: 'file-1', tools: [] }],
    content: [{ type: 'text', text }],
  };
  const serve = async (request: Request) => {
    const { pathname } = new URL(request.url);
    if (!pathname.endsWith('/messages')) return backend.fetch(request);
    return Response.json({
      object: 'list',
      data: [answer],
      first_id: answer.id,
      last_id: answer.id,
      has_more: false,
    });
  };
  const state = await load(createClient('server', serve), thread.threadId);
  const html = renderToString(
    <Page client={createClient('server', serve)} state={state} {...thread} />,
  );

  const { errors } = hydrate(
    html,
    <Page client={createClient('browser', serve)} state={state} {...thread} />,
  );

  expect(errors).toEqual([]);
  expect(getMessages()).toEqual(['assistant: Rain1, see the table.']);
  expect(screen.queryByRole('link')).toBeNull();
  const before = document.querySelector('[data-part="message-text"] p');
  expect(await screen.findByRole('group', { name: 'Sources' })).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Source 1' })).toBeInTheDocument();
  expect(screen.getByRole('button', { name: /the table/ })).toBeInTheDocument();
  expect(screen.getByRole('list', { name: 'Attached files' })).toBeInTheDocument();
  expect(document.querySelector('[data-part="message-text"] p')).toBe(before);
});

it('reads neither the clock nor random values while a page is prerendered', async () => {
  const { createClient, sendMessage, thread } = await createServer();
  await sendMessage('Hello');
  const client = createClient('server');
  const state = await load(client, thread.threadId);
  const messages = state.queries.map((query) => ({
    ...query,
    // A query that is not stale by time. TanStack Query compares the time of all others.
    state: { ...query.state, isInvalidated: true },
  }));
  const readers = [
    vi.spyOn(Date, 'now'),
    vi.spyOn(Math, 'random'),
    vi.spyOn(crypto, 'randomUUID'),
    vi.spyOn(crypto, 'getRandomValues'),
  ];
  const bare = (
    <AssistantsProvider client={client}>
      <ThreadView assistantId="asst_1" suggestions={['Hello']} />
    </AssistantsProvider>
  );
  expect(renderToString(bare)).toContain('What can I help with?');
  for (const reader of readers) expect(reader).not.toHaveBeenCalled();
  const page = (
    <Page client={client} state={{ ...state, queries: messages }} locale="en" {...thread} />
  );
  expect(renderToString(page)).toContain('Hello to you.');
  for (const reader of readers) expect(reader).not.toHaveBeenCalled();
});
