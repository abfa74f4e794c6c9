import { act, renderHook, waitFor } from '@testing-library/react';
import {
  localStorageThreads,
  memoryThreads,
  useThreads,
  type ThreadRegistry,
} from 'assistants-react';
import { beforeEach, expect, it } from 'vitest';
import { createHookWorld } from './renderWithBackend.js';

const fast = { interval: 5 };

beforeEach(() => localStorage.clear());

function open(registry?: ThreadRegistry) {
  const { wrapper } = createHookWorld();
  const { result } = renderHook(() => useThreads(registry), { wrapper });
  return { result, titles: () => result.current.threads.map(({ title }) => title) };
}

it('remembers threads, the one that was used last first', async () => {
  const { result, titles } = open(memoryThreads([{ id: 'thread_1', title: 'Old', updatedAt: 1 }]));
  await waitFor(() => expect(titles()).toEqual(['Old']), fast);

  act(() => result.current.remember('thread_2', 'New'));
  await waitFor(() => expect(titles()).toEqual(['New', 'Old']), fast);
  act(() => result.current.remember('thread_1', 'Old, used again'));
  await waitFor(() => expect(titles()[0]).toBe('Old, used again'), fast);

  expect(result.current.threads).toHaveLength(2);
});

it('forgets a thread', async () => {
  const { result, titles } = open(memoryThreads([{ id: 'thread_1', title: 'One', updatedAt: 1 }]));
  await waitFor(() => expect(titles()).toEqual(['One']), fast);

  act(() => result.current.forget('thread_1'));

  await waitFor(() => expect(titles()).toEqual([]), fast);
});

it('finds in the browser what was remembered before', async () => {
  const first = open();
  act(() => first.result.current.remember('thread_1', 'One'));
  await waitFor(() => expect(first.titles()).toEqual(['One']), fast);

  const second = open();
  await waitFor(() => expect(second.titles()).toEqual(['One']), fast);
});

it('hears of what another tab remembers', async () => {
  const { result, titles } = open();
  await waitFor(() => expect(result.current.isLoading).toBe(false), fast);
  const entry = { id: 'thread_9', title: 'Of another tab', updatedAt: 9 };
  localStorage.setItem('assistants-react:threads', JSON.stringify([entry]));

  act(
    () =>
      void window.dispatchEvent(new StorageEvent('storage', { key: 'assistants-react:threads' })),
  );

  await waitFor(() => expect(titles()).toEqual(['Of another tab']), fast);
});

it.each(['', 'null', '{}', '[1, {"id": 2}]', 'not JSON'])(
  'takes %j in the storage for no thread',
  async (stored) => {
    localStorage.setItem('assistants-react:threads', stored);

    await expect(localStorageThreads().list()).resolves.toEqual([]);
  },
);

it('tells why a registry could not be read', async () => {
  const { result } = open({
    ...memoryThreads(),
    list: () => Promise.reject(new Error('No table.')),
  });

  await waitFor(() => expect(result.current.error?.message).toBe('No table.'), {
    interval: 5,
    timeout: 15_000,
  });
}, 20_000);
