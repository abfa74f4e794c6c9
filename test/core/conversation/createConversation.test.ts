import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConversationSettings } from '../../../src/core/conversation/Conversation.js';
import { createConversation } from '../../../src/core/conversation/createConversation.js';
import { listMessagesOptions } from '../../../src/queries/messages.js';
import { endlessModel } from '../../backend/createTestBackend.js';
import { createDeferred } from '../../createDeferred.js';
import { createTestHarness } from '../../queries/createTestHarness.js';

const report = vi.fn<(error: unknown) => void>();
const warn = vi.fn<(...values: unknown[]) => void>();

beforeEach(() => {
  report.mockClear();
  warn.mockClear();
  vi.stubGlobal('reportError', report);
  vi.spyOn(console, 'warn').mockImplementation(warn);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const refusal = (status: number) =>
  Response.json({ error: { message: 'Refused.', type: 'server_error' } }, { status });

async function createThread(
  options: Parameters<typeof createTestHarness>[0] = {},
  settings: ConversationSettings = {},
) {
  const harness = createTestHarness(options);
  const { client, queryClient } = harness;
  const assistantId = await harness.createAssistant();
  const threadId = await harness.createThread(1);
  const conversation = createConversation(client, queryClient, threadId);
  conversation.configure({ assistantId, ...settings });
  const getStates = () => conversation.getState().outbox.map(({ state }) => state);
  const getRun = () => conversation.getState().followed?.getState().run;
  harness.takeRequests();
  return { ...harness, threadId, conversation, getStates, getRun };
}

const countRuns = (requests: string[]) =>
  requests.filter((request) => /^POST .*\/runs$/.test(request)).length;

describe('callbacks', () => {
  it('reports an error that onRunSettled throws, and sends the next message', async () => {
    const error = new Error('of the app');
    const onRunSettled = () => {
      throw error;
    };
    const { conversation, getStates } = await createThread({}, { onRunSettled });

    await conversation.send('One');
    await conversation.send('Two');
    await expect.poll(() => report.mock.calls).toEqual([[error], [error]]);

    expect(getStates()).toEqual([]);
  });

  it('reports an error that onError throws, and sends the next message', async () => {
    const error = new Error('of the app');
    const onError = () => {
      throw error;
    };
    const { conversation, getStates, getRun, intercept } = await createThread({}, { onError });
    let requestCount = 0;
    intercept(async ({ url, method }) => {
      if (method !== 'POST' || !url.endsWith('/messages')) return undefined;
      requestCount += 1;
      return requestCount === 1 ? refusal(400) : undefined;
    });

    await conversation.send('One');
    await conversation.send('Two');
    await expect.poll(() => getRun()?.status).toBe('completed');

    expect(report).toHaveBeenCalledExactlyOnceWith(error);
    expect(getStates()).toEqual(['failed']);
  });

  it('reports a cancellation that fails while the next message waits', async () => {
    const onError = vi.fn<NonNullable<ConversationSettings['onError']>>();
    const { conversation, getRun, intercept } = await createThread(
      { backend: { model: endlessModel } },
      { onError, onBusy: 'cancel' },
    );
    intercept(async ({ url }) => (url.endsWith('/cancel') ? refusal(500) : undefined));

    await conversation.send('One');
    await expect.poll(() => getRun()?.status).toBe('in_progress');
    await conversation.send('Two');

    await expect.poll(() => onError).toHaveBeenCalledOnce();
    expect(onError.mock.calls[0]?.[0]).toMatchObject({ status: 500 });
    conversation.detach();
  });
});

describe('synchronization of messages', () => {
  it('warns once for each cause if messages cannot be loaded after a run', async () => {
    const onRunSettled = vi.fn<() => void>();
    const { client, queryClient, threadId, conversation, intercept } = await createThread(
      {},
      { onRunSettled },
    );
    await queryClient.prefetchInfiniteQuery(listMessagesOptions(client, { threadId }));
    intercept(async ({ url, method }) =>
      method === 'GET' && url.includes('/messages') ? refusal(503) : undefined,
    );

    await conversation.send('One');
    await conversation.send('Two');
    await expect.poll(() => onRunSettled).toHaveBeenCalledTimes(2);

    expect(warn).toHaveBeenCalledOnce();
    expect(warn.mock.calls[0]?.[0]).toContain(threadId);
    expect(warn.mock.calls[0]?.[1]).toMatchObject({ status: 503 });
  });
});

describe('stop', () => {
  it('creates no run if it is called before the message is stored', async () => {
    const response = createDeferred();
    const { conversation, getStates, getRun, requests, intercept } = await createThread();
    intercept(async ({ url, method }) => {
      if (method === 'POST' && url.endsWith('/messages')) await response.promise;
      return undefined;
    });

    await conversation.send('Hello');
    await expect.poll(getStates).toEqual(['sending']);
    await conversation.stop();
    response.resolve();
    await expect.poll(getStates).toEqual([]);

    expect(countRuns(requests)).toBe(0);
    expect(getRun()).toBeUndefined();
  });

  it('rejects, and calls onError, if the run cannot be cancelled', async () => {
    const onError = vi.fn<NonNullable<ConversationSettings['onError']>>();
    const { conversation, getRun, intercept } = await createThread(
      { backend: { model: endlessModel } },
      { onError },
    );
    intercept(async ({ url }) => (url.endsWith('/cancel') ? refusal(500) : undefined));

    await conversation.send('One');
    await expect.poll(() => getRun()?.status).toBe('in_progress');

    await expect(conversation.stop()).rejects.toMatchObject({ status: 500 });
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ status: 500 }));
    conversation.detach();
  });

  it('does not stop the run of a later retry', async () => {
    const response = createDeferred();
    const { conversation, getStates, getRun, intercept } = await createThread();
    intercept(async ({ url, method }) => {
      if (method !== 'POST' || !url.endsWith('/messages')) return undefined;
      await response.promise;
      return refusal(400);
    });

    await conversation.send('Hello');
    await expect.poll(getStates).toEqual(['sending']);
    await conversation.stop();
    response.resolve();
    await expect.poll(getStates).toEqual(['failed']);
    intercept(async () => undefined);
    conversation.retry(conversation.getState().outbox[0]?.key ?? '');

    await expect.poll(() => getRun()?.status).toBe('completed');
  });
});

