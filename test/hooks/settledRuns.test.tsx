import { useQuery } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Model } from '../../src/backend/models/Model.js';
import { useMessage, useThreadMessages } from '../../src/hooks/operations/messages.js';
import {
  useCancelRun,
  useCreateRun,
  useCreateThreadAndRun,
  useModifyRun,
  useRun,
  useSubmitToolOutputs,
  useThreadRuns,
} from '../../src/hooks/operations/runs.js';
import { useRunStep, useRunSteps } from '../../src/hooks/operations/runSteps.js';
import { useActiveRun } from '../../src/hooks/useActiveRun.js';
import { useConversation } from '../../src/hooks/useConversation.js';
import { getRawMessageText } from '../../src/protocol/getRawMessageText.js';
import type { Message } from '../../src/protocol/types.js';
import { writeRun } from '../../src/queries/cache/writeObjects.js';
import { getRunOptions, newestRunOptions } from '../../src/queries/runs.js';
import { createDeferred } from '../createDeferred.js';
import { advanceTimers, createHookHarness } from './createHookHarness.js';

type Harness = Awaited<ReturnType<typeof createSetup>>;

beforeAll(async () => {
  // Imported while timers are real, so that the tests need not wait for the import.
  await import('../../src/queries/watchRuns.lazy.js');
  await import('../../src/queries/cache/syncThread.lazy.js');
});

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const tools = [{ type: 'function', function: { name: 'get_weather' } }] as const;

/** Creates a thread with the message '1', and a backend whose runs write until `endRun` is called. */
async function createSetup({ isStarted = true, callsTool = false } = {}) {
  const gate = createDeferred();
  const model: Model = {
    async *respond({ messages }) {
      yield { type: 'text', text: 'One moment.' };
      if (callsTool && !messages.some(({ role }) => role === 'tool-outputs')) {
        yield { type: 'toolCall', name: 'get_weather' };
        return;
      }
      await gate.promise;
      yield { type: 'text', text: ' Done.' };
      yield { type: 'finish', reason: 'stop' };
    },
  };
  const harness = createHookHarness({ backend: { model } });
  const threadId = await harness.createThread(1);
  const assistantId = await harness.createAssistant({ tools });
  const startRun = () =>
    harness.create(`/v1/threads/${threadId}/runs`, { assistant_id: assistantId });
  const runId = isStarted ? await startRun() : '';
  await vi.advanceTimersByTimeAsync(0);
  harness.takeRequests();
  return {
    ...harness,
    threadId,
    assistantId,
    runId,
    startRun,
    async endRun() {
      gate.resolve();
      harness.advanceTime(5_000);
      await harness.backend.idle();
    },
  };
}

const messagesPath = (threadId: string) => `GET /threads/${threadId}/messages`;
const matchSyncRequest = (threadId: string): unknown =>
  expect.stringMatching(
    new RegExp(`^GET /threads/${threadId}/messages\\?order=asc&limit=100&after=`),
  );
const getTexts = (data: Message[] | undefined) => data?.map(getRawMessageText);
const isMessages = (request: string) => request.includes('/messages');

