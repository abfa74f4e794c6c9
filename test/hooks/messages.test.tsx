import { act, renderHook, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import {
  useCreateMessage,
  useMessage,
  useThreadMessages,
} from '../../src/hooks/operations/messages.js';
import { getRawMessageText } from '../../src/protocol/getRawMessageText.js';
import { createHookHarness } from './createHookHarness.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('returns messages oldest first, with one request for each page', async () => {
  const harness = createHookHarness();
  const { wrapper, takeRequests } = harness;
  const threadId = await harness.createThread(4);
  const { result } = renderHook(() => useThreadMessages({ threadId, query: { limit: 2 } }), {
    wrapper,
  });
  await waitFor(() => expect(result.current.data?.map(getRawMessageText)).toEqual(['3', '4']));
  await act(() => result.current.fetchNextPage());
  await waitFor(() =>
    expect(result.current.data?.map(getRawMessageText)).toEqual(['1', '2', '3', '4']),
  );
  expect(result.current.hasNextPage).toBe(false);
  expect(takeRequests()).toHaveLength(2);
});

test('sends no request without a thread', async () => {
  const { wrapper, takeRequests } = createHookHarness();
  const { result } = renderHook(() => useThreadMessages({ threadId: null }), { wrapper });
  expect(result.current).toMatchObject({
    status: 'pending',
    fetchStatus: 'idle',
    data: undefined,
    hasNextPage: false,
  });
  expect(takeRequests()).toEqual([]);
});

test('passes the pages to select', async () => {
  const harness = createHookHarness();
  const { wrapper } = harness;
  const threadId = await harness.createThread(3);
  const useCount = () =>
    useThreadMessages({ threadId, query: { limit: 2 } }, { select: ({ pages }) => pages.length });
  const { result } = renderHook(useCount, { wrapper });
  await waitFor(() => expect(result.current.data).toBe(1));
});

test('does not retry status 404', async () => {
  const { wrapper, takeRequests } = createHookHarness();
  const { result } = renderHook(() => useThreadMessages({ threadId: 'thread_none' }), { wrapper });
  await waitFor(() =>
    expect(result.current.error).toMatchObject({ name: 'AssistantsError', status: 404 }),
  );
  expect(takeRequests()).toHaveLength(1);
});

test('shows a message from a cached list', async () => {
  const harness = createHookHarness();
  const { wrapper, takeRequests } = harness;
  const threadId = await harness.createThread(2);
  const list = renderHook(() => useThreadMessages({ threadId }), { wrapper });
  await waitFor(() => expect(list.result.current.data).toHaveLength(2));
  takeRequests();
  const [message] = list.result.current.data ?? [];
  const { result } = renderHook(() => useMessage({ threadId, messageId: message?.id }), {
    wrapper,
  });
  expect(result.current.data).toEqual(message);
  expect(takeRequests()).toEqual([]);
});

test('calls the callbacks of the app after the cache was updated', async () => {
  const harness = createHookHarness();
  const { wrapper } = harness;
  const threadId = await harness.createThread(1);
  const calls: string[][] = [];
  const useBoth = () => {
    const list = useThreadMessages({ threadId });
    const create = useCreateMessage({
      onSuccess(message, params) {
        calls.push([getRawMessageText(message), params.threadId]);
      },
    });
    return { list, create };
  };
  const { result } = renderHook(useBoth, { wrapper });
  await waitFor(() => expect(result.current.list.data).toHaveLength(1));
  await act(() =>
    result.current.create.mutateAsync({ threadId, body: { role: 'user', content: 'hi' } }),
  );
  await waitFor(() =>
    expect(result.current.list.data?.map(getRawMessageText)).toEqual(['1', 'hi']),
  );
  expect(calls).toEqual([['hi', threadId]]);
});

test('keeps the result of a mutation whose callback throws, and reports the error', async () => {
  const harness = createHookHarness();
  const { wrapper } = harness;
  const threadId = await harness.createThread(1);
  const report = vi.fn<(error: unknown) => void>();
  vi.stubGlobal('reportError', report);
  const error = new Error('of the app');
  const useBoth = () => {
    const list = useThreadMessages({ threadId });
    const create = useCreateMessage({
      onSuccess() {
        throw error;
      },
    });
    return { list, create };
  };
  const { result } = renderHook(useBoth, { wrapper });
  await waitFor(() => expect(result.current.list.data).toHaveLength(1));
  await act(() =>
    result.current.create.mutateAsync({ threadId, body: { role: 'user', content: 'hi' } }),
  );
  await waitFor(() => expect(report).toHaveBeenCalledExactlyOnceWith(error));
  expect(result.current.create.status).toBe('success');
  expect(result.current.list.data?.map(getRawMessageText)).toEqual(['1', 'hi']);
});
