import { act, renderHook, waitFor } from '@testing-library/react';
import { useConversation, type ConversationOptions } from 'assistants-react';
import { expect, it } from 'vitest';
import { createDeferred } from '../createDeferred.js';
import { createHookHarness } from './createHookHarness.js';

/** Renders a conversation that waits for `answer` before its thread is created, and whose further messages are refused. */
async function renderConversation() {
  const harness = createHookHarness();
  const assistantId = await harness.createAssistant();
  const request = createDeferred();
  const response = createDeferred();
  harness.intercept(async ({ method, url }) => {
    if (method === 'POST' && url.endsWith('/messages')) return new Response('{}', { status: 400 });
    if (method !== 'POST' || !/\/threads(\/runs)?$/.test(url)) return undefined;
    request.resolve();
    await response.promise;
    return undefined;
  });
  const changedIds: (string | undefined)[] = [];
  const createdIds: string[] = [];
  const firstTexts: (string | undefined)[] = [];
  const hook = renderHook(
    (props: ConversationOptions) =>
      useConversation({
        assistantId,
        onThreadIdChange: (id) => changedIds.push(id),
        onThreadCreated(id, { text }) {
          createdIds.push(id);
          firstTexts.push(text);
        },
        ...props,
      }),
    { wrapper: harness.wrapper, initialProps: {} },
  );
  return {
    ...harness,
    ...hook,
    openThread: (messageCount: number) => harness.createThread(messageCount),
    requested: request.promise,
    answer: response.resolve,
    changedIds,
    createdIds,
    firstTexts,
  };
}

it('reports the thread that the first message creates', async () => {
  const { result, answer, changedIds, createdIds, firstTexts } = await renderConversation();
  answer();

  await act(() => result.current.send('Hello'));
  await waitFor(() => expect(createdIds).toHaveLength(1));

  expect(changedIds).toEqual(createdIds);
  expect(firstTexts).toEqual(['Hello']);
});

it('reports the text of a first message that has content parts', async () => {
  const { result, answer, createdIds, firstTexts } = await renderConversation();
  answer();
  const texts = ['What is this?', 'And that?'];
  const content = texts.map((text) => ({ type: 'text', text }) as const);

  await act(() => result.current.send({ content }));
  await waitFor(() => expect(createdIds).toHaveLength(1));

  expect(firstTexts).toEqual(['What is this?']);
});

it('keeps showing another thread that was opened while the thread was being created', async () => {
  const { result, rerender, openThread, requested, answer, changedIds, createdIds } =
    await renderConversation();
  const otherThreadId = await openThread(1);
  await act(() => result.current.send('Hello'));
  await requested;

  rerender({ threadId: otherThreadId });
  answer();
  await waitFor(() => expect(createdIds).toHaveLength(1));

  expect(changedIds).toEqual([]);
  expect(result.current.threadId).toBe(otherThreadId);
});

it('does not call onThreadIdChange after unmount', async () => {
  const { result, unmount, requested, answer, changedIds, createdIds, client } =
    await renderConversation();
  await act(() => result.current.send('Hello'));
  await requested;

  unmount();
  answer();
  await waitFor(() => expect(createdIds).toHaveLength(1));

  expect(changedIds).toEqual([]);
  expect((await client.getThread({ threadId: createdIds[0] ?? '' })).id).toBe(createdIds[0]);
});

it('shows the new thread if the user has returned before it was created', async () => {
  const { result, rerender, openThread, requested, answer, changedIds, createdIds } =
    await renderConversation();
  await act(() => result.current.send('Hello'));
  await requested;

  rerender({ threadId: await openThread(1) });
  rerender({ threadId: undefined });
  expect(result.current.messages.map(({ state }) => state)).toEqual(['sending']);
  answer();
  await waitFor(() => expect(createdIds).toHaveLength(1));

  expect(changedIds).toEqual(createdIds);
});

it('keeps showing another thread that was opened while a fork was being created', async () => {
  const { result, rerender, openThread, requested, answer, changedIds, createdIds } =
    await renderConversation();
  const [threadId, otherThreadId] = [await openThread(2), await openThread(1)];
  rerender({ threadId });
  await waitFor(() => expect(result.current.messages).toHaveLength(2));
  void result.current.fork(result.current.messages[0]?.key ?? '');
  await requested;

  rerender({ threadId: otherThreadId });
  answer();
  await waitFor(() => expect(createdIds).toHaveLength(1));

  expect(changedIds).toEqual([]);
});

it('keeps a message that fails in a thread that was created after it was left', async () => {
  const { result, rerender, openThread, requested, answer, createdIds } =
    await renderConversation();
  const otherThreadId = await openThread(1);
  await act(() => result.current.send('Hello'));
  await act(() => result.current.send('And more'));
  await requested;
  rerender({ threadId: otherThreadId });
  answer();
  await waitFor(() => expect(createdIds).toHaveLength(1));

  rerender({ threadId: createdIds[0] });
  await waitFor(() => expect(result.current.messages.at(-1)?.state).toBe('failed'));

  expect(result.current.messages.filter(({ state }) => state === 'failed')).toHaveLength(1);
});