describe('the messages of a thread', () => {
  const readers: [
    name: string,
    useHook: (setup: Harness) => unknown,
    see?: (setup: Harness) => Promise<unknown>,
  ][] = [
    ['useRun', ({ threadId, runId }) => useRun({ threadId, runId })],
    [
      'useRun with select',
      ({ threadId, runId }) => useRun({ threadId, runId }, { select: ({ status }) => status }),
    ],
    [
      'useQuery with getRunOptions',
      ({ client, threadId, runId }) => useQuery(getRunOptions(client, { threadId, runId })),
    ],
    [
      'useRunSteps with refreshWhileActive',
      ({ threadId, runId }) => useRunSteps({ threadId, runId }, { refreshWhileActive: true }),
    ],
    ['useThreadRuns', ({ threadId }) => useThreadRuns({ threadId }, { refetchInterval: 2_000 })],
    [
      'useActiveRun',
      ({ threadId }) => useActiveRun({ threadId }),
      ({ client, queryClient, threadId }) =>
        queryClient.refetchQueries({ queryKey: newestRunOptions(client, { threadId }).queryKey }),
    ],
    [
      'fetchQuery with getRunOptions',
      () => undefined,
      ({ client, queryClient, threadId, runId }) =>
        queryClient.fetchQuery({ ...getRunOptions(client, { threadId, runId }), staleTime: 0 }),
    ],
    [
      'writeRun',
      ({ threadId, runId }) => useRun({ threadId, runId }, { refetchInterval: false }),
      async ({ client, queryClient, threadId, runId }) =>
        writeRun(queryClient, client.scope, await client.getRun({ threadId, runId })),
    ],
  ];

  it.each(readers)(
    'are synced once when %s notices that the run has settled',
    async (_name, useHook, see) => {
      const setup = await createSetup();
      const { threadId, takeRequests, wrapper } = setup;
      const useBoth = () => {
        useHook(setup);
        return useThreadMessages({ threadId });
      };
      const { result } = renderHook(useBoth, { wrapper });
      await advanceTimers(5_000);
      if (see) await act(() => see(setup));
      expect(getTexts(result.current.data)?.[0]).toBe('1');
      expect(takeRequests().filter(isMessages)).toEqual([messagesPath(threadId)]);
      await setup.endRun();
      if (see) await act(() => see(setup));
      await advanceTimers(30_000);
      expect(getTexts(result.current.data)).toEqual(['1', 'One moment. Done.']);
      expect(result.current.data?.at(-1)?.status).toBe('completed');
      expect(takeRequests().filter(isMessages)).toEqual([matchSyncRequest(threadId)]);
      await advanceTimers(60_000);
      expect(takeRequests().filter(isMessages)).toEqual([]);
    },
  );

  it.each([
    [
      'useCreateRun',
      () => {
        const { mutateAsync } = useCreateRun();
        return ({ threadId, assistantId }: Harness) =>
          mutateAsync({ threadId, body: { assistant_id: assistantId } });
      },
      false,
    ],
    [
      'useSubmitToolOutputs',
      () => {
        const { mutateAsync } = useSubmitToolOutputs();
        return async ({ client, threadId, runId }: Harness) => {
          const { required_action: action } = await client.getRun({ threadId, runId });
          const calls = action?.submit_tool_outputs.tool_calls ?? [];
          const tool_outputs = calls.map(({ id }) => ({ tool_call_id: id, output: 'rain' }));
          return mutateAsync({ threadId, runId, body: { tool_outputs } });
        };
      },
      true,
    ],
    [
      'useCancelRun',
      () => {
        const { mutateAsync } = useCancelRun();
        return ({ threadId, runId }: Harness) => mutateAsync({ threadId, runId });
      },
      true,
    ],
  ])(
    'are synced once when the response of %s is a settled run',
    async (_name, useHook, isStarted) => {
      const setup = await createSetup({ isStarted, callsTool: isStarted });
      const { threadId, takeRequests, wrapper, backend } = setup;
      const useBoth = () => ({ mutate: useHook(), messages: useThreadMessages({ threadId }) });
      const { result } = renderHook(useBoth, { wrapper });
      await advanceTimers(0);
      takeRequests();
      // A server that answers when the run has settled.
      setup.intercept(async (request) => {
        if (request.method !== 'POST') return undefined;
        const run = (await (await backend.fetch(request)).json()) as { id: string };
        await setup.endRun();
        return backend.fetch(
          new Request(`http://backend.test/v1/threads/${threadId}/runs/${run.id}`),
        );
      });
      await act(() => result.current.mutate(setup));
      await advanceTimers(0);
      const last = result.current.messages.data?.at(-1);
      expect(last?.role).toBe('assistant');
      expect(last?.status).not.toBe('in_progress');
      expect(takeRequests().filter(isMessages)).toEqual([matchSyncRequest(threadId)]);
      await advanceTimers(60_000);
      expect(takeRequests()).toEqual([]);
    },
  );

  it('of a thread that useCreateThreadAndRun has created are requested once', async () => {
    const setup = await createSetup({ isStarted: false });
    const { assistantId, wrapper, takeRequests } = setup;
    const useBoth = () => {
      const create = useCreateThreadAndRun();
      const { data } = create;
      const ids = { threadId: data?.thread_id, runId: data?.id };
      return { create, run: useRun(ids), messages: useThreadMessages(ids) };
    };
    const { result } = renderHook(useBoth, { wrapper });
    const messages = [{ role: 'user', content: 'Hi' } as const];
    act(() => {
      result.current.create.mutate({ body: { assistant_id: assistantId, thread: { messages } } });
    });
    await advanceTimers(3_000);
    const threadId = result.current.create.data?.thread_id ?? '';
    expect(takeRequests().filter(isMessages)).toEqual([messagesPath(threadId)]);
    await setup.endRun();
    await advanceTimers(6_000);
    expect(result.current.run.data?.status).toBe('completed');
    expect(getTexts(result.current.messages.data)).toEqual(['Hi', 'One moment. Done.']);
    expect(takeRequests().filter(isMessages)).toEqual([matchSyncRequest(threadId)]);
  });

  it('are synced when a cancel fails because the run has settled', async () => {
    const setup = await createSetup();
    const { threadId, runId, wrapper, takeRequests } = setup;
    const useBoth = () => ({ cancel: useCancelRun(), messages: useThreadMessages({ threadId }) });
    const { result } = renderHook(useBoth, { wrapper });
    await advanceTimers(0);
    await setup.endRun();
    takeRequests();
    act(() => result.current.cancel.mutate({ threadId, runId }));
    await advanceTimers(0);
    expect(result.current.cancel.error).toMatchObject({ status: 400 });
    expect(getTexts(result.current.messages.data)).toEqual(['1', 'One moment. Done.']);
    expect(takeRequests()).toEqual([
      `POST /threads/${threadId}/runs/${runId}/cancel`,
      `GET /threads/${threadId}/runs/${runId}`,
      matchSyncRequest(threadId),
    ]);
  });

  it('are synced if the run had settled before it was first read', async () => {
    const setup = await createSetup();
    const { threadId, runId, wrapper, takeRequests } = setup;
    const { result, rerender } = renderHook(
      ({ id }: { id: string | undefined }) => {
        useRun({ threadId, runId: id });
        return useThreadMessages({ threadId });
      },
      { wrapper, initialProps: { id: undefined as string | undefined } },
    );
    await advanceTimers(0);
    await setup.endRun();
    takeRequests();
    rerender({ id: runId });
    await advanceTimers(0);
    expect(getTexts(result.current.data)).toEqual(['1', 'One moment. Done.']);
    expect(takeRequests()).toEqual([
      `GET /threads/${threadId}/runs/${runId}`,
      matchSyncRequest(threadId),
    ]);
  });

  it('are not requested again if they were loaded after the run had settled', async () => {
    const setup = await createSetup();
    const { threadId, runId, wrapper, takeRequests } = setup;
    await setup.endRun();
    const useAll = () => {
      useRun({ threadId, runId });
      useThreadRuns({ threadId });
      useActiveRun({ threadId });
      return useThreadMessages({ threadId });
    };
    const { result } = renderHook(useAll, { wrapper });
    await advanceTimers(60_000);
    expect(getTexts(result.current.data)).toEqual(['1', 'One moment. Done.']);
    expect(takeRequests().filter(isMessages)).toEqual([messagesPath(threadId)]);
  });

  it('are complete if the run settles while they are being loaded', async () => {
    const setup = await createSetup();
    const { threadId, runId, wrapper, takeRequests, backend } = setup;
    const gate = createDeferred();
    setup.intercept(async (request) => {
      if (!request.url.endsWith('/messages')) return undefined;
      const response = await backend.fetch(request);
      await gate.promise;
      return response;
    });
    const useBoth = () => ({
      run: useRun({ threadId, runId }),
      messages: useThreadMessages({ threadId }),
    });
    const { result } = renderHook(useBoth, { wrapper });
    await advanceTimers(0);
    await setup.endRun();
    await advanceTimers(6_000);
    expect(result.current.run.data?.status).toBe('completed');
    gate.resolve();
    await advanceTimers(0);
    expect(getTexts(result.current.messages.data)).toEqual(['1', 'One moment. Done.']);
    expect(takeRequests().filter(isMessages)).toEqual([
      messagesPath(threadId),
      matchSyncRequest(threadId),
    ]);
  });

  it('are synced once for several components', async () => {
    const setup = await createSetup();
    const { threadId, runId, wrapper, takeRequests } = setup;
    const useAll = () => {
      useRun({ threadId, runId });
      useRun({ threadId, runId });
      useThreadRuns({ threadId }, { refetchInterval: 1_000 });
      useThreadMessages({ threadId });
      return useThreadMessages({ threadId, query: { order: 'asc' } });
    };
    const { result } = renderHook(useAll, { wrapper });
    await advanceTimers(3_000);
    takeRequests();
    await setup.endRun();
    await advanceTimers(20_000);
    expect(getTexts(result.current.data)).toEqual(['1', 'One moment. Done.']);
    expect(takeRequests().filter(isMessages)).toEqual([matchSyncRequest(threadId)]);
  });

  it.each([
    ['of the run', ({ runId }: Harness, _first: string) => ({ run_id: runId })],
    [
      'after a message',
      (_setup: Harness, first: string) => ({ order: 'asc', after: first }) as const,
    ],
    ['before a message', (_setup: Harness, first: string) => ({ before: first })],
  ])('%s are refetched once, because a sync cannot update them', async (_name, getQuery) => {
    const setup = await createSetup();
    const { threadId, runId, wrapper, takeRequests, client } = setup;
    const first = (await client.listMessages({ threadId, query: { order: 'asc' } })).data[0]?.id;
    takeRequests();
    const query = getQuery(setup, first ?? '');
    const useBoth = () => {
      useRun({ threadId, runId });
      return useThreadMessages({ threadId, query });
    };
    const { result } = renderHook(useBoth, { wrapper });
    await advanceTimers(3_000);
    takeRequests();
    await setup.endRun();
    await advanceTimers(20_000);
    expect(getTexts(result.current.data)).toEqual(['One moment. Done.']);
    expect(takeRequests().filter(isMessages)).toHaveLength(1);
  });

  it('that the run cannot have changed are not requested', async () => {
    const setup = await createSetup();
    const { threadId, runId, wrapper, takeRequests, client, create } = setup;
    const otherId = await create('/v1/threads');
    const first = (await client.listMessages({ threadId, query: { order: 'asc' } })).data[0]?.id;
    const useAll = () => {
      useRun({ threadId, runId });
      useThreadMessages({ threadId: otherId });
      useThreadMessages({ threadId, query: { run_id: 'run_other' } });
      return useThreadMessages({ threadId, query: { order: 'asc', before: first ?? '' } });
    };
    renderHook(useAll, { wrapper });
    await advanceTimers(3_000);
    takeRequests();
    await setup.endRun();
    await advanceTimers(20_000);
    expect(takeRequests().filter(isMessages)).toEqual([]);
  });

  it('that are in progress are read again', async () => {
    const setup = await createSetup();
    const { threadId, runId, wrapper, takeRequests, client } = setup;
    const messageId = (await client.listMessages({ threadId })).data[0]?.id;
    const useBoth = () => {
      useRun({ threadId, runId });
      return useMessage({ threadId, messageId });
    };
    const { result } = renderHook(useBoth, { wrapper });
    await advanceTimers(3_000);
    expect(result.current.data?.status).toBe('in_progress');
    takeRequests();
    await setup.endRun();
    await advanceTimers(20_000);
    expect(result.current.data?.status).toBe('completed');
    expect(takeRequests().filter(isMessages)).toEqual([`${messagesPath(threadId)}/${messageId}`]);
  });

  it('become stale if the sync fails', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const setup = await createSetup();
    const { threadId, runId, wrapper, intercept, queryClient } = setup;
    const useBoth = () => {
      useRun({ threadId, runId });
      return useThreadMessages({ threadId });
    };
    const { result } = renderHook(useBoth, { wrapper });
    await advanceTimers(3_000);
    intercept(async ({ url }) =>
      url.includes('/messages') ? new Response('', { status: 500 }) : undefined,
    );
    await setup.endRun();
    await advanceTimers(30_000);
    expect(result.current.isStale).toBe(true);
    expect(warn).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining('could not be loaded'),
      expect.objectContaining({ status: 500 }),
    );
    intercept(async () => undefined);
    await act(() => queryClient.refetchQueries({ stale: true }));
    await advanceTimers(0);
    expect(getTexts(result.current.data)).toEqual(['1', 'One moment. Done.']);
  });

  it('are not requested when the metadata of a settled run is modified', async () => {
    const setup = await createSetup();
    const { threadId, runId, wrapper, takeRequests } = setup;
    await setup.endRun();
    const useBoth = () => {
      useThreadMessages({ threadId });
      return useModifyRun();
    };
    const { result } = renderHook(useBoth, { wrapper });
    await advanceTimers(0);
    takeRequests();
    act(() => result.current.mutate({ threadId, runId, body: { metadata: { rated: 'yes' } } }));
    await advanceTimers(0);
    expect(takeRequests()).toEqual([`POST /threads/${threadId}/runs/${runId}`]);
  });

  it('are synced once if a conversation follows the run and useRun polls it', async () => {
    const setup = await createSetup({ isStarted: false });
    const { threadId, assistantId, wrapper, takeRequests } = setup;
    const useAll = () => {
      const conversation = useConversation({ threadId, assistantId });
      const ids = { threadId, runId: conversation.run?.id };
      useRun(ids);
      useThreadRuns({ threadId });
      useRunSteps(ids);
      return { conversation, messages: useThreadMessages({ threadId }) };
    };
    const { result } = renderHook(useAll, { wrapper });
    await advanceTimers(0);
    await act(() => result.current.conversation.send('Hello'));
    await advanceTimers(3_000);
    takeRequests();
    await setup.endRun();
    await advanceTimers(20_000);
    const texts = ['1', 'Hello', 'One moment. Done.'];
    expect(getTexts(result.current.messages.data)).toEqual(texts);
    const requests = takeRequests();
    expect(requests.filter(isMessages)).toEqual([matchSyncRequest(threadId)]);
    expect(requests.filter((request) => request.includes('/steps'))).toEqual([]);
  });

  it('are synced by useRun if a conversation stops following the run', async () => {
    const setup = await createSetup({ isStarted: false });
    const { threadId, assistantId, wrapper, takeRequests } = setup;
    const useAll = () => {
      const conversation = useConversation({ threadId, assistantId });
      useRun({ threadId, runId: conversation.run?.id });
      return { conversation, messages: useThreadMessages({ threadId }) };
    };
    const { result } = renderHook(useAll, { wrapper });
    await advanceTimers(0);
    await act(() => result.current.conversation.send('Hello'));
    await advanceTimers(3_000);
    act(() => result.current.conversation.detach());
    await advanceTimers(0);
    takeRequests();
    await setup.endRun();
    await advanceTimers(20_000);
    const texts = ['1', 'Hello', 'One moment. Done.'];
    expect(getTexts(result.current.messages.data)).toEqual(texts);
    expect(takeRequests().filter(isMessages)).toEqual([matchSyncRequest(threadId)]);
  });
});

