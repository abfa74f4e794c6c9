import { act, renderHook, waitFor } from '@testing-library/react';
import {
  localStorageThreads,
  memoryThreads,
  useDeleteThread,
  useThreads,
  type GenerateTitle,
  type ThreadRegistry,
} from 'assistants-react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDeferred } from '../createDeferred.js';
import { advanceTimers, createHookHarness } from './createHookHarness.js';

const STORAGE_KEY = 'assistants-react:threads';

beforeEach(() => {
  localStorage.clear();
});
afterEach(() => {
  vi.useRealTimers();
});

function renderThreads(registry?: ThreadRegistry, scope?: string) {
  const { wrapper, client } = createHookHarness(scope === undefined ? {} : { client: { scope } });
  const { result } = renderHook(() => useThreads({ registry }), { wrapper });
  return {
    result,
    scope: client.scope,
    titles: () => result.current.threads.map(({ title }) => title),
  };
}

it('lists the most recently used thread first', async () => {
  const { result, titles } = renderThreads(
    memoryThreads([{ id: 'thread_1', title: 'Old', updatedAt: 1 }]),
  );
  await waitFor(() => expect(titles()).toEqual(['Old']));

  act(() => result.current.remember('thread_2', 'New'));
  await waitFor(() => expect(titles()).toEqual(['New', 'Old']));
  act(() => result.current.remember('thread_1', 'Old, used again'));
  await waitFor(() => expect(titles()[0]).toBe('Old, used again'));

  expect(result.current.threads).toHaveLength(2);
});

it('renames a thread in its place, and moves a thread to the top when it is used', async () => {
  const { result, titles } = renderThreads(
    memoryThreads([
      { id: 'thread_1', title: 'One', updatedAt: 1 },
      { id: 'thread_2', title: 'Two', updatedAt: 2 },
    ]),
  );
  await waitFor(() => expect(titles()).toEqual(['Two', 'One']));

  act(() => result.current.rename('thread_1', 'First'));
  await waitFor(() => expect(titles()).toEqual(['Two', 'First']));
  act(() => result.current.markUsed('thread_1'));
  await waitFor(() => expect(titles()).toEqual(['First', 'Two']));
  act(() => result.current.rename('thread_3', 'Unknown'));
  act(() => result.current.markUsed('thread_3'));
  act(() => result.current.rename('thread_2', 'Second'));
  await waitFor(() => expect(titles()).toEqual(['First', 'Second']));
});

it('removes a thread', async () => {
  const { result, titles } = renderThreads(
    memoryThreads([{ id: 'thread_1', title: 'One', updatedAt: 1 }]),
  );
  await waitFor(() => expect(titles()).toEqual(['One']));

  act(() => result.current.forget('thread_1'));

  await waitFor(() => expect(titles()).toEqual([]));
});

it('stores threads in the browser', async () => {
  const first = renderThreads();
  act(() => first.result.current.remember('thread_1', 'One'));
  await waitFor(() => expect(first.titles()).toEqual(['One']));

  const second = renderThreads();
  await waitFor(() => expect(second.titles()).toEqual(['One']));
});

it('keeps the threads of two users of a browser apart', async () => {
  const first = renderThreads(undefined, 'ann');
  act(() => first.result.current.remember('thread_1', 'One'));
  await waitFor(() => expect(first.titles()).toEqual(['One']));

  const second = renderThreads(undefined, 'ben');
  await waitFor(() => expect(second.result.current.isLoading).toBe(false));
  expect(second.titles()).toEqual([]);
});

it('shows the threads that another tab adds', async () => {
  const { result, scope, titles } = renderThreads();
  await waitFor(() => expect(result.current.isLoading).toBe(false));
  const entry = { id: 'thread_9', title: 'From another tab', updatedAt: 9 };
  const key = `${STORAGE_KEY}:${scope}`;
  localStorage.setItem(key, JSON.stringify([entry]));

  act(() => {
    window.dispatchEvent(new StorageEvent('storage', { key }));
  });

  await waitFor(() => expect(titles()).toEqual(['From another tab']));
});

it.each(['', 'null', '{}', '[1, null, {"id": 2}]', 'not JSON'])(
  'ignores the corrupt entry %j',
  async (entry) => {
    localStorage.setItem(STORAGE_KEY, entry);

    await expect(localStorageThreads().list()).resolves.toEqual([]);
  },
);

