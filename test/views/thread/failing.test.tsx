import { screen, waitFor, within } from '@testing-library/react';
import { english } from 'assistants-react';
import { expect, it, vi } from 'vitest';
import { createDeferred } from '../../createDeferred.js';
import {
  getComposer,
  createTestHarness,
  isPost,
  findErrorNotice,
  createErrorResponse,
  getMessage,
  getMessages,
  sendMessage,
} from '../createTestHarness.js';

const getRunStatus = () => document.querySelector('[data-part="run-status"]');

it('shows why a run failed, and retries it', async () => {
  let runCount = 0;
  const harness = createTestHarness({
    scenario() {
      runCount += 1;
      return runCount === 1 ? ['Half an', { fail: 'rate_limit_exceeded' }] : 'Whole answer';
    },
  });
  const { user } = harness.openThread({ assistantId: await harness.createAssistant() });
  await sendMessage(user, 'Hello');
  await screen.findByText('Rate limit reached.');
  expect(getMessages()).toEqual(['user: Hello', 'assistant: Half an']);
  // One sentence and one button, with the words of the server as details.
  await waitFor(() => expect(screen.queryByText('Failed')).toBeNull());
  await waitFor(() => expect(screen.queryByText(/response was interrupted/)).toBeNull());
  expect(document.body).not.toHaveTextContent(/start a new conversation|Try again;/);
  expect(harness.takeWrites()).toEqual(['POST /threads/runs']);

  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByText('Whole answer');

  expect(harness.takeWrites()).toEqual(['POST /threads/{thread}/runs']);
  expect(getMessages()).toEqual(['user: Hello', 'assistant: Half an', 'assistant: Whole answer']);
  await waitFor(() => expect(getRunStatus()).toHaveAttribute('data-status', 'completed'));
  await waitFor(() =>
    expect(getMessage('Half an')).toHaveTextContent('The response was interrupted.'),
  );
  expect(screen.queryByText(/Try again/)).toBeNull();
});

it('shows once that an answer reached its limit', async () => {
  const harness = createTestHarness({
    scenario: [{ say: ['It was a ', { cut: 'max_completion_tokens' }] }],
  });
  const { user } = harness.openThread({ assistantId: await harness.createAssistant() });

  await sendMessage(user, 'Hello');

  expect(await screen.findByText(english.message.incomplete.max_tokens)).toBeVisible();
  await waitFor(() =>
    expect(document.querySelector('[data-part="thread"]')).toHaveAttribute(
      'data-status',
      'incomplete',
    ),
  );
  expect(getRunStatus()).toBeNull();
});

it('offers a new conversation if the thread does not exist, and keeps the draft', async () => {
  const harness = createTestHarness();
  const { user, reportedIds } = harness.openThread({
    assistantId: await harness.createAssistant(),
    threadId: 'thread_gone',
  });
  await user.type(getComposer(), 'Half a thought');
  const notice = await findErrorNotice();
  expect(notice).toHaveTextContent('Not found');

  await user.click(within(notice).getByRole('button', { name: 'Start a new conversation' }));
  await waitFor(() => expect(document.querySelector('[data-part="error-notice"]')).toBeNull());
  expect(getComposer()).toHaveValue('Half a thought');
  await sendMessage(user, '!');
  await screen.findByText('You said: Half a thought!');

  expect(harness.takeWrites()).toEqual(['POST /threads/runs']);
  expect(reportedIds[0]).toBeUndefined();
  expect(reportedIds[1]).toMatch(/^thread_/);
});

it('keeps an unsent message when a new conversation is started', async () => {
  const harness = createTestHarness();
  const threadId = await harness.createThread('Earlier');
  const { user } = harness.openThread({ assistantId: await harness.createAssistant(), threadId });
  await screen.findByText('Earlier');
  await harness.otherClient.deleteThread({ threadId });
  await sendMessage(user, 'Still here');
  await screen.findByText('Not sent');
  await harness.queryClient.invalidateQueries();

  await user.click(await screen.findByRole('button', { name: 'Start a new conversation' }));
  await user.click(
    await within(getMessage('Still here')).findByRole('button', { name: 'Try again' }),
  );
  await screen.findByText('You said: Still here');

  expect(getMessages()).toEqual(['user: Still here', 'assistant: You said: Still here']);
});

it.each(['..', 'runs', '', 'a/b', 'thread_1?x=1', ' '])(
  'sends no request for the malformed thread id %j, and offers a new conversation',
  async (threadId) => {
    const harness = createTestHarness();
    const { user } = harness.openThread({ assistantId: await harness.createAssistant(), threadId });
    const notice = await findErrorNotice();
    expect(notice).toHaveTextContent('This link doesn’t work');
    expect(harness.requests).toEqual([]);

    await user.click(within(notice).getByRole('button', { name: 'Start a new conversation' }));
    await sendMessage(user, 'Hello');
    await screen.findByText('You said: Hello');
  },
);