describe('the runs and steps of a thread', () => {
  it('are updated without a request, and step lists with one', async () => {
    const setup = await createSetup();
    const { threadId, runId, wrapper, takeRequests } = setup;
    const useAll = () => ({
      run: useRun({ threadId, runId }),
      runs: useThreadRuns({ threadId }),
      ascending: useThreadRuns({ threadId, query: { order: 'asc' } }),
      active: useActiveRun({ threadId }),
      steps: useRunSteps({ threadId, runId }),
    });
    const { result } = renderHook(useAll, { wrapper });
    await advanceTimers(3_000);
    expect(result.current.active.data?.id).toBe(runId);
    expect(result.current.steps.data?.map(({ status }) => status)).toEqual(['in_progress']);
    takeRequests();
    await setup.endRun();
    await advanceTimers(20_000);
    expect(result.current.runs.data?.map(({ status }) => status)).toEqual(['completed']);
    expect(result.current.ascending.data?.map(({ status }) => status)).toEqual(['completed']);
    expect(result.current.active.data).toBeNull();
    expect(result.current.steps.data?.map(({ status }) => status)).toEqual(['completed']);
    const runPath = `GET /threads/${threadId}/runs/${runId}`;
    expect(takeRequests().filter((request) => request !== runPath)).toEqual([`${runPath}/steps`]);
  });

  it('are updated in the queries of a single run and a single step', async () => {
    const setup = await createSetup();
    const { threadId, runId, wrapper, takeRequests, client, queryClient } = setup;
    const stepId = (await client.listRunSteps({ threadId, runId })).data[0]?.id;
    const useAll = () => ({
      runs: useThreadRuns({ threadId }),
      run: useRun({ threadId, runId }, { refetchInterval: false }),
      step: useRunStep({ threadId, runId, stepId }),
    });
    const { result } = renderHook(useAll, { wrapper });
    await advanceTimers(3_000);
    expect(result.current.run.data?.status).toBe('in_progress');
    takeRequests();
    await setup.endRun();
    await act(() => result.current.runs.refetch());
    await advanceTimers(0);
    expect(result.current.run.data?.status).toBe('completed');
    expect(result.current.step.data?.status).toBe('completed');
    expect(takeRequests()).toEqual([
      `GET /threads/${threadId}/runs`,
      `GET /threads/${threadId}/runs/${runId}/steps/${stepId}`,
    ]);
    expect(queryClient.isFetching()).toBe(0);
  });

  it('show a new run of useCreateRun as the active one', async () => {
    const { threadId, assistantId, wrapper, takeRequests } = await createSetup({
      isStarted: false,
    });
    const useBoth = () => ({
      create: useCreateRun(),
      active: useActiveRun({ threadId }).data,
    });
    const { result } = renderHook(useBoth, { wrapper });
    await advanceTimers(0);
    expect(result.current.active).toBeNull();
    takeRequests();
    const body = { assistant_id: assistantId };
    act(() => result.current.create.mutate({ threadId, body }));
    await advanceTimers(0);
    expect(result.current.active?.id).toBe(result.current.create.data?.id);
    expect(takeRequests()).toEqual([`POST /threads/${threadId}/runs`]);
  });
});
