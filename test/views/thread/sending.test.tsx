import { act, screen, waitFor } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { composer, createWorld, latch, notice, rowOf, said, say } from '../createTestHarness.js';

const fast = { interval: 5 };

it('makes thread, message and run of a first message in one request', async () => {
  const world = createWorld();
  const { user, reported } = world.open({ assistantId: await world.assistant() });

  await say(user, 'Hello');
  await waitFor(() => expect(said()).toEqual(['user: Hello', 'assistant: You said: Hello']), fast);
  await world.backend.idle();

  expect(world.written()).toEqual(['POST /threads/runs']);
  expect(reported).toHaveLength(1);
  expect(reported[0]).toMatch(/^thread_/);
});

it('shows a first message once and in the same element from the first frame to the end', async () => {
  const world = createWorld();
  const { user } = world.open({ assistantId: await world.assistant() });
  const counts = new Set<number>();
  const seen = new Set<Element>();
  const observer = new MutationObserver(() => {
    const rows = document.querySelectorAll('[data-part="message"][data-role="user"]');
    counts.add(rows.length);
    rows.forEach((row) => seen.add(row));
  });
  observer.observe(document.body, { childList: true, subtree: true });

  await say(user, 'Hello');
  await screen.findByText('You said: Hello');
  await waitFor(() => expect(rowOf('Hello').dataset['key']).toBeDefined(), fast);
  await waitFor(
    () =>
      expect(
        world.requests.filter((request) => request.includes('/messages')).length,
      ).toBeGreaterThan(0),
    fast,
  );
  await waitFor(() => expect(world.queryClient.isFetching()).toBe(0), fast);
  observer.disconnect();

  expect([...counts].toSorted((a, b) => a - b)).toEqual([0, 1]);
  expect(seen.size).toBe(1);
  expect(document.querySelector('[data-part="message"][data-role="user"]')).toBe([...seen][0]);
});

it('adds a message and a run to a thread that exists', async () => {
  const world = createWorld();
  const threadId = await world.thread('Earlier');
  const { user, reported } = world.open({ assistantId: await world.assistant(), threadId });
  await screen.findByText('Earlier');

  await say(user, 'Hello');
  await waitFor(
    () => expect(said()).toEqual(['user: Earlier', 'user: Hello', 'assistant: You said: Hello']),
    fast,
  );

  expect(world.written()).toEqual([
    'POST /threads/{thread}/messages',
    'POST /threads/{thread}/runs',
  ]);
  expect(reported).toEqual([]);
});

it('keeps the element of a message that is added to a thread', async () => {
  const world = createWorld();
  const { user } = world.open({
    assistantId: await world.assistant(),
    threadId: await world.thread('Earlier'),
  });
  await screen.findByText('Earlier');
  const held = latch();
  world.guard(async () => {
    await held.opened;
    return undefined;
  });

  await say(user, 'Hello');
  const row = rowOf('Hello');
  expect(row.dataset['delivery']).toBe('sending');
  held.open();
  await screen.findByText('You said: Hello');

  expect(rowOf('Hello')).toBe(row);
  expect(row.dataset['delivery']).toBe('sent');
});

it('goes on in the same thread with a second message', async () => {
  const world = createWorld();
  const { user, reported } = world.open({ assistantId: await world.assistant() });

  await say(user, 'One');
  await screen.findByText('You said: One');
  await say(user, 'Two');
  await screen.findByText('You said: Two');

  expect(said()).toEqual([
    'user: One',
    'assistant: You said: One',
    'user: Two',
    'assistant: You said: Two',
  ]);
  expect(world.written()).toEqual([
    'POST /threads/runs',
    'POST /threads/{thread}/messages',
    'POST /threads/{thread}/runs',
  ]);
  expect(reported).toHaveLength(1);
});

it('sends one message and one run for ten Enters and a click in one frame', async () => {
  const world = createWorld();
  const { user } = world.open({
    assistantId: await world.assistant(),
    threadId: await world.thread(),
  });
  await user.type(composer(), 'Hello');

  const send = screen.getByRole('button', { name: 'Send message' });
  act(() => {
    for (let press = 0; press < 10; press += 1) {
      composer().dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }),
      );
    }
    send.click();
  });
  await screen.findByText('You said: Hello');
  await world.backend.idle();

  expect(said()).toEqual(['user: Hello', 'assistant: You said: Hello']);
  expect(world.written()).toEqual([
    'POST /threads/{thread}/messages',
    'POST /threads/{thread}/runs',
  ]);
});

it('sends a suggestion once, however often it is clicked in a frame', async () => {
  const world = createWorld();
  world.open({ assistantId: await world.assistant(), suggestions: ['Tell me a story'] });
  const suggestion = await screen.findByRole('button', { name: 'Tell me a story' });

  act(() => {
    suggestion.click();
    suggestion.click();
  });
  await screen.findByText('You said: Tell me a story');

  expect(world.written()).toEqual(['POST /threads/runs']);
});

it('does everything once under StrictMode', async () => {
  const world = createWorld();
  const onRunSettled = vi.fn<() => void>();
  const { user, reported } = world.open(
    { assistantId: await world.assistant(), onRunSettled },
    { strict: true },
  );

  await say(user, 'Hello');
  await screen.findByText('You said: Hello');
  await waitFor(() => expect(onRunSettled).toHaveBeenCalled(), fast);
  await world.backend.idle();

  expect(world.written()).toEqual(['POST /threads/runs']);
  expect(said()).toEqual(['user: Hello', 'assistant: You said: Hello']);
  expect(reported).toHaveLength(1);
  expect(onRunSettled).toHaveBeenCalledOnce();
});