it.each([
  [
    'a 500 without a body',
    () => new Response(null, { status: 500, headers: { 'x-request-id': 'req_42' } }),
    'Server error',
  ],
  [
    'a 200 with an HTML page',
    () => new Response('<html>Sign in</html>', { headers: { 'content-type': 'text/html' } }),
    'Unexpected answer from the server',
  ],
  ['a 401', () => createErrorResponse(401, 'Incorrect API key provided.'), 'Not signed in'],
  ['a 429', () => createErrorResponse(429, 'Slow down.'), 'Too many requests'],
  ['a 403 with plain text', () => new Response('no', { status: 403 }), 'Not allowed'],
])('offers to load a thread again after %s', async (_name, answer, title) => {
  const harness = createTestHarness();
  const threadId = await harness.createThread('Earlier');
  harness.intercept(async () => answer());
  const { user } = harness.openThread({ assistantId: await harness.createAssistant(), threadId });
  const notice = await findErrorNotice();
  expect(notice).toHaveTextContent(title);

  harness.intercept();
  await user.click(within(notice).getByRole('button', { name: 'Try again' }));
  await screen.findByText('Earlier');

  expect(document.querySelector('[data-part="error-notice"]')).toBeNull();
});

it.each([
  ['a 500 without a body', () => new Response(null, { status: 500 })],
  [
    'a 200 with an HTML page',
    () => new Response('<html>Sign in</html>', { headers: { 'content-type': 'text/html' } }),
  ],
  ['a 401', () => createErrorResponse(401, 'Incorrect API key provided.')],
])('keeps a first message that failed with %s, and sends it again once', async (_name, answer) => {
  const harness = createTestHarness();
  const { user } = harness.openThread({ assistantId: await harness.createAssistant() });
  harness.intercept(async () => answer());
  await sendMessage(user, 'Hello');
  const notice = await findErrorNotice();
  expect(getMessage('Hello')).toContainElement(notice);
  expect(getMessage('Hello').dataset['delivery']).toBe('failed');
  expect(getComposer()).toHaveValue('');

  harness.intercept();
  await user.click(within(notice).getByRole('button', { name: 'Try again' }));
  await screen.findByText('You said: Hello');
  await harness.backend.idle();

  expect(getMessages()).toEqual(['user: Hello', 'assistant: You said: Hello']);
  expect(harness.takeWrites()).toEqual(['POST /threads/runs', 'POST /threads/runs']);
});

it('shows that the API key is wrong', async () => {
  const harness = createTestHarness({
    backend: { apiKeys: ['right'] },
    client: { apiKey: 'wrong' },
  });
  const { user } = harness.openThread({ assistantId: 'asst_1' });

  await sendMessage(user, 'Hello');

  expect(await findErrorNotice()).toHaveTextContent('Not signed in');
  expect(getMessages()).toEqual(['user: Hello']);
});

it('shows the request id of an error', async () => {
  const harness = createTestHarness();
  harness.intercept(async () =>
    createErrorResponse(500, 'It broke.', { 'x-request-id': 'req_42' }),
  );
  harness.openThread({
    assistantId: await harness.createAssistant(),
    threadId: await harness.createThread(),
  });

  expect(await findErrorNotice()).toHaveTextContent('req_42');
});

it('keeps a message that failed offline, and sends it once when the user retries', async () => {
  const harness = createTestHarness();
  const { user } = harness.openThread({
    assistantId: await harness.createAssistant(),
    threadId: await harness.createThread('Earlier'),
  });
  await screen.findByText('Earlier');
  harness.intercept(async () => {
    throw new TypeError('Failed to fetch');
  });
  await sendMessage(user, 'Hello');
  const notice = await findErrorNotice();
  expect(notice).toHaveTextContent('No connection');

  harness.intercept();
  harness.takeWrites();
  await user.click(within(notice).getByRole('button', { name: 'Try again' }));
  await screen.findByText('You said: Hello');
  await harness.backend.idle();

  expect(getMessages()).toEqual(['user: Earlier', 'user: Hello', 'assistant: You said: Hello']);
  expect(harness.takeWrites()).toEqual([
    'POST /threads/{thread}/messages',
    'POST /threads/{thread}/runs',
  ]);
});

it('discards an unsent message when the user dismisses it', async () => {
  const harness = createTestHarness();
  const { user } = harness.openThread({ assistantId: await harness.createAssistant() });
  harness.intercept(async () => createErrorResponse(500, 'It broke.'));
  await sendMessage(user, 'Hello');

  await user.click(within(await findErrorNotice()).getByRole('button', { name: 'Dismiss' }));

  expect(getMessages()).toEqual([]);
});