it('reports why the registry could not be read, after all retries', async () => {
  vi.useFakeTimers();
  const list = vi.fn<ThreadRegistry['list']>(() => Promise.reject(new Error('No table.')));
  const { result } = renderThreads({ ...memoryThreads(), list });

  await advanceTimers(0);
  expect(result.current).toMatchObject({ error: null, isLoading: true });
  await advanceTimers(60_000);

  expect(result.current.error?.message).toBe('No table.');
  expect(list).toHaveBeenCalledTimes(4);
});

describe('a server that lists threads', () => {
  async function renderWithServer(registry: ThreadRegistry) {
    const harness = createHookHarness({ client: { apiVersion: 'v2' } });
    const createThread = (title?: string) =>
      harness.create('/v1/threads', title === undefined ? {} : { metadata: { title } });
    const ids = [await createThread('From another device'), await createThread()];
    const { result } = renderHook(
      () => ({ ...useThreads({ registry }), deletion: useDeleteThread() }),
      { wrapper: harness.wrapper },
    );
    const getTitles = () => result.current.threads.map(({ title }) => title);
    return { ...harness, result, ids, getTitles };
  }

  it('adds its threads to those of the registry, which knows titles and last uses', async () => {
    const registry = memoryThreads([{ id: 'thread_own', title: 'Own', updatedAt: 1 }]);
    const { result, ids, getTitles } = await renderWithServer(registry);
    await waitFor(() => expect(getTitles()).toHaveLength(3));
    expect(getTitles()).toContain('From another device');

    act(() => result.current.rename(ids[1] ?? '', 'Renamed'));
    await waitFor(() => expect(getTitles()).toContain('Renamed'));
    act(() => result.current.markUsed(ids[0] ?? ''));
    await waitFor(() => expect(getTitles()[0]).toBe('From another device'));
    expect(new Set(result.current.threads.map(({ id }) => id)).size).toBe(3);
  });

  it('does not list a deleted thread again', async () => {
    const { result, ids, getTitles } = await renderWithServer(memoryThreads());
    await waitFor(() => expect(getTitles()).toHaveLength(2));

    await act(() => result.current.deletion.mutateAsync({ threadId: ids[0] ?? '' }));
    act(() => result.current.forget(ids[0] ?? ''));

    await waitFor(() => expect(getTitles()).toEqual(['']));
  });

  it('is not asked again for each change of the registry', async () => {
    const { result, getTitles, requests } = await renderWithServer(memoryThreads());
    await waitFor(() => expect(getTitles()).toHaveLength(2));
    act(() => result.current.remember('thread_1', 'New'));
    await waitFor(() => expect(getTitles()).toHaveLength(3));
    expect(requests.filter((request) => request.startsWith('GET /threads'))).toHaveLength(1);
  });
});

describe('a server that does not list threads', () => {
  it.each([403, 404, 405, 501])(
    'leaves the list to the registry, with status %d',
    async (status) => {
      const { wrapper, intercept } = createHookHarness();
      intercept(async () => Response.json({ error: { message: 'Not for you' } }, { status }));
      const registry = memoryThreads();
      const { result } = renderHook(() => useThreads({ registry }), { wrapper });
      await waitFor(() => expect(result.current.isLoading).toBe(false));
      expect(result.current).toMatchObject({ threads: [], error: null });
      act(() => result.current.remember('thread_1', 'One'));
      await waitFor(() => expect(result.current.threads).toHaveLength(1));
    },
  );

  it('is reported if it fails, unless the registry has threads', async () => {
    const { wrapper, intercept } = createHookHarness();
    intercept(async () => Response.json({ error: { message: 'Down' } }, { status: 500 }));
    const registry = memoryThreads();
    const { result } = renderHook(() => useThreads({ registry }), { wrapper });
    await waitFor(() => expect(result.current.error?.message).toBe('Down'));
    act(() => result.current.remember('thread_1', 'One'));
    await waitFor(() => expect(result.current.error).toBeNull());
  });
});