it('stops an answer, keeps what was written, and says so', async () => {
  const world = createWorld({ scenario: [{ say: ['The beginning', { stall: true }] }] });
  const { user } = world.open({ assistantId: await world.assistant() });
  await say(user, 'Go on');
  await screen.findByText('The beginning');

  await user.click(screen.getByRole('button', { name: 'Stop answer' }));
  await screen.findByText('You stopped this answer.');

  expect(screen.queryByRole('button', { name: 'Stop answer' })).toBeNull();
  expect(composer()).toHaveFocus();
  expect(said()).toEqual(['user: Go on', 'assistant: The beginning']);
  expect(world.written()).toEqual([
    'POST /threads/runs',
    'POST /threads/{thread}/runs/{run}/cancel',
  ]);
});

it('stops an answer that has not begun', async () => {
  const world = createWorld({ scenario: [{ say: { stall: true } }] });
  const held = latch();
  const { user } = world.open({ assistantId: await world.assistant() });
  world.guard(async (request) => {
    if (new URL(request.url).pathname.endsWith('/threads/runs')) await held.opened;
    return undefined;
  });
  await say(user, 'Go on');

  await user.click(await screen.findByRole('button', { name: 'Stop answer' }));
  held.open();
  await waitFor(
    () =>
      expect(document.querySelector('[data-part="run-status"]')).toHaveAttribute(
        'data-status',
        'cancelled',
      ),
    fast,
  );
});

it('shows an answer that was faster than the stop as whole', async () => {
  const held = latch();
  const world = createWorld({ scenario: [{ say: ['Nearly ', { hold: held.opened }, 'done'] }] });
  const { user } = world.open({ assistantId: await world.assistant() });
  await say(user, 'Go on');
  await screen.findByText('Nearly');
  world.guard(async (request) => {
    if (!request.url.endsWith('/cancel')) return undefined;
    held.open();
    await world.backend.idle();
    return undefined;
  });

  await user.click(screen.getByRole('button', { name: 'Stop answer' }));
  await screen.findByText('Nearly done');
  await waitFor(
    () =>
      expect(document.querySelector('[data-part="run-status"]')).toHaveAttribute(
        'data-status',
        'completed',
      ),
    fast,
  );
  expect(document.querySelector('[data-part="error-notice"]')).toBeNull();
});

it('queues a message while an answer runs, and sends it after', async () => {
  const held = latch();
  const world = createWorld({
    scenario: [
      { when: 'One', say: ['First ', { hold: held.opened }, 'done'] },
      { say: 'Second done' },
    ],
  });
  const { user } = world.open({ assistantId: await world.assistant() });
  await say(user, 'One');
  await screen.findByText('First');

  await say(user, 'Two');
  expect(rowOf('Two').dataset['delivery']).toBe('sending');
  expect(world.written()).toEqual(['POST /threads/runs']);
  held.open();
  await screen.findByText('Second done');

  expect(said()).toEqual([
    'user: One',
    'assistant: First done',
    'user: Two',
    'assistant: Second done',
  ]);
  expect(world.written()).toEqual([
    'POST /threads/{thread}/messages',
    'POST /threads/{thread}/runs',
  ]);
});

it('cancels the answer that runs when it is told to', async () => {
  const world = createWorld({
    scenario: [{ when: 'One', say: ['First', { stall: true }] }, { say: 'Second done' }],
  });
  const { user } = world.open({ assistantId: await world.assistant(), onBusy: 'cancel' });
  await say(user, 'One');
  await screen.findByText('First');

  await say(user, 'Two');
  await screen.findByText('Second done');

  expect(world.written()).toEqual([
    'POST /threads/runs',
    'POST /threads/{thread}/runs/{run}/cancel',
    'POST /threads/{thread}/messages',
    'POST /threads/{thread}/runs',
  ]);
});

it('gives the text back where a message may not be sent while an answer runs', async () => {
  const world = createWorld({ scenario: [{ say: ['First', { stall: true }] }] });
  const { user } = world.open({ assistantId: await world.assistant(), onBusy: 'reject' });
  await say(user, 'One');
  await screen.findByText('First');

  await say(user, 'Two');
  await waitFor(() => expect(composer()).toHaveValue('Two'), fast);

  expect(screen.getByText('The message was not sent. Your text is still here.')).toBeVisible();
  expect(said()).toEqual(['user: One', 'assistant: First']);
  expect(world.written()).toEqual(['POST /threads/runs']);
});

it('waits for the run of somebody else, and then sends', async () => {
  const held = latch();
  const world = createWorld({
    scenario: [{ when: 'Theirs', say: { hold: held.opened } }, { say: 'Mine done' }],
  });
  const assistantId = await world.assistant();
  const threadId = await world.thread();
  const { user } = world.open({ assistantId, threadId });
  await waitFor(() => expect(world.queryClient.isFetching()).toBe(0), fast);
  await world.other.createMessage({ threadId, body: { role: 'user', content: 'Theirs' } });
  await world.other.createRun({ threadId, body: { assistant_id: assistantId } });

  await say(user, 'Mine');
  await waitFor(
    () =>
      expect(
        world.requests.some((request) => request.startsWith('GET /threads/{thread}/runs/')),
      ).toBe(true),
    fast,
  );
  expect(rowOf('Mine').dataset['delivery']).toBe('sending');
  held.open();
  await screen.findByText('Mine done', {}, { timeout: 4_000 });

  expect(said().filter((line) => line === 'user: Mine')).toHaveLength(1);
});

it('keeps a message that is sent before an assistant is chosen, and says why', async () => {
  const world = createWorld();
  const { user } = world.open({ assistantId: undefined });

  await say(user, 'Hello');

  expect(await notice()).toHaveTextContent('No assistantChoose one, then try again.');
  expect(said()).toEqual(['user: Hello']);
  expect(world.written()).toEqual([]);
});
