import { act, renderHook, waitFor } from '@testing-library/react';
import { useConversation, type ConversationOptions } from 'assistants-react';
import { expect, it } from 'vitest';
import { latch } from '../queries/createTestHarness.js';
import { createHookWorld } from './renderWithBackend.js';

const fast = { interval: 5 };

/** A conversation whose request that makes a thread waits until it is let through, and whose further messages are refused. */
async function open() {
  const world = createHookWorld();
  const assistantId = await world.assistant();
  const asked = latch();
  const answered = latch();
  world.guard(async ({ method, url }) => {
    if (method === 'POST' && url.endsWith('/messages')) return new Response('{}', { status: 400 });
    if (method !== 'POST' || !/\/threads(\/runs)?$/.test(url)) return undefined;
    asked.open();
    await answered.opened;
    return undefined;
  });
  const moves: (string | undefined)[] = [];
  const made: string[] = [];
  const hook = renderHook(
    (props: ConversationOptions) =>
      useConversation({
        assistantId,
        onThreadIdChange: (id) => moves.push(id),
        onThreadCreated: (id) => made.push(id),
        ...props,
      }),
    { wrapper: world.wrapper, initialProps: {} },
  );
  return { ...world, ...hook, asked: asked.opened, answer: answered.open, moves, made };
}

it('tells of a thread that its first message has made', async () => {
  const { result, answer, moves, made } = await open();
  answer();

  await act(() => result.current.send('Hello'));
  await waitFor(() => expect(made).toHaveLength(1), fast);

  expect(moves).toEqual(made);
});

it('leaves the reader where they have gone while their thread was being made', async () => {
  const { result, rerender, threadOf, asked, answer, moves, made } = await open();
  const elsewhere = await threadOf(1);
  await act(() => result.current.send('Hello'));
  await asked;

  rerender({ threadId: elsewhere });
  answer();
  await waitFor(() => expect(made).toHaveLength(1), fast);

  expect(moves).toEqual([]);
  expect(result.current.threadId).toBe(elsewhere);
});

it('moves nobody to a thread that is made after the conversation has been unmounted', async () => {
  const { result, unmount, asked, answer, moves, made, client } = await open();
  await act(() => result.current.send('Hello'));
  await asked;

  unmount();
  answer();
  await waitFor(() => expect(made).toHaveLength(1), fast);

  expect(moves).toEqual([]);
  expect((await client.getThread({ threadId: made[0] ?? '' })).id).toBe(made[0]);
});

it('goes to the new thread with a reader who has come back before it was made', async () => {
  const { result, rerender, threadOf, asked, answer, moves, made } = await open();
  await act(() => result.current.send('Hello'));
  await asked;

  rerender({ threadId: await threadOf(1) });
  rerender({ threadId: undefined });
  expect(result.current.messages.map(({ state }) => state)).toEqual(['sending']);
  answer();
  await waitFor(() => expect(made).toHaveLength(1), fast);

  expect(moves).toEqual(made);
});

it('leaves a reader alone who has gone elsewhere while a branch was being made', async () => {
  const { result, rerender, threadOf, asked, answer, moves, made } = await open();
  const [threadId, elsewhere] = [await threadOf(2), await threadOf(1)];
  rerender({ threadId });
  await waitFor(() => expect(result.current.messages).toHaveLength(2), fast);
  void result.current.fork(result.current.messages[0]?.key ?? '');
  await asked;

  rerender({ threadId: elsewhere });
  answer();
  await waitFor(() => expect(made).toHaveLength(1), fast);

  expect(moves).toEqual([]);
});

it('keeps what fails in a thread that was made after its reader had gone', async () => {
  const { result, rerender, threadOf, asked, answer, made } = await open();
  const elsewhere = await threadOf(1);
  await act(() => result.current.send('Hello'));
  await act(() => result.current.send('And more'));
  await asked;
  rerender({ threadId: elsewhere });
  answer();
  await waitFor(() => expect(made).toHaveLength(1), fast);

  rerender({ threadId: made[0] });
  await waitFor(() => expect(result.current.messages.at(-1)?.state).toBe('failed'), fast);

  expect(result.current.messages.filter(({ state }) => state === 'failed')).toHaveLength(1);
});