describe('generateTitle', () => {
  async function renderWithTitles(generateTitle: GenerateTitle, answer = 'Take the tram.') {
    const harness = createHookHarness();
    const threadId = await harness.create('/v1/threads', {
      messages: [
        { role: 'user', content: 'Three days in Lisbon, with two children' },
        ...(answer === '' ? [] : [{ role: 'assistant', content: answer }]),
      ],
    });
    const registry = memoryThreads([{ id: threadId, title: 'Three days in', updatedAt: 1 }]);
    const { result } = renderHook(() => useThreads({ registry, generateTitle }), {
      wrapper: harness.wrapper,
    });
    await waitFor(() => expect(result.current.threads).toHaveLength(1));
    const getEntry = () => result.current.threads[0];
    return { result, threadId, getEntry, requests: harness.requests };
  }

  it('titles a thread once, after its first answer', async () => {
    const generateTitle = vi.fn<GenerateTitle>(async () => ' Lisbon with children\n\nA reason. ');
    const { result, threadId, getEntry } = await renderWithTitles(generateTitle);
    act(() => result.current.markUsed(threadId));
    await waitFor(() => expect(getEntry()?.title).toBe('Lisbon with children'));
    expect(generateTitle).toHaveBeenCalledExactlyOnceWith({
      threadId,
      question: 'Three days in Lisbon, with two children',
      answer: 'Take the tram.',
    });

    const { updatedAt } = getEntry() ?? { updatedAt: 0 };
    act(() => result.current.markUsed(threadId));
    act(() => result.current.update(threadId, { isPinned: true }));
    await waitFor(() => expect(getEntry()).toMatchObject({ isPinned: true, isTitled: true }));
    expect(getEntry()?.updatedAt).toBeGreaterThanOrEqual(updatedAt);
    expect(generateTitle).toHaveBeenCalledOnce();
  });

  it.each([
    ['fails', () => Promise.reject(new Error('No model.'))],
    [
      'throws',
      () => {
        throw new Error('No model.');
      },
    ],
    ['returns a blank text', () => ' \n '],
  ] satisfies [string, GenerateTitle][])('keeps the first words if it %s', async (_, generate) => {
    const generateTitle = vi.fn<GenerateTitle>(generate);
    const { result, threadId, getEntry } = await renderWithTitles(generateTitle);
    act(() => result.current.markUsed(threadId));
    await waitFor(() => expect(getEntry()?.isTitled).toBe(true));
    expect(getEntry()?.title).toBe('Three days in');
  });

  it('waits for an answer', async () => {
    const generateTitle = vi.fn<GenerateTitle>(() => 'Title');
    const { result, threadId, getEntry, requests } = await renderWithTitles(generateTitle, '');
    act(() => result.current.markUsed(threadId));
    await waitFor(() => expect(requests.at(-1)).toMatch(/^GET .*messages/));
    act(() => result.current.update(threadId, { isPinned: true }));
    await waitFor(() => expect(getEntry()?.isPinned).toBe(true));
    expect(generateTitle).not.toHaveBeenCalled();
    expect(getEntry()?.isTitled).toBeUndefined();
  });

  it('never replaces a title that the user has written, also meanwhile', async () => {
    const title = createDeferred<string>();
    const generateTitle = vi.fn<GenerateTitle>(() => title.promise);
    const { result, threadId, getEntry } = await renderWithTitles(generateTitle);
    act(() => result.current.markUsed(threadId));
    await waitFor(() => expect(generateTitle).toHaveBeenCalledOnce());
    act(() => result.current.rename(threadId, 'Mine'));
    await waitFor(() => expect(getEntry()?.title).toBe('Mine'));
    await act(async () => title.resolve('Generated'));
    act(() => result.current.update(threadId, { isPinned: true }));
    await waitFor(() => expect(getEntry()?.isPinned).toBe(true));
    expect(getEntry()?.title).toBe('Mine');
  });
});

it('loses no change when several are made at once', async () => {
  const { result } = renderThreads(memoryThreads([{ id: 'thread_1', title: 'One', updatedAt: 1 }]));
  await waitFor(() => expect(result.current.threads).toHaveLength(1));
  act(() => {
    result.current.markUsed('thread_1');
    result.current.update('thread_1', { isPinned: true });
    result.current.update('thread_1', { isUnread: true });
    result.current.rename('thread_1', 'First');
  });
  await waitFor(() =>
    expect(result.current.threads[0]).toMatchObject({
      title: 'First',
      isPinned: true,
      isUnread: true,
    }),
  );
  expect(result.current.threads[0]?.updatedAt).toBeGreaterThan(1);
});

it('reads the flags of an entry, and drops those that are corrupt', async () => {
  const entries = [
    {
      id: 'thread_1',
      title: 'One',
      updatedAt: 1,
      isPinned: true,
      isArchived: 'yes',
      isUnread: null,
    },
  ];
  localStorage.setItem(STORAGE_KEY, JSON.stringify(entries));
  await expect(localStorageThreads().list()).resolves.toEqual([
    { id: 'thread_1', title: 'One', updatedAt: 1, isPinned: true },
  ]);
});