it('creates only the run on retry if the message is stored', async () => {
  const harness = createTestHarness();
  const { user } = harness.openThread({
    assistantId: await harness.createAssistant(),
    threadId: await harness.createThread('Earlier'),
  });
  await screen.findByText('Earlier');
  harness.intercept(async (request) =>
    isPost(request, /\/runs$/) ? createErrorResponse(500, 'It broke.') : undefined,
  );
  await sendMessage(user, 'Hello');
  const notice = await findErrorNotice();
  expect(getMessage('Hello')).toContainElement(notice);
  expect(harness.takeWrites()).toEqual([
    'POST /threads/{thread}/messages',
    'POST /threads/{thread}/runs',
  ]);

  harness.intercept();
  await user.click(within(notice).getByRole('button', { name: 'Try again' }));
  await screen.findByText('You said: Hello');
  await harness.backend.idle();

  expect(harness.takeWrites()).toEqual(['POST /threads/{thread}/runs']);
  expect(getMessages()).toEqual(['user: Earlier', 'user: Hello', 'assistant: You said: Hello']);
});

it('sends the next message after one that failed', async () => {
  const harness = createTestHarness();
  const { user } = harness.openThread({
    assistantId: await harness.createAssistant(),
    threadId: await harness.createThread('Earlier'),
  });
  await screen.findByText('Earlier');
  harness.intercept(async () => createErrorResponse(500, 'It broke.'));
  await sendMessage(user, 'One');
  await findErrorNotice();

  harness.intercept();
  await sendMessage(user, 'Two');
  await screen.findByText('You said: Two');

  expect(getMessage('One').dataset['delivery']).toBe('failed');
  expect(getMessages()).toContain('user: One');
});

it('continues by polling when a stream is cut, and shows everything once', async () => {
  const answer = createDeferred();
  const harness = createTestHarness({
    scenario: [{ say: ['The beginning ', { hold: answer.promise }, 'and the end.'] }],
  });
  const onError = vi.fn<() => void>();
  const { user } = harness.openThread({ assistantId: await harness.createAssistant(), onError });
  const cutStreams = interceptStreams(harness);
  await sendMessage(user, 'Hello');
  await screen.findByText('The beginning');

  cutStreams();
  answer.resolve();
  await screen.findByText('The beginning and the end.');

  expect(getMessages()).toEqual(['user: Hello', 'assistant: The beginning and the end.']);
  await waitFor(() => expect(getRunStatus()).toHaveAttribute('data-status', 'completed'));
  expect(harness.takeWrites()).toEqual(['POST /threads/runs']);
  expect(onError).not.toHaveBeenCalled();
});

it('polls if the server answers a streaming request with JSON', async () => {
  const harness = createTestHarness();
  const { user } = harness.openThread({ assistantId: await harness.createAssistant() });
  harness.intercept(async (request) => {
    if (!isPost(request, /\/threads\/runs$/)) return undefined;
    const body = (await request.json()) as object;
    return harness.backend.fetch(
      new Request(request.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...body, stream: false }),
      }),
    );
  });

  await sendMessage(user, 'Hello');
  await screen.findByText('You said: Hello');

  expect(getMessages()).toEqual(['user: Hello', 'assistant: You said: Hello']);
});

it('shows HTML in an error of the server as text', async () => {
  const harness = createTestHarness();
  harness.intercept(async () => createErrorResponse(500, '<img src=x onerror=alert(1)>'));
  harness.openThread({
    assistantId: await harness.createAssistant(),
    threadId: await harness.createThread(),
  });

  expect(await findErrorNotice()).toHaveTextContent('<img src=x onerror=alert(1)>');
  expect(document.querySelector('img')).toBeNull();
});

/** Passes streams through, and returns a function that cuts them, like a connection that is reset. */
function interceptStreams(harness: ReturnType<typeof createTestHarness>): () => void {
  const aborts: (() => void)[] = [];
  harness.intercept(async (request) => {
    if (request.method !== 'POST') return undefined;
    const response = await harness.backend.fetch(request);
    const reader = response.body?.getReader();
    if (!reader) return response;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        aborts.push(() => controller.error(new TypeError('network error')));
        const pump = async (): Promise<void> => {
          const { done, value } = await reader.read();
          if (done) return controller.close();
          controller.enqueue(value);
          return pump();
        };
        // Rejects when it enqueues into a stream that was cut.
        pump().catch(() => undefined);
      },
    });
    return new Response(body, response);
  });
  return () => aborts.forEach((abort) => abort());
}
