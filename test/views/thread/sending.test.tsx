import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { createDeferred } from '../../createDeferred.js';
import {
  createErrorResponse,
  getComposer,
  createTestHarness,
  findErrorNotice,
  getMessage,
  getMessages,
  sendMessage,
} from '../createTestHarness.js';

it('creates thread, message and run with one request for the first message', async () => {
  const harness = createTestHarness();
  const { user, reportedIds } = harness.openThread({
    assistantId: await harness.createAssistant(),
  });

  await sendMessage(user, 'Hello');
  await waitFor(() => expect(getMessages()).toEqual(['user: Hello', 'assistant: You said: Hello']));
  await harness.backend.idle();

  expect(harness.takeWrites()).toEqual(['POST /threads/runs']);
  expect(reportedIds).toHaveLength(1);
  expect(reportedIds[0]).toMatch(/^thread_/);
});

it('shows a first message once, in the same element from the first frame to the end', async () => {
  const harness = createTestHarness();
  const { user } = harness.openThread({ assistantId: await harness.createAssistant() });
  const counts = new Set<number>();
  const seen = new Set<Element>();
  const observer = new MutationObserver(() => {
    const rows = document.querySelectorAll('[data-part="message"][data-role="user"]');
    counts.add(rows.length);
    rows.forEach((row) => seen.add(row));
  });
  observer.observe(document.body, { childList: true, subtree: true });

  await sendMessage(user, 'Hello');
  await screen.findByText('You said: Hello');
  await waitFor(() => expect(getMessage('Hello').dataset['key']).toBeDefined());
  await waitFor(() =>
    expect(
      harness.requests.filter((request) => request.includes('/messages')).length,
    ).toBeGreaterThan(0),
  );
  await waitFor(() => expect(harness.queryClient.isFetching()).toBe(0));
  observer.disconnect();

  expect([...counts].toSorted((a, b) => a - b)).toEqual([0, 1]);
  expect(seen.size).toBe(1);
  expect(document.querySelector('[data-part="message"][data-role="user"]')).toBe([...seen][0]);
});

it('creates a message and a run in an existing thread', async () => {
  const harness = createTestHarness();
  const threadId = await harness.createThread('Earlier');
  const { user, reportedIds } = harness.openThread({
    assistantId: await harness.createAssistant(),
    threadId,
  });
  await screen.findByText('Earlier');

  await sendMessage(user, 'Hello');
  await waitFor(() =>
    expect(getMessages()).toEqual(['user: Earlier', 'user: Hello', 'assistant: You said: Hello']),
  );

  expect(harness.takeWrites()).toEqual([
    'POST /threads/{thread}/messages',
    'POST /threads/{thread}/runs',
  ]);
  expect(reportedIds).toEqual([]);
});

it('keeps the element of a message when the server has stored it', async () => {
  const harness = createTestHarness();
  const { user } = harness.openThread({
    assistantId: await harness.createAssistant(),
    threadId: await harness.createThread('Earlier'),
  });
  await screen.findByText('Earlier');
  const answer = createDeferred();
  harness.intercept(async () => {
    await answer.promise;
    return undefined;
  });

  await sendMessage(user, 'Hello');
  const row = getMessage('Hello');
  expect(row.dataset['delivery']).toBe('sending');
  answer.resolve();
  await screen.findByText('You said: Hello');

  expect(getMessage('Hello')).toBe(row);
  expect(row.dataset['delivery']).toBe('sent');
});

it('sends a second message to the same thread', async () => {
  const harness = createTestHarness();
  const { user, reportedIds } = harness.openThread({
    assistantId: await harness.createAssistant(),
  });

  await sendMessage(user, 'One');
  await screen.findByText('You said: One');
  await sendMessage(user, 'Two');
  await screen.findByText('You said: Two');

  expect(getMessages()).toEqual([
    'user: One',
    'assistant: You said: One',
    'user: Two',
    'assistant: You said: Two',
  ]);
  expect(harness.takeWrites()).toEqual([
    'POST /threads/runs',
    'POST /threads/{thread}/messages',
    'POST /threads/{thread}/runs',
  ]);
  expect(reportedIds).toHaveLength(1);
});

