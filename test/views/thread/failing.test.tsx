import { screen, waitFor, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import {
  composer,
  createWorld,
  isPost,
  latch,
  notice,
  refusal,
  rowOf,
  said,
  say,
} from '../createTestHarness.js';

const fast = { interval: 5 };
const status = () => document.querySelector('[data-part="run-status"]');

it('says why a run failed, and runs again on request', async () => {
  let tries = 0;
  const world = createWorld({
    scenario: () => (++tries === 1 ? ['Half an', { fail: 'rate_limit_exceeded' }] : 'Whole answer'),
  });
  const { user } = world.open({ assistantId: await world.assistant() });
  await say(user, 'Hello');
  await screen.findByText(/Too many requests, or the quota is used up/);
  expect(said()).toEqual(['user: Hello', 'assistant: Half an']);
  expect(world.written()).toEqual(['POST /threads/runs']);

  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByText('Whole answer');

  expect(world.written()).toEqual(['POST /threads/{thread}/runs']);
  expect(said()).toEqual(['user: Hello', 'assistant: Half an', 'assistant: Whole answer']);
  expect(status()).toHaveAttribute('data-status', 'completed');
});

it('says once that an answer reached its limit', async () => {
  const world = createWorld({
    scenario: [{ say: ['It was a ', { cut: 'max_completion_tokens' }] }],
  });
  const { user } = world.open({ assistantId: await world.assistant() });

  await say(user, 'Hello');

  expect(
    await screen.findByText('The answer reached its length limit. Ask the assistant to go on.'),
  ).toBeVisible();
  await waitFor(
    () =>
      expect(document.querySelector('[data-part="thread"]')).toHaveAttribute(
        'data-status',
        'incomplete',
      ),
    fast,
  );
  expect(status()).toBeNull();
});

it('offers a new conversation where the thread is gone, and keeps what is being written', async () => {
  const world = createWorld();
  const { user, reported } = world.open({
    assistantId: await world.assistant(),
    threadId: 'thread_gone',
  });
  await user.type(composer(), 'Half a thought');
  const gone = await notice();
  expect(gone).toHaveTextContent('Not found');

  await user.click(within(gone).getByRole('button', { name: 'Start a new conversation' }));
  await waitFor(
    () => expect(document.querySelector('[data-part="error-notice"]')).toBeNull(),
    fast,
  );
  expect(composer()).toHaveValue('Half a thought');
  await say(user, '!');
  await screen.findByText('You said: Half a thought!');

  expect(world.written()).toEqual(['POST /threads/runs']);
  expect(reported[0]).toBeUndefined();
  expect(reported[1]).toMatch(/^thread_/);
});

it('takes a message that could not be sent along into a new conversation', async () => {
  const world = createWorld();
  const threadId = await world.thread('Earlier');
  const { user } = world.open({ assistantId: await world.assistant(), threadId });
  await screen.findByText('Earlier');
  await world.other.deleteThread({ threadId });
  await say(user, 'Still here');
  await screen.findByText('Not sent');
  await world.queryClient.invalidateQueries();

  await user.click(await screen.findByRole('button', { name: 'Start a new conversation' }));
  await user.click(await within(rowOf('Still here')).findByRole('button', { name: 'Try again' }));
  await screen.findByText('You said: Still here');

  expect(said()).toEqual(['user: Still here', 'assistant: You said: Still here']);
});

it.each(['..', 'runs', '', 'a/b', 'thread_1?x=1', ' '])(
  'sends nothing for the malformed thread id %j, and offers a new conversation',
  async (threadId) => {
    const world = createWorld();
    const { user } = world.open({ assistantId: await world.assistant(), threadId });
    const wrong = await notice();
    expect(wrong).toHaveTextContent('This link is not right');
    expect(world.requests).toEqual([]);

    await user.click(within(wrong).getByRole('button', { name: 'Start a new conversation' }));
    await say(user, 'Hello');
    await screen.findByText('You said: Hello');
  },
);

it.each([
  [
    'a 500 without a body',
    () => new Response(null, { status: 500, headers: { 'x-request-id': 'req_42' } }),
    'The server has a fault',
  ],
  [
    'a 200 that is a page',
    () => new Response('<html>Sign in</html>', { headers: { 'content-type': 'text/html' } }),
    'Unexpected answer from the server',
  ],
  ['a 401', () => refusal(401, 'Incorrect API key provided.'), 'Not signed in'],
  ['a 429', () => refusal(429, 'Slow down.'), 'Too many requests'],
  ['a 403 of a text', () => new Response('no', { status: 403 }), 'Not allowed'],
])('loads a thread again after %s', async (_name, answer, title) => {
  const world = createWorld();
  const threadId = await world.thread('Earlier');
  world.guard(async () => answer());
  const { user } = world.open({ assistantId: await world.assistant(), threadId });
  const wrong = await notice();
  expect(wrong).toHaveTextContent(title);

  world.guard(async () => undefined);
  await user.click(within(wrong).getByRole('button', { name: 'Try again' }));
  await screen.findByText('Earlier');

  expect(document.querySelector('[data-part="error-notice"]')).toBeNull();
});

it.each([
  ['a 500 without a body', () => new Response(null, { status: 500 })],
  [
    'a 200 that is a page',
    () => new Response('<html>Sign in</html>', { headers: { 'content-type': 'text/html' } }),
  ],
  ['a 401', () => refusal(401, 'Incorrect API key provided.')],
])('keeps a first message that meets %s, and sends it again once', async (_name, answer) => {
  const world = createWorld();
  const { user } = world.open({ assistantId: await world.assistant() });
  world.guard(async () => answer());
  await say(user, 'Hello');
  const wrong = await notice();
  expect(rowOf('Hello')).toContainElement(wrong);
  expect(rowOf('Hello').dataset['delivery']).toBe('failed');
  expect(composer()).toHaveValue('');

  world.guard(async () => undefined);
  await user.click(within(wrong).getByRole('button', { name: 'Try again' }));
  await screen.findByText('You said: Hello');
  await world.backend.idle();

  expect(said()).toEqual(['user: Hello', 'assistant: You said: Hello']);
  expect(world.written()).toEqual(['POST /threads/runs', 'POST /threads/runs']);
});

it('tells a wrong key from the rest, with the key that is refused', async () => {
  const world = createWorld({ backend: { keys: ['right'] }, client: { apiKey: 'wrong' } });
  const { user } = world.open({ assistantId: 'asst_1' });

  await say(user, 'Hello');

  expect(await notice()).toHaveTextContent('Not signed in');
  expect(said()).toEqual(['user: Hello']);
});

it('shows the request id of a failure, to be copied', async () => {
  const world = createWorld();
  world.guard(async () => refusal(500, 'It broke.', { 'x-request-id': 'req_42' }));
  world.open({ assistantId: await world.assistant(), threadId: await world.thread() });

  expect(await notice()).toHaveTextContent('req_42');
});

it('keeps a message that is sent offline, marked as failed, and sends it once when it is asked to', async () => {
  const world = createWorld();
  const { user } = world.open({
    assistantId: await world.assistant(),
    threadId: await world.thread('Earlier'),
  });
  await screen.findByText('Earlier');
  world.guard(async () => {
    throw new TypeError('Failed to fetch');
  });
  await say(user, 'Hello');
  const wrong = await notice();
  expect(wrong).toHaveTextContent('No connection');

  world.guard(async () => undefined);
  world.written();
  await user.click(within(wrong).getByRole('button', { name: 'Try again' }));
  await screen.findByText('You said: Hello');
  await world.backend.idle();

  expect(said()).toEqual(['user: Earlier', 'user: Hello', 'assistant: You said: Hello']);
  expect(world.written()).toEqual([
    'POST /threads/{thread}/messages',
    'POST /threads/{thread}/runs',
  ]);
});

it('forgets a message that could not be sent when it is dismissed', async () => {
  const world = createWorld();
  const { user } = world.open({ assistantId: await world.assistant() });
  world.guard(async () => refusal(500, 'It broke.'));
  await say(user, 'Hello');

  await user.click(within(await notice()).getByRole('button', { name: 'Dismiss' }));

  expect(said()).toEqual([]);
});

it('makes only the run again where the message was stored and the run was not', async () => {
  const world = createWorld();
  const { user } = world.open({
    assistantId: await world.assistant(),
    threadId: await world.thread('Earlier'),
  });
  await screen.findByText('Earlier');
  world.guard(async (request) =>
    isPost(request, /\/runs$/) ? refusal(500, 'It broke.') : undefined,
  );
  await say(user, 'Hello');
  const wrong = await notice();
  expect(rowOf('Hello')).toContainElement(wrong);
  expect(world.written()).toEqual([
    'POST /threads/{thread}/messages',
    'POST /threads/{thread}/runs',
  ]);

  world.guard(async () => undefined);
  await user.click(within(wrong).getByRole('button', { name: 'Try again' }));
  await screen.findByText('You said: Hello');
  await world.backend.idle();

  expect(world.written()).toEqual(['POST /threads/{thread}/runs']);
  expect(said()).toEqual(['user: Earlier', 'user: Hello', 'assistant: You said: Hello']);
});

it('sends a message after one that failed', async () => {
  const world = createWorld();
  const { user } = world.open({
    assistantId: await world.assistant(),
    threadId: await world.thread('Earlier'),
  });
  await screen.findByText('Earlier');
  world.guard(async () => refusal(500, 'It broke.'));
  await say(user, 'One');
  await notice();

  world.guard(async () => undefined);
  await say(user, 'Two');
  await screen.findByText('You said: Two');

  expect(rowOf('One').dataset['delivery']).toBe('failed');
  expect(said()).toContain('user: One');
});

it('heals a stream that is cut in the middle by polling, and says everything once', async () => {
  const held = latch();
  const world = createWorld({
    scenario: [{ say: ['The beginning ', { hold: held.opened }, 'and the end.'] }],
  });
  const onError = vi.fn<() => void>();
  const { user } = world.open({ assistantId: await world.assistant(), onError });
  const cut = cutWhen(world);
  await say(user, 'Hello');
  await screen.findByText('The beginning');

  cut();
  held.open();
  await screen.findByText('The beginning and the end.', {}, { timeout: 4_000 });

  expect(said()).toEqual(['user: Hello', 'assistant: The beginning and the end.']);
  await waitFor(() => expect(status()).toHaveAttribute('data-status', 'completed'), fast);
  expect(world.written()).toEqual(['POST /threads/runs']);
  expect(onError).not.toHaveBeenCalled();
});

it('polls where the server answers a stream with JSON', async () => {
  const world = createWorld();
  const { user } = world.open({ assistantId: await world.assistant() });
  world.guard(async (request) => {
    if (!isPost(request, /\/threads\/runs$/)) return undefined;
    const body = (await request.json()) as object;
    return world.backend.fetch(
      new Request(request.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...body, stream: false }),
      }),
    );
  });

  await say(user, 'Hello');
  await screen.findByText('You said: Hello', {}, { timeout: 4_000 });

  expect(said()).toEqual(['user: Hello', 'assistant: You said: Hello']);
});

it('shows hostile words of a server as text', async () => {
  const world = createWorld();
  world.guard(async () => refusal(500, '<img src=x onerror=alert(1)>'));
  world.open({ assistantId: await world.assistant(), threadId: await world.thread() });

  expect(await notice()).toHaveTextContent('<img src=x onerror=alert(1)>');
  expect(document.querySelector('img')).toBeNull();
});

/** Lets streams through until they are cut, as a connection that is reset. */
function cutWhen(world: ReturnType<typeof createWorld>): () => void {
  const aborts: (() => void)[] = [];
  world.guard(async (request) => {
    if (request.method !== 'POST') return undefined;
    const response = await world.backend.fetch(request);
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
        // Once it is cut nothing more can be put in.
        pump().catch(() => undefined);
      },
    });
    return new Response(body, response);
  });
  return () => aborts.forEach((abort) => abort());
}
