import { InfiniteQueryObserver, MutationObserver, QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { getRawMessageText } from '../../src/protocol/getRawMessageText.js';
import type { Message } from '../../src/protocol/types.js';
import { writeMessage } from '../../src/queries/cache/writeObjects.js';
import { isOptimisticMessage, getRowKey } from '../../src/queries/cache/optimisticMessages.js';
import {
  createMessageOptions,
  deleteMessageOptions,
  getMessageOptions,
  listMessagesOptions,
  modifyMessageOptions,
} from '../../src/queries/messages.js';
import { syncMessages } from '../../src/queries/cache/syncMessages.js';
import { createDeferred } from '../createDeferred.js';
import { createTestHarness, nextTask } from './createTestHarness.js';

/** Observes a list of messages. `seen` has the texts of every update. */
async function openList(
  harness: ReturnType<typeof createTestHarness>,
  threadId: string,
  query: { limit?: number } = {},
) {
  const observer = new InfiniteQueryObserver(
    harness.queryClient,
    listMessagesOptions(harness.client, { threadId, query }),
  );
  const seen: string[][] = [];
  observer.subscribe(({ data }) => data && seen.push(data.map(getRawMessageText)));
  await observer.refetch({ cancelRefetch: false });
  harness.takeRequests();
  return {
    observer,
    seen,
    rows: () => observer.getCurrentResult().data ?? [],
    texts: () => observer.getCurrentResult().data?.map(getRawMessageText),
  };
}

function observeCreateMessage(harness: ReturnType<typeof createTestHarness>) {
  return new MutationObserver(harness.queryClient, createMessageOptions(harness.client));
}

/** Creates messages that count the reads of their `id` and `created_at`. */
function createCountedMessages(count: number) {
  let reads = 0;
  const createMessage = (number: number): Message => ({
    get id() {
      reads += 1;
      return `msg_${number}`;
    },
    get created_at() {
      reads += 1;
      return number;
    },
    object: 'thread.message',
    thread_id: 'thread_1',
    status: 'completed',
    incomplete_details: null,
    completed_at: null,
    incomplete_at: null,
    role: 'user',
    content: [{ type: 'text', text: { value: `text ${number}`, annotations: [] } }],
    assistant_id: null,
    run_id: null,
    metadata: {},
  });
  const newestFirst = Array.from({ length: count }, (_, index) => createMessage(count - index));
  return {
    newestFirst,
    createMessage,
    /** Returns the number of reads since the last call. */
    takeReads() {
      const taken = reads;
      reads = 0;
      return taken;
    },
  };
}

describe('message queries', () => {
  it('adds a message optimistically, and never twice', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(1);
    const { seen, rows, texts } = await openList(harness, threadId);
    const gate = createDeferred();
    harness.intercept(async (request) => {
      if (request.method === 'POST') await gate.promise;
      return undefined;
    });
    const sending = observeCreateMessage(harness).mutate({
      threadId,
      body: { role: 'user', content: 'hi' },
    });
    await nextTask();
    expect(texts()).toEqual(['1', 'hi']);
    const optimistic = rows().at(-1);
    expect(optimistic && isOptimisticMessage(optimistic)).toBe(true);
    gate.resolve();
    const message = await sending;
    expect(rows().at(-1)).toEqual(message);
    expect(getRowKey(harness.queryClient, message.id)).toBe(optimistic?.id);
    expect(
      seen.filter((update) => update.length > 2 || (update.includes('hi') && update.length < 2)),
    ).toEqual([]);
    expect(harness.takeRequests()).toEqual([`POST /threads/${threadId}/messages`]);
  });

  it('does not duplicate a message that a sync adds before the response', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(1);
    const { seen, texts } = await openList(harness, threadId);
    const gate = createDeferred();
    harness.intercept(async (request) => {
      if (request.method !== 'POST') return undefined;
      const response = await harness.backend.fetch(request);
      await gate.promise;
      return response;
    });
    const sending = observeCreateMessage(harness).mutate({
      threadId,
      body: { role: 'user', content: 'hi' },
    });
    await nextTask();
    await syncMessages(harness.queryClient, harness.client, threadId);
    expect(texts()).toEqual(['1', 'hi']);
    gate.resolve();
    await sending;
    expect(texts()).toEqual(['1', 'hi']);
    expect(seen.every((update) => update.length <= 2)).toBe(true);
  });

  it('does not duplicate a message whose text the server has changed', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(1);
    const { texts } = await openList(harness, threadId);
    const gate = createDeferred();
    harness.intercept(async (request) => {
      if (request.method !== 'POST') return undefined;
      const message = (await (await harness.backend.fetch(request)).json()) as Message;
      const changed = {
        ...message,
        content: [{ type: 'text' as const, text: { value: 'HI', annotations: [] } }],
      };
      writeMessage(harness.queryClient, 'test', changed);
      await gate.promise;
      return Response.json(changed);
    });
    const sending = observeCreateMessage(harness).mutate({
      threadId,
      body: { role: 'user', content: 'hi' },
    });
    await nextTask();
    gate.resolve();
    await sending;
    expect(texts()).toEqual(['1', 'HI']);
    const { queryKey } = listMessagesOptions(harness.client, { threadId });
    expect(harness.queryClient.getQueryData(queryKey)?.pages[0]?.data).toHaveLength(2);
  });

  it('keeps an optimistic message in a refetch', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(1);
    const { observer, texts } = await openList(harness, threadId);
    const gate = createDeferred();
    harness.intercept(async (request) => {
      if (request.method === 'POST') await gate.promise;
      return undefined;
    });
    const sending = observeCreateMessage(harness).mutate({
      threadId,
      body: { role: 'user', content: 'hi' },
    });
    await nextTask();
    await observer.refetch();
    expect(texts()).toEqual(['1', 'hi']);
    gate.resolve();
    await sending;
    await observer.refetch();
    expect(texts()).toEqual(['1', 'hi']);
  });

  it('removes a rejected message', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(1);
    const { texts } = await openList(harness, threadId);
    await expect(
      observeCreateMessage(harness).mutate({ threadId, body: { role: 'user', content: '' } }),
    ).rejects.toMatchObject({ status: 400 });
    expect(texts()).toEqual(['1']);
    expect(harness.takeRequests()).toHaveLength(1);
  });

  it('modifies a message in its detail query and the lists', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(1);
    const { rows } = await openList(harness, threadId);
    const [message] = rows();
    const modify = new MutationObserver(harness.queryClient, modifyMessageOptions(harness.client));
    await modify.mutate({
      threadId,
      messageId: message?.id ?? '',
      body: { metadata: { read: 'yes' } },
    });
    expect(rows()[0]?.metadata).toEqual({ read: 'yes' });
    const { queryKey } = getMessageOptions(harness.client, {
      threadId,
      messageId: message?.id ?? '',
    });
    expect(harness.queryClient.getQueryData(queryKey)?.metadata).toEqual({ read: 'yes' });
  });

  it('removes a deleted message even if an older response arrives later', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(3);
    const { rows, texts } = await openList(harness, threadId);
    const messageId = rows()[1]?.id ?? '';
    const options = getMessageOptions(harness.client, { threadId, messageId });
    await harness.queryClient.query(options);
    const stale = await harness.backend.fetch(
      new Request(`http://backend.test/v1/threads/${threadId}/messages`),
    );
    const gate = createDeferred();
    harness.intercept(async (request) => {
      if (request.method !== 'GET') return undefined;
      harness.intercept(async () => undefined);
      await gate.promise;
      return stale;
    });
    const refetched = harness.queryClient.invalidateQueries({
      queryKey: listMessagesOptions(harness.client, { threadId }).queryKey,
    });
    await nextTask();
    await new MutationObserver(harness.queryClient, deleteMessageOptions(harness.client)).mutate({
      threadId,
      messageId,
    });
    gate.resolve();
    await refetched;
    expect(texts()).toEqual(['1', '3']);
    expect(harness.queryClient.getQueryData(options.queryKey)).toBeUndefined();
  });

  it('keeps a written message when an older page arrives', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(4);
    const { observer, texts } = await openList(harness, threadId, { limit: 2 });
    const gate = createDeferred();
    harness.intercept(async () => {
      harness.intercept(async () => undefined);
      await gate.promise;
      return undefined;
    });
    const older = observer.fetchNextPage();
    await nextTask();
    const id = await harness.createMessage(threadId, 'new');
    const { body } = await harness.send('GET', `/v1/threads/${threadId}/messages/${id}`);
    writeMessage(harness.queryClient, 'test', body as unknown as Message);
    gate.resolve();
    await older;
    expect(texts()).toEqual(['1', '2', '3', '4', 'new']);
  });

  it('loads a list whose first request a written message has cancelled', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(1);
    const observer = new InfiniteQueryObserver(
      harness.queryClient,
      listMessagesOptions(harness.client, { threadId }),
    );
    observer.subscribe(() => undefined);
    const loading = observer.refetch({ cancelRefetch: false });
    const { data } = await harness.client.listMessages({ threadId });
    if (data[0]) writeMessage(harness.queryClient, 'test', data[0]);
    await loading;
    await harness.queryClient.infiniteQuery(listMessagesOptions(harness.client, { threadId }));
    expect(observer.getCurrentResult().data?.map(getRawMessageText)).toEqual(['1']);
  });

  it('ignores older snapshots of a message', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(1);
    const { rows } = await openList(harness, threadId);
    const [message] = rows();
    if (!message) throw new Error('no message');
    writeMessage(harness.queryClient, 'test', { ...message, status: 'in_progress', content: [] });
    expect(rows()[0]).toEqual(message);
    const { queryKey } = getMessageOptions(harness.client, { threadId, messageId: message.id });
    writeMessage(harness.queryClient, 'test', message);
    harness.intercept(async () =>
      Response.json({ ...message, status: 'in_progress', content: [] }),
    );
    await harness.queryClient.query({
      ...getMessageOptions(harness.client, { threadId, messageId: message.id }),
      staleTime: 0,
    });
    expect(harness.queryClient.getQueryData(queryKey)).toEqual(message);
  });

  it.each([1_000, 10_000])(
    'reads each message of a list of %i at most 20 times per written message',
    (count) => {
      const { client } = createTestHarness();
      const queryClient = new QueryClient();
      const options = listMessagesOptions(client, { threadId: 'thread_1', query: { limit: 100 } });
      const messages = createCountedMessages(count);
      const pages = Array.from({ length: count / 100 }, (_, page) => {
        const data = messages.newestFirst.slice(page * 100, (page + 1) * 100);
        return {
          object: 'list',
          data,
          has_more: page < count / 100 - 1,
          first_id: data[0]?.id ?? null,
          last_id: data.at(-1)?.id ?? null,
        };
      });
      queryClient.setQueryData(options.queryKey, {
        pages,
        pageParams: pages.map((_, page) => pages[page - 1]?.last_id ?? null),
      });
      const observer = new InfiniteQueryObserver(queryClient, { ...options, enabled: false });
      observer.subscribe(() => undefined);
      messages.takeReads();
      const writes = 5;
      for (let number = 1; number <= writes; number += 1)
        writeMessage(queryClient, 'test', messages.createMessage(count + number));
      const readsPerMessage = messages.takeReads() / writes / count;
      expect(observer.getCurrentResult().data).toHaveLength(count + writes);
      expect(readsPerMessage).toBeLessThan(20);
    },
  );
});