it('sends one message and one run for ten key presses and a click in one frame', async () => {
  const harness = createTestHarness();
  const { user } = harness.openThread({
    assistantId: await harness.createAssistant(),
    threadId: await harness.createThread(),
  });
  await user.type(getComposer(), 'Hello');

  const send = screen.getByRole('button', { name: 'Send message' });
  act(() => {
    for (let press = 0; press < 10; press += 1) {
      getComposer().dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }),
      );
    }
    send.click();
  });
  await screen.findByText('You said: Hello');
  await harness.backend.idle();

  expect(getMessages()).toEqual(['user: Hello', 'assistant: You said: Hello']);
  expect(harness.takeWrites()).toEqual([
    'POST /threads/{thread}/messages',
    'POST /threads/{thread}/runs',
  ]);
});

it('sends a suggestion once if it is clicked twice in one frame', async () => {
  const harness = createTestHarness();
  harness.openThread({
    assistantId: await harness.createAssistant(),
    suggestions: ['Tell me a story'],
  });
  const suggestion = await screen.findByRole('button', { name: 'Tell me a story' });

  act(() => {
    suggestion.click();
    suggestion.click();
  });
  await screen.findByText('You said: Tell me a story');

  expect(harness.takeWrites()).toEqual(['POST /threads/runs']);
});

it('sends and reports everything once in StrictMode', async () => {
  const harness = createTestHarness();
  const onRunSettled = vi.fn<() => void>();
  const { user, reportedIds } = harness.openThread(
    { assistantId: await harness.createAssistant(), onRunSettled },
    { strict: true },
  );

  await sendMessage(user, 'Hello');
  await screen.findByText('You said: Hello');
  await waitFor(() => expect(onRunSettled).toHaveBeenCalled());
  await harness.backend.idle();

  expect(harness.takeWrites()).toEqual(['POST /threads/runs']);
  expect(getMessages()).toEqual(['user: Hello', 'assistant: You said: Hello']);
  expect(reportedIds).toHaveLength(1);
  expect(onRunSettled).toHaveBeenCalledOnce();
});

it('stops an answer, keeps its text, and shows that it was stopped', async () => {
  const harness = createTestHarness({ scenario: [{ say: ['The beginning', { stall: true }] }] });
  const { user } = harness.openThread({ assistantId: await harness.createAssistant() });
  await sendMessage(user, 'Continue');
  await screen.findByText('The beginning');

  await user.click(screen.getByRole('button', { name: 'Stop answer' }));
  await screen.findByText('You stopped this answer.');

  expect(screen.queryByRole('button', { name: 'Stop answer' })).toBeNull();
  expect(getComposer()).toHaveFocus();
  expect(getMessages()).toEqual(['user: Continue', 'assistant: The beginning']);
  expect(harness.takeWrites()).toEqual([
    'POST /threads/runs',
    'POST /threads/{thread}/runs/{run}/cancel',
  ]);
});

it('stops an answer before its run is created', async () => {
  const harness = createTestHarness({ scenario: [{ say: { stall: true } }] });
  const answer = createDeferred();
  const { user } = harness.openThread({ assistantId: await harness.createAssistant() });
  harness.intercept(async (request) => {
    if (new URL(request.url).pathname.endsWith('/threads/runs')) await answer.promise;
    return undefined;
  });
  await sendMessage(user, 'Continue');

  await user.click(await screen.findByRole('button', { name: 'Stop answer' }));
  answer.resolve();
  await waitFor(() =>
    expect(document.querySelector('[data-part="run-status"]')).toHaveAttribute(
      'data-status',
      'cancelled',
    ),
  );
});

