import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { composer, createWorld, isPost, latch, notice, said, say } from '../createTestHarness.js';

const fast = { interval: 5 };
const slow = { timeout: 4_000, interval: 5 };

it('goes on with an answer that was being written when the page was reloaded', async () => {
  const held = latch();
  const world = createWorld({
    scenario: [{ say: ['The beginning ', { hold: held.opened }, 'and the end.'] }],
  });
  const assistantId = await world.assistant();
  const first = world.open({ assistantId });
  await say(first.user, 'Hello');
  await screen.findByText('The beginning');
  const [threadId] = first.reported;
  first.unmount();
  world.queryClient.clear();
  world.written();

  world.open({ assistantId, threadId });
  await screen.findByText('The beginning', {}, slow);
  expect(screen.getByRole('button', { name: 'Stop answer' })).toBeVisible();
  held.open();
  await screen.findByText('The beginning and the end.', {}, slow);

  expect(said()).toEqual(['user: Hello', 'assistant: The beginning and the end.']);
  expect(world.written()).toEqual([]);
});

it('shows the form of a run that waited when the page was reloaded', async () => {
  const world = createWorld({
    scenario: [{ say: { call: 'get_weather', with: { city: 'Paris' } }, after: 'Thanks.' }],
  });
  const assistantId = await world.assistant();
  const first = world.open({ assistantId });
  await say(first.user, 'Weather?');
  await screen.findByRole('form', { name: /get_weather/ });
  const [threadId] = first.reported;
  first.unmount();
  world.queryClient.clear();

  const { user } = world.open({ assistantId, threadId });
  const form = await screen.findByRole('form', { name: /get_weather/ }, slow);
  expect(form).toHaveTextContent('Paris');
  await user.click(within(form).getByRole('button', { name: 'Submit result' }));

  expect(await screen.findByText('Thanks.')).toBeVisible();
  expect(said()).toEqual(['user: Weather?', 'assistant: Thanks.']);
});

it('adopts a run once under StrictMode', async () => {
  const held = latch();
  const world = createWorld({ scenario: [{ say: ['Hm ', { hold: held.opened }, 'yes.'] }] });
  const assistantId = await world.assistant();
  const threadId = await world.thread('Hello');
  await world.other.createRun({ threadId, body: { assistant_id: assistantId } });

  world.open({ assistantId, threadId }, { strict: true });
  await screen.findByText('Hm', {}, slow);
  held.open();
  await screen.findByText('Hm yes.', {}, slow);

  expect(said()).toEqual(['user: Hello', 'assistant: Hm yes.']);
});

it('shows nothing of a thread in another that is opened while it is being written', async () => {
  const held = latch();
  const world = createWorld({
    scenario: [{ say: ['Secret of the first ', { hold: held.opened }, 'thread'] }],
  });
  const assistantId = await world.assistant();
  const second = await world.thread('Second thread');
  const { user, reported, go } = world.open({ assistantId });
  await say(user, 'Hello');
  await screen.findByText('Secret of the first');

  go(second);
  await screen.findByText('Second thread');
  expect(said()).toEqual(['user: Second thread']);
  held.open();
  await world.backend.idle();
  await waitFor(() => expect(world.queryClient.isFetching()).toBe(0), fast);
  expect(said()).toEqual(['user: Second thread']);
  expect(screen.queryByRole('button', { name: 'Stop answer' })).toBeNull();

  go(reported[0]);
  await screen.findByText('Secret of the first thread', {}, slow);
  expect(said()).toEqual(['user: Hello', 'assistant: Secret of the first thread']);
});

it('leaves a run alone when its thread is left, and follows it when it is opened again', async () => {
  const held = latch();
  const world = createWorld({ scenario: [{ say: ['One ', { hold: held.opened }, 'two'] }] });
  const { user, reported, go } = world.open({ assistantId: await world.assistant() });
  await say(user, 'Hello');
  await screen.findByText('One');
  const [threadId] = reported;

  go(undefined);
  await waitFor(() => expect(said()).toEqual([]), fast);
  go(threadId);
  await screen.findByText('One', {}, slow);
  held.open();
  await screen.findByText('One two', {}, slow);

  expect(said()).toEqual(['user: Hello', 'assistant: One two']);
  expect(world.written()).toEqual(['POST /threads/runs']);
});

it('begins a new thread from an empty page, and comes back to the first', async () => {
  const world = createWorld();
  const { user, reported, go } = world.open({ assistantId: await world.assistant() });
  await say(user, 'One');
  await screen.findByText('You said: One');

  go(undefined);
  await waitFor(() => expect(said()).toEqual([]), fast);
  await say(user, 'Two');
  await screen.findByText('You said: Two');
  expect(said()).toEqual(['user: Two', 'assistant: You said: Two']);
  go(reported[0]);
  await screen.findByText('You said: One');

  expect(said()).toEqual(['user: One', 'assistant: You said: One']);
  expect(new Set(reported).size).toBe(2);
});

it('loads older messages on demand, in order', async () => {
  const world = createWorld();
  const texts = Array.from({ length: 45 }, (_, index) => `Message ${index + 1}`);
  world.open({ assistantId: await world.assistant(), threadId: await world.thread(...texts) });
  await screen.findByText('Message 45');
  expect(said()).toEqual(texts.slice(25).map((text) => `user: ${text}`));

  fireEvent.click(screen.getByRole('button', { name: 'Show older messages' }));
  await screen.findByText('Message 6');
  fireEvent.click(screen.getByRole('button', { name: 'Show older messages' }));
  await screen.findByText('Message 1');

  expect(said()).toEqual(texts.map((text) => `user: ${text}`));
  expect(screen.queryByRole('button', { name: 'Show older messages' })).toBeNull();
});

