import {
  dehydrate,
  HydrationBoundary,
  QueryClient,
  type DehydratedState,
} from '@tanstack/react-query';
import { act, screen, waitFor } from '@testing-library/react';
import { AssistantsProvider, createAssistantsClient, ThreadView } from 'assistants-react';
import {
  listMessagesOptions,
  newestRunOptions,
  type AssistantsClient,
} from 'assistants-react/client';
import { createBackend, scriptedModel } from 'assistants-react/backend';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { useState, type ReactNode } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { said } from './createTestHarness.js';

afterEach(() => {
  vi.restoreAllMocks();
  sessionStorage.clear();
  document.body.replaceChildren();
});

/** What a loader of an app does on the server for every request. */
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

async function world() {
  const backend = createBackend({
    model: scriptedModel([
      { when: 'fail', say: [{ fail: 'server_error' }] },
      { say: 'Hello to you.' },
    ]),
    onError: () => undefined,
  });
  const requests: string[] = [];
  /** One for the server, one for the browser: in an app they are never the same. */
  const connect = (place: string, serve: (request: Request) => Promise<Response> = backend.fetch) =>
    createAssistantsClient({
      baseUrl: 'http://backend.test/v1',
      fetch: (request) => {
        requests.push(
          `${place} ${request.method} ${new URL(request.url).pathname.split('/').at(-1)}`,
        );
        return serve(request);
      },
    });
  const { id: assistantId } = await connect('setup').createAssistant({
    body: { model: 'scripted' },
  });
  const { id: threadId } = await connect('setup').createThread({ body: {} });
  const say = async (content: string) => {
    await connect('setup').createMessage({ threadId, body: { role: 'user', content } });
    await connect('setup').createRun({ threadId, body: { assistant_id: assistantId } });
    await backend.idle();
    requests.length = 0;
  };
  return { backend, requests, connect, say, thread: { assistantId, threadId } };
}

/** The page of a server in a browser that takes it over. */
function takeOver(html: string, page: ReactNode) {
  const container = document.createElement('div');
  container.innerHTML = html;
  document.body.append(container);
  const problems: unknown[] = [];
  const note = (...problem: unknown[]) => void problems.push(problem);
  // React throws nothing where only attributes differ.
  vi.spyOn(console, 'error').mockImplementation(note);
  act(() => void hydrateRoot(container, page, { onRecoverableError: note }));
  return { container, problems };
}

it('takes a thread over from the server as it is, without a flash or a second fetch', async () => {
  const { requests, connect, say, thread } = await world();
  await say('Hello');
  const state = JSON.parse(
    JSON.stringify(await load(connect('server'), thread.threadId)),
  ) as DehydratedState;
  const html = renderToString(<Page client={connect('server')} state={state} {...thread} />);
  expect(requests.toSorted()).toEqual(['server GET messages', 'server GET runs']);
  expect(html).toContain('Hello to you.');
  requests.length = 0;

  const { problems } = takeOver(
    html,
    <Page client={connect('browser')} state={state} {...thread} />,
  );

  expect(problems).toEqual([]);
  expect(said()).toEqual(['user: Hello', 'assistant: Hello to you.']);
  expect(requests).toEqual([]);
});

it('takes over what a server in another time zone has rendered, and shows it as the reader does', async () => {
  const zone = process.env['TZ'];
  const { connect, say, thread } = await world();
  await say('Hello');
  const state = await load(connect('server'), thread.threadId);
  try {
    process.env['TZ'] = 'America/Los_Angeles';
    const html = renderToString(
      <Page client={connect('server')} state={state} {...thread} locale="en-GB" />,
    );
    process.env['TZ'] = 'Asia/Tokyo';

    const { container, problems } = takeOver(
      html,
      <Page client={connect('browser')} state={state} {...thread} locale="en-GB" />,
    );

    expect(problems).toEqual([]);
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

it('takes a page over in which something was begun to be written, and something could not be sent', async () => {
  const { connect, say, thread } = await world();
  await say('Hello');
  const state = await load(connect('server'), thread.threadId);
  const html = renderToString(<Page client={connect('server')} state={state} {...thread} />);
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

  const { problems } = takeOver(
    html,
    <Page client={connect('browser')} state={state} {...thread} />,
  );

  expect(problems).toEqual([]);
  expect(screen.getByRole('textbox', { name: 'Message' })).toHaveValue('Half a thought');
  expect(said()).toEqual(['user: Hello', 'assistant: Hello to you.', 'user: Kept']);
});

it('says why the last run failed, for no request but that of the server', async () => {
  const { requests, connect, say, thread } = await world();
  await say('fail');
  const state = await load(connect('server'), thread.threadId);
  const html = renderToString(<Page client={connect('server')} state={state} {...thread} />);
  requests.length = 0;

  const { problems } = takeOver(
    html,
    <Page client={connect('browser')} state={state} {...thread} />,
  );

  await waitFor(() =>
    expect(document.querySelector('[data-part="run-status"]')).toHaveAttribute(
      'data-status',
      'failed',
    ),
  );
  expect(problems).toEqual([]);
  expect(requests).toEqual([]);
});

it('numbers what an answer cites on the server, and shows the sources in the browser', async () => {
  const { backend, connect, thread } = await world();
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
  const state = await load(connect('server', serve), thread.threadId);
  const html = renderToString(<Page client={connect('server', serve)} state={state} {...thread} />);

  const { problems } = takeOver(
    html,
    <Page client={connect('browser', serve)} state={state} {...thread} />,
  );

  expect(problems).toEqual([]);
  expect(said()).toEqual(['assistant: Rain1, see the table.']);
  expect(screen.queryByRole('link')).toBeNull();
  const before = document.querySelector('[data-part="message-text"] p');
  expect(await screen.findByRole('group', { name: 'Sources' })).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Source 1' })).toBeInTheDocument();
  expect(screen.getByRole('button', { name: /the table/ })).toBeInTheDocument();
  expect(screen.getByRole('list', { name: 'Attached files' })).toBeInTheDocument();
  expect(document.querySelector('[data-part="message-text"] p')).toBe(before);
});