it('shows an answer as complete if it ended before the cancel request', async () => {
  const answer = createDeferred();
  const harness = createTestHarness({
    scenario: [{ say: ['Nearly ', { hold: answer.promise }, 'done'] }],
  });
  const { user } = harness.openThread({ assistantId: await harness.createAssistant() });
  await sendMessage(user, 'Continue');
  await screen.findByText('Nearly');
  harness.intercept(async (request) => {
    if (!request.url.endsWith('/cancel')) return undefined;
    answer.resolve();
    await harness.backend.idle();
    return undefined;
  });

  await user.click(screen.getByRole('button', { name: 'Stop answer' }));
  await screen.findByText('Nearly done');
  await waitFor(() =>
    expect(document.querySelector('[data-part="run-status"]')).toHaveAttribute(
      'data-status',
      'completed',
    ),
  );
  expect(document.querySelector('[data-part="error-notice"]')).toBeNull();
});

it('queues a message while an answer is in progress, and sends it afterwards', async () => {
  const answer = createDeferred();
  const harness = createTestHarness({
    scenario: [
      { when: 'One', say: ['First ', { hold: answer.promise }, 'done'] },
      { say: 'Second done' },
    ],
  });
  const { user } = harness.openThread({ assistantId: await harness.createAssistant() });
  await sendMessage(user, 'One');
  await screen.findByText('First');

  await sendMessage(user, 'Two');
  expect(getMessage('Two').dataset['delivery']).toBe('queued');
  expect(harness.takeWrites()).toEqual(['POST /threads/runs']);
  answer.resolve();
  await screen.findByText('Second done');

  expect(getMessages()).toEqual([
    'user: One',
    'assistant: First done',
    'user: Two',
    'assistant: Second done',
  ]);
  expect(harness.takeWrites()).toEqual([
    'POST /threads/{thread}/messages',
    'POST /threads/{thread}/runs',
  ]);
});

it('takes a queued message back to the composer, or removes it', async () => {
  const answer = createDeferred();
  const harness = createTestHarness({
    scenario: [{ when: 'One', say: ['First ', { hold: answer.promise }, 'done'] }, { say: 'Next' }],
  });
  const { user } = harness.openThread({ assistantId: await harness.createAssistant() });
  await sendMessage(user, 'One');
  await screen.findByText('First');
  await sendMessage(user, 'Two');
  await sendMessage(user, 'Three');
  await user.type(getComposer(), 'and this');

  await user.click(
    await within(getMessage('Two')).findByRole('button', { name: 'Remove from queue' }),
  );
  expect(getComposer()).toHaveValue('and this');
  await user.click(within(getMessage('Three')).getByRole('button', { name: 'Edit' }));
  expect(getComposer()).toHaveValue('Three\nand this');
  expect(getComposer()).toHaveFocus();
  expect(getMessages()).toEqual(['user: One', 'assistant: First']);

  answer.resolve();
  await screen.findByText('First done');
  await user.keyboard('{Enter}');
  await screen.findByText('Next');
  expect(getMessages()).toEqual([
    'user: One',
    'assistant: First done',
    'user: Three\nand this',
    'assistant: Next',
  ]);
});

it('cancels the answer in progress if onBusy is cancel', async () => {
  const harness = createTestHarness({
    scenario: [{ when: 'One', say: ['First', { stall: true }] }, { say: 'Second done' }],
  });
  const { user } = harness.openThread({
    assistantId: await harness.createAssistant(),
    onBusy: 'cancel',
  });
  await sendMessage(user, 'One');
  await screen.findByText('First');

  await sendMessage(user, 'Two');
  await screen.findByText('Second done');

  expect(harness.takeWrites()).toEqual([
    'POST /threads/runs',
    'POST /threads/{thread}/runs/{run}/cancel',
    'POST /threads/{thread}/messages',
    'POST /threads/{thread}/runs',
  ]);
});

