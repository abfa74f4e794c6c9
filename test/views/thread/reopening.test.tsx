import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { createDeferred } from '../../createDeferred.js';
import {
  getComposer,
  createTestHarness,
  isPost,
  findErrorNotice,
  getMessages,
  sendMessage,
} from '../createTestHarness.js';

it('follows an answer that was in progress when the page was reloaded', async () => {
  const answer = createDeferred();
  const harness = createTestHarness({
    scenario: [{ say: ['The beginning ', { hold: answer.promise }, 'and the end.'] }],
  });
  const assistantId = await harness.createAssistant();
  const first = harness.openThread({ assistantId });
  await sendMessage(first.user, 'Hello');
  await screen.findByText('The beginning');
  const [threadId] = first.reportedIds;
  first.unmount();
  harness.queryClient.clear();
  harness.takeWrites();

  harness.openThread({ assistantId, threadId });
  await screen.findByText('The beginning');
  expect(screen.getByRole('button', { name: 'Stop answer' })).toBeVisible();
  answer.resolve();
  await screen.findByText('The beginning and the end.');

  expect(getMessages()).toEqual(['user: Hello', 'assistant: The beginning and the end.']);
  expect(harness.takeWrites()).toEqual([]);
});

it('says why it cannot read the run of an opened thread, and follows it on request', async () => {
  const answer = createDeferred();
  const harness = createTestHarness({ scenario: [{ say: [{ hold: answer.promise }, 'Done.'] }] });
  const assistantId = await harness.createAssistant();
  const threadId = await harness.createThread('Hello');
  await harness.otherClient.createRun({ threadId, body: { assistant_id: assistantId } });
  harness.intercept(async ({ url }) =>
    /\/runs\/run_\w+$/.test(new URL(url).pathname)
      ? Response.json({ error: { message: 'Your session has ended.' } }, { status: 403 })
      : undefined,
  );

  const { user } = harness.openThread({ assistantId, threadId });
  const notice = await findErrorNotice();
  expect(notice).toHaveTextContent('Your session has ended.');
  harness.intercept();
  answer.resolve();
  await user.click(within(notice).getByRole('button', { name: 'Try again' }));

  await screen.findByText('Done.');
  expect(getMessages()).toEqual(['user: Hello', 'assistant: Done.']);
});

it('shows the form of a run that required action when the page was reloaded', async () => {
  const harness = createTestHarness({
    scenario: [{ say: { call: 'get_weather', with: { city: 'Paris' } }, after: 'Thanks.' }],
  });
  const assistantId = await harness.createAssistant();
  const first = harness.openThread({ assistantId });
  await sendMessage(first.user, 'Weather?');
  await screen.findByRole('form', { name: /get_weather/ });
  const [threadId] = first.reportedIds;
  first.unmount();
  harness.queryClient.clear();

  const { user } = harness.openThread({ assistantId, threadId });
  const form = await screen.findByRole('form', { name: /get_weather/ });
  expect(form).toHaveTextContent('Paris');
  await user.click(within(form).getByRole('button', { name: 'Submit result' }));

  expect(await screen.findByText('Thanks.')).toBeVisible();
  expect(getMessages()).toEqual(['user: Weather?', 'assistant: Thanks.']);
});

it('adopts a run once under StrictMode', async () => {
  const answer = createDeferred();
  const harness = createTestHarness({
    scenario: [{ say: ['Hm ', { hold: answer.promise }, 'yes.'] }],
  });
  const assistantId = await harness.createAssistant();
  const threadId = await harness.createThread('Hello');
  await harness.otherClient.createRun({ threadId, body: { assistant_id: assistantId } });

  harness.openThread({ assistantId, threadId }, { strict: true });
  await screen.findByText('Hm');
  answer.resolve();
  await screen.findByText('Hm yes.');

  expect(getMessages()).toEqual(['user: Hello', 'assistant: Hm yes.']);
});