it('asks for no more than is new after a turn in a long thread', async () => {
  const world = createWorld();
  const texts = Array.from({ length: 45 }, (_, index) => `Message ${index + 1}`);
  const { user } = world.open({
    assistantId: await world.assistant(),
    threadId: await world.thread(...texts),
  });
  await screen.findByText('Message 45');
  fireEvent.click(screen.getByRole('button', { name: 'Show older messages' }));
  await screen.findByText('Message 6');
  world.requests.length = 0;

  await say(user, 'Hello');
  await screen.findByText('You said: Hello');
  await waitFor(
    () =>
      expect(document.querySelector('[data-part="run-status"]')).toHaveAttribute(
        'data-status',
        'completed',
      ),
    fast,
  );
  await waitFor(() => expect(world.queryClient.isFetching()).toBe(0), fast);

  expect(
    world.requests.filter((request) => request === 'GET /threads/{thread}/messages').length,
  ).toBeLessThanOrEqual(1);
  expect(said().slice(-2)).toEqual(['user: Hello', 'assistant: You said: Hello']);
});

it('says that a thread is gone when it is deleted elsewhere, and keeps the text', async () => {
  const world = createWorld();
  const threadId = await world.thread('Earlier');
  const { user } = world.open({ assistantId: await world.assistant(), threadId });
  await screen.findByText('Earlier');
  await user.type(composer(), 'Half a thought');
  await world.other.deleteThread({ threadId });

  await act(() => world.queryClient.invalidateQueries());

  expect(await notice()).toHaveTextContent('Not found');
  expect(composer()).toHaveValue('Half a thought');
});

it('says so when a thread is deleted elsewhere while an answer is written', async () => {
  const world = createWorld({ scenario: [{ say: ['Hm', { stall: true }] }] });
  const { user, reported } = world.open({ assistantId: await world.assistant() });
  await say(user, 'Hello');
  await screen.findByText('Hm');

  await world.other.deleteThread({ threadId: reported[0] ?? '' });

  await waitFor(
    () => expect(screen.queryByRole('button', { name: 'Stop answer' })).toBeNull(),
    slow,
  );
});

it('keeps what was written when a server comes back without the thread, and offers a new one', async () => {
  const cut = latch();
  const world = createWorld({
    scenario: [{ when: 'Hello', say: ['The beginning', { stall: true }] }, { say: 'Here I am.' }],
  });
  let server: 'first' | 'down' | 'second' = 'first';
  world.guard(async (request) => {
    if (server === 'down') throw new TypeError('Failed to fetch');
    if (server === 'second' || !isPost(request, /runs$/)) return undefined;
    const { body, headers, status } = await world.backend.fetch(request);
    const cutter = new TransformStream<Uint8Array, Uint8Array>({
      start: (controller) => void cut.opened.then(() => controller.error(new TypeError('cut'))),
    });
    return new Response(body?.pipeThrough(cutter) ?? null, { headers, status });
  });
  const { user, reported } = world.open({ assistantId: await world.assistant() });
  await say(user, 'Hello');
  await screen.findByText('The beginning');
  await waitFor(() => expect(world.queryClient.isFetching()).toBe(0), fast);
  server = 'down';
  cut.open();
  await screen.findByText(/No connection/, {}, slow);

  await world.other.deleteThread({ threadId: reported[0] ?? '' });
  server = 'second';
  const gone = await notice();
  expect(gone).toHaveTextContent('Not found');
  expect(said()).toEqual(['user: Hello', 'assistant: The beginning']);
  expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull();
  await user.click(within(gone).getByRole('button', { name: 'Start a new conversation' }));
  await waitFor(() => expect(said()).toEqual([]), fast);
  await say(user, 'Again');
  await screen.findByText('Here I am.');
});

it('lets messages of other people be seen when the page comes back to the front', async () => {
  const world = createWorld();
  const assistantId = await world.assistant();
  const threadId = await world.thread('Mine');
  world.open({ assistantId, threadId });
  await screen.findByText('Mine');
  await world.other.createMessage({ threadId, body: { role: 'user', content: 'Theirs' } });
  await world.other.createRun({ threadId, body: { assistant_id: assistantId } });
  await world.backend.idle();

  await act(() => world.queryClient.refetchQueries());
  await screen.findByText('You said: Theirs', {}, slow);

  expect(said()).toEqual(['user: Mine', 'user: Theirs', 'assistant: You said: Theirs']);
});

it('announces an answer when it begins, and reads it once when it is whole', async () => {
  const held = latch();
  const world = createWorld({ scenario: [{ say: ['One ', { hold: held.opened }, 'two'] }] });
  const { user } = world.open({ assistantId: await world.assistant() });
  const spoken: string[] = [];
  const region = document.querySelector('[data-part="announcer"] output') as HTMLElement;
  const observer = new MutationObserver(() => spoken.push(region.textContent ?? ''));
  observer.observe(region, { childList: true, characterData: true, subtree: true });

  await say(user, 'Hello');
  await screen.findByText('One');
  held.open();
  await waitFor(() => expect(region).toHaveTextContent('The assistant says: One two'), fast);
  observer.disconnect();

  expect(spoken).toEqual(['The assistant is answering.', 'The assistant says: One two']);
});
