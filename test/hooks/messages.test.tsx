import { act, renderHook, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import {
  useCreateMessage,
  useMessage,
  useThreadMessages,
} from '../../src/hooks/operations/messages.js';
import { getRawMessageText } from '../../src/protocol/getRawMessageText.js';
import { createHookWorld } from './renderWithBackend.js';

test('reads a thread oldest first, page by page, with one request a page', async () => {
  const { wrapper, threadOf, sent } = createHookWorld();
  const threadId = await threadOf(4);
  const { result } = renderHook(() => useThreadMessages({ threadId, query: { limit: 2 } }), {
    wrapper,
  });
  await waitFor(() => expect(result.current.data?.map(getRawMessageText)).toEqual(['3', '4']));
  await act(() => result.current.fetchNextPage());
  await waitFor(() =>
    expect(result.current.data?.map(getRawMessageText)).toEqual(['1', '2', '3', '4']),
  );
  expect(result.current.hasNextPage).toBe(false);
  expect(sent()).toHaveLength(2);
});

test('sends nothing without a thread', async () => {
  const { wrapper, sent } = createHookWorld();
  const { result } = renderHook(() => useThreadMessages({ threadId: null }), { wrapper });
  expect(result.current).toMatchObject({
    status: 'pending',
    fetchStatus: 'idle',
    data: undefined,
    hasNextPage: false,
  });
  expect(sent()).toEqual([]);
});

test('takes a select of the pages', async () => {
  const { wrapper, threadOf } = createHookWorld();
  const threadId = await threadOf(3);
  const useCount = () =>
    useThreadMessages({ threadId, query: { limit: 2 } }, { select: ({ pages }) => pages.length });
  const { result } = renderHook(useCount, { wrapper });
  await waitFor(() => expect(result.current.data).toBe(1));
});

test('reports a 404 after one request', async () => {
  const { wrapper, sent } = createHookWorld();
  const { result } = renderHook(() => useThreadMessages({ threadId: 'thread_none' }), { wrapper });
  await waitFor(() =>
    expect(result.current.error).toMatchObject({ name: 'AssistantsError', status: 404 }),
  );
  expect(sent()).toHaveLength(1);
});

test('shows a message from the list that holds it', async () => {
  const { wrapper, threadOf, sent } = createHookWorld();
  const threadId = await threadOf(2);
  const list = renderHook(() => useThreadMessages({ threadId }), { wrapper });
  await waitFor(() => expect(list.result.current.data).toHaveLength(2));
  sent();
  const [message] = list.result.current.data ?? [];
  const { result } = renderHook(() => useMessage({ threadId, messageId: message?.id }), {
    wrapper,
  });
  expect(result.current.data).toEqual(message);
  expect(sent()).toEqual([]);
});

test('runs the callbacks of the app behind the cache rule', async () => {
  const { wrapper, threadOf } = createHookWorld();
  const threadId = await threadOf(1);
  const shown: (string[] | undefined)[] = [];
  const useBoth = () => {
    const list = useThreadMessages({ threadId });
    const create = useCreateMessage({
      onSuccess: (message, params) => void shown.push([getRawMessageText(message), params.threadId]),
    });
    return { list, create };
  };
  const { result } = renderHook(useBoth, { wrapper });
  await waitFor(() => expect(result.current.list.data).toHaveLength(1));
  await act(() =>
    result.current.create.mutateAsync({ threadId, body: { role: 'user', content: 'hi' } }),
  );
  await waitFor(() => expect(result.current.list.data?.map(getRawMessageText)).toEqual(['1', 'hi']));
  expect(shown).toEqual([['hi', threadId]]);
});

test('does not take back what the server has done when a callback of the app throws', async () => {
  const { wrapper, threadOf } = createHookWorld();
  const threadId = await threadOf(1);
  const thrown = vi.fn<(reason: unknown) => void>();
  const listeners = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', thrown);
  const useBoth = () => {
    const list = useThreadMessages({ threadId });
    const create = useCreateMessage({
      onSuccess() {
        throw new Error('of the app');
      },
    });
    return { list, create };
  };
  const { result } = renderHook(useBoth, { wrapper });
  await waitFor(() => expect(result.current.list.data).toHaveLength(1));
  await act(() =>
    result.current.create.mutateAsync({ threadId, body: { role: 'user', content: 'hi' } }),
  );
  await waitFor(() => expect(thrown).toHaveBeenCalledOnce());
  expect(result.current.create.status).toBe('success');
  expect(result.current.list.data?.map(getRawMessageText)).toEqual(['1', 'hi']);
  process.removeListener('unhandledRejection', thrown);
  for (const listener of listeners) process.on('unhandledRejection', listener);
});