describe('startOver', () => {
  it('sends an unsent message in a new thread', async () => {
    const { conversation, threadId, getStates, getRun, intercept } = await createThread();
    intercept(async ({ method }) => (method === 'POST' ? refusal(400) : undefined));
    await conversation.send('Hello');
    await expect.poll(getStates).toEqual(['failed']);
    intercept(async () => undefined);

    conversation.startOver();
    conversation.retry(conversation.getState().outbox[0]?.key ?? '');
    await expect.poll(() => getRun()?.status).toBe('completed');

    expect(conversation.getState().threadId).not.toBe(threadId);
  });

  it('stores a message again whose run has failed in the old thread', async () => {
    const { client, conversation, getStates, getRun, intercept } = await createThread();
    intercept(async ({ url, method }) =>
      method === 'POST' && url.endsWith('/runs') ? refusal(400) : undefined,
    );
    await conversation.send('Hello');
    await expect.poll(getStates).toEqual(['failed']);
    intercept(async () => undefined);

    conversation.startOver();
    conversation.retry(conversation.getState().outbox[0]?.key ?? '');
    await expect.poll(() => getRun()?.status).toBe('completed');

    const threadId = conversation.getState().threadId ?? '';
    const { data } = await client.listMessages({ threadId, query: { order: 'asc' } });
    expect(data.map(({ role }) => role)).toEqual(['user', 'assistant']);
  });
});

describe('duplicate submits', () => {
  it('sends a message once if it is submitted twice in one task', async () => {
    const { conversation, requests, getRun } = await createThread();

    await Promise.all([conversation.send('Hello'), conversation.send('Hello')]);
    await expect.poll(() => getRun()?.status).toBe('completed');

    expect(countRuns(requests)).toBe(1);
  });
});