it('shows nothing of one thread in another that is opened while an answer is in progress', async () => {
  const answer = createDeferred();
  const harness = createTestHarness({
    scenario: [{ say: ['Secret of the first ', { hold: answer.promise }, 'thread'] }],
  });
  const assistantId = await harness.createAssistant();
  const second = await harness.createThread('Second thread');
  const { user, reportedIds, showThread } = harness.openThread({ assistantId });
  await sendMessage(user, 'Hello');
  await screen.findByText('Secret of the first');

  showThread(second);
  await screen.findByText('Second thread');
  expect(getMessages()).toEqual(['user: Second thread']);
  answer.resolve();
  await harness.backend.idle();
  await waitFor(() => expect(harness.queryClient.isFetching()).toBe(0));
  expect(getMessages()).toEqual(['user: Second thread']);
  expect(screen.queryByRole('button', { name: 'Stop answer' })).toBeNull();

  showThread(reportedIds[0]);
  await screen.findByText('Secret of the first thread');
  expect(getMessages()).toEqual(['user: Hello', 'assistant: Secret of the first thread']);
});

it('does not cancel a run when the user leaves its thread, and follows it when they return', async () => {
  const answer = createDeferred();
  const harness = createTestHarness({
    scenario: [{ say: ['One ', { hold: answer.promise }, 'two'] }],
  });
  const { user, reportedIds, showThread } = harness.openThread({
    assistantId: await harness.createAssistant(),
  });
  await sendMessage(user, 'Hello');
  await screen.findByText('One');
  const [threadId] = reportedIds;

  showThread(undefined);
  await waitFor(() => expect(getMessages()).toEqual([]));
  showThread(threadId);
  await screen.findByText('One');
  answer.resolve();
  await screen.findByText('One two');

  expect(getMessages()).toEqual(['user: Hello', 'assistant: One two']);
  expect(harness.takeWrites()).toEqual(['POST /threads/runs']);
});

it('creates a new thread from an empty page, and returns to the first', async () => {
  const harness = createTestHarness();
  const { user, reportedIds, showThread } = harness.openThread({
    assistantId: await harness.createAssistant(),
  });
  await sendMessage(user, 'One');
  await screen.findByText('You said: One');

  showThread(undefined);
  await waitFor(() => expect(getMessages()).toEqual([]));
  await sendMessage(user, 'Two');
  await screen.findByText('You said: Two');
  expect(getMessages()).toEqual(['user: Two', 'assistant: You said: Two']);
  showThread(reportedIds[0]);
  await screen.findByText('You said: One');

  expect(getMessages()).toEqual(['user: One', 'assistant: You said: One']);
  expect(new Set(reportedIds).size).toBe(2);
});

it('loads older messages on request, in order', async () => {
  const harness = createTestHarness();
  const texts = Array.from({ length: 45 }, (_, index) => `Message ${index + 1}`);
  harness.openThread({
    assistantId: await harness.createAssistant(),
    threadId: await harness.createThread(...texts),
  });
  await screen.findByText('Message 45');
  expect(getMessages()).toEqual(texts.slice(25).map((text) => `user: ${text}`));

  fireEvent.click(screen.getByRole('button', { name: 'Show older messages' }));
  await screen.findByText('Message 6');
  fireEvent.click(screen.getByRole('button', { name: 'Show older messages' }));
  await screen.findByText('Message 1');

  expect(getMessages()).toEqual(texts.map((text) => `user: ${text}`));
  expect(screen.queryByRole('button', { name: 'Show older messages' })).toBeNull();
});

it('requests only new messages after a turn in a long thread', async () => {
  const harness = createTestHarness();
  const texts = Array.from({ length: 45 }, (_, index) => `Message ${index + 1}`);
  const { user } = harness.openThread({
    assistantId: await harness.createAssistant(),
    threadId: await harness.createThread(...texts),
  });
  await screen.findByText('Message 45');
  fireEvent.click(screen.getByRole('button', { name: 'Show older messages' }));
  await screen.findByText('Message 6');
  harness.requests.length = 0;

  await sendMessage(user, 'Hello');
  await screen.findByText('You said: Hello');
  await waitFor(() =>
    expect(document.querySelector('[data-part="run-status"]')).toHaveAttribute(
      'data-status',
      'completed',
    ),
  );
  await waitFor(() => expect(harness.queryClient.isFetching()).toBe(0));

  expect(
    harness.requests.filter((request) => request === 'GET /threads/{thread}/messages').length,
  ).toBeLessThanOrEqual(1);
  expect(getMessages().slice(-2)).toEqual(['user: Hello', 'assistant: You said: Hello']);
});