it('restores the text if onBusy is reject and an answer is in progress', async () => {
  const harness = createTestHarness({ scenario: [{ say: ['First', { stall: true }] }] });
  const { user } = harness.openThread({
    assistantId: await harness.createAssistant(),
    onBusy: 'reject',
  });
  await sendMessage(user, 'One');
  await screen.findByText('First');

  await sendMessage(user, 'Two');
  await waitFor(() => expect(getComposer()).toHaveValue('Two'));

  expect(screen.getByText('Not sent. Your text is still here.')).toBeVisible();
  expect(getMessages()).toEqual(['user: One', 'assistant: First']);
  expect(harness.takeWrites()).toEqual(['POST /threads/runs']);
});

it('waits for the run of another client, and then sends', async () => {
  const answer = createDeferred();
  const harness = createTestHarness({
    scenario: [{ when: 'Theirs', say: { hold: answer.promise } }, { say: 'Mine done' }],
  });
  const assistantId = await harness.createAssistant();
  const threadId = await harness.createThread();
  const { user } = harness.openThread({ assistantId, threadId });
  await waitFor(() => expect(harness.queryClient.isFetching()).toBe(0));
  await harness.otherClient.createMessage({ threadId, body: { role: 'user', content: 'Theirs' } });
  await harness.otherClient.createRun({ threadId, body: { assistant_id: assistantId } });

  await sendMessage(user, 'Mine');
  await waitFor(() =>
    expect(
      harness.requests.some((request) => request.startsWith('GET /threads/{thread}/runs/')),
    ).toBe(true),
  );
  expect(getMessage('Mine').dataset['delivery']).toBe('queued');
  answer.resolve();
  await screen.findByText('Mine done');

  expect(getMessages().filter((line) => line === 'user: Mine')).toHaveLength(1);
});

it('keeps a message that is sent without an assistant, and shows why', async () => {
  const harness = createTestHarness();
  const { user } = harness.openThread({ assistantId: undefined });

  await sendMessage(user, 'Hello');

  expect(await findErrorNotice()).toHaveTextContent('No assistantChoose one before you try again.');
  expect(getMessages()).toEqual(['user: Hello']);
  expect(harness.takeWrites()).toEqual([]);
});

it('shows why an answer cannot be stopped, and stops it at the next attempt', async () => {
  const gate = createDeferred();
  const onError = vi.fn<(error: { status?: number | undefined }) => void>();
  const harness = createTestHarness({
    scenario: [{ say: ['The ', { hold: gate.promise }, 'end.'] }],
  });
  let isBroken = true;
  harness.intercept(async ({ url }) =>
    isBroken && url.endsWith('/cancel') ? createErrorResponse(500, 'Out of order.') : undefined,
  );
  const { user } = harness.openThread({ assistantId: await harness.createAssistant(), onError });
  await sendMessage(user, 'Hello');
  await screen.findByText('The');

  await user.click(screen.getByRole('button', { name: 'Stop answer' }));
  await waitFor(() => expect(onError).toHaveBeenCalledOnce());

  expect(onError.mock.calls[0]?.[0]).toMatchObject({ status: 500 });
  expect(screen.getByRole('button', { name: 'Stop answer' })).toBeInTheDocument();
  expect(await findErrorNotice()).toHaveTextContent('Out of order.');
  isBroken = false;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByText('You stopped this answer.');
  expect(screen.queryByText('Out of order.')).not.toBeInTheDocument();
  gate.resolve();
});

it('removes the failure of a stop when the answer ends', async () => {
  const gate = createDeferred();
  const harness = createTestHarness({
    scenario: [{ say: ['The ', { hold: gate.promise }, 'end.'] }],
  });
  harness.intercept(async ({ url }) =>
    url.endsWith('/cancel') ? createErrorResponse(500, 'Out of order.') : undefined,
  );
  const { user } = harness.openThread({ assistantId: await harness.createAssistant() });
  await sendMessage(user, 'Hello');
  await user.click(await screen.findByRole('button', { name: 'Stop answer' }));
  await findErrorNotice();
  gate.resolve();
  await screen.findByText('The end.');
  await waitFor(() => expect(screen.queryByText('Out of order.')).not.toBeInTheDocument());
});