it('shows that a thread was deleted elsewhere, and keeps the draft', async () => {
  const harness = createTestHarness();
  const threadId = await harness.createThread('Earlier');
  const { user } = harness.openThread({ assistantId: await harness.createAssistant(), threadId });
  await screen.findByText('Earlier');
  await user.type(getComposer(), 'Half a thought');
  await harness.otherClient.deleteThread({ threadId });

  await act(() => harness.queryClient.invalidateQueries());

  expect(await findErrorNotice()).toHaveTextContent('Not found');
  expect(getComposer()).toHaveValue('Half a thought');
});

it('stops following when a thread is deleted elsewhere during an answer', async () => {
  const harness = createTestHarness({ scenario: [{ say: ['Hm', { stall: true }] }] });
  const { user, reportedIds } = harness.openThread({
    assistantId: await harness.createAssistant(),
  });
  await sendMessage(user, 'Hello');
  await screen.findByText('Hm');

  await harness.otherClient.deleteThread({ threadId: reportedIds[0] ?? '' });

  await waitFor(() => expect(screen.queryByRole('button', { name: 'Stop answer' })).toBeNull());
});

it('keeps the answer when a server restarts without the thread, and offers a new conversation', async () => {
  const cut = createDeferred();
  const harness = createTestHarness({
    scenario: [{ when: 'Hello', say: ['The beginning', { stall: true }] }, { say: 'Here I am.' }],
  });
  let server: 'first' | 'down' | 'second' = 'first';
  harness.intercept(async (request) => {
    if (server === 'down') throw new TypeError('Failed to fetch');
    if (server === 'second' || !isPost(request, /runs$/)) return undefined;
    const { body, headers, status } = await harness.backend.fetch(request);
    const cutter = new TransformStream<Uint8Array, Uint8Array>({
      start: (controller) => void cut.promise.then(() => controller.error(new TypeError('cut'))),
    });
    return new Response(body?.pipeThrough(cutter) ?? null, { headers, status });
  });
  const { user, reportedIds } = harness.openThread({
    assistantId: await harness.createAssistant(),
  });
  await sendMessage(user, 'Hello');
  await screen.findByText('The beginning');
  await waitFor(() => expect(harness.queryClient.isFetching()).toBe(0));
  server = 'down';
  cut.resolve();
  await screen.findByText(/Reconnecting/);

  await harness.otherClient.deleteThread({ threadId: reportedIds[0] ?? '' });
  server = 'second';
  const notice = await findErrorNotice();
  expect(notice).toHaveTextContent('Not found');
  expect(getMessages()).toEqual(['user: Hello', 'assistant: The beginning']);
  expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull();
  await user.click(within(notice).getByRole('button', { name: 'Start a new conversation' }));
  await waitFor(() => expect(getMessages()).toEqual([]));
  await sendMessage(user, 'Again');
  await screen.findByText('Here I am.');
});

it('shows messages of other clients after a refetch', async () => {
  const harness = createTestHarness();
  const assistantId = await harness.createAssistant();
  const threadId = await harness.createThread('Mine');
  harness.openThread({ assistantId, threadId });
  await screen.findByText('Mine');
  await harness.otherClient.createMessage({ threadId, body: { role: 'user', content: 'Theirs' } });
  await harness.otherClient.createRun({ threadId, body: { assistant_id: assistantId } });
  await harness.backend.idle();

  await act(() => harness.queryClient.refetchQueries());
  await screen.findByText('You said: Theirs');

  expect(getMessages()).toEqual(['user: Mine', 'user: Theirs', 'assistant: You said: Theirs']);
});

it('announces an answer when it starts, and its text once when it is complete', async () => {
  const answer = createDeferred();
  const harness = createTestHarness({
    scenario: [{ say: ['One ', { hold: answer.promise }, 'two'] }],
  });
  const { user } = harness.openThread({ assistantId: await harness.createAssistant() });
  const announcements: string[] = [];
  const region = document.querySelector('[data-part="announcer"] output') as HTMLElement;
  const observer = new MutationObserver(() => announcements.push(region.textContent ?? ''));
  observer.observe(region, { childList: true, characterData: true, subtree: true });

  await sendMessage(user, 'Hello');
  await screen.findByText('One');
  answer.resolve();
  await waitFor(() => expect(region).toHaveTextContent('The assistant says: One two'));
  observer.disconnect();

  expect(announcements).toEqual(['The assistant is answering.', 'The assistant says: One two']);
});
