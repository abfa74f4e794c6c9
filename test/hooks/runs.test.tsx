import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { scriptedModel } from '../../src/backend/models/scripted/scriptedModel.js';
import {
  useCancelRun,
  useRun,
  useSubmitToolOutputs,
  useThreadRuns,
} from '../../src/hooks/operations/runs.js';
import { useRunSteps } from '../../src/hooks/operations/runSteps.js';
import type { Run } from '../../src/protocol/types.js';
import { writeRun } from '../../src/queries/cache/writeObjects.js';
import { endlessModel } from '../backend/createTestBackend.js';
import { createDeferred } from '../createDeferred.js';
import { createHookHarness, advanceTimers } from './createHookHarness.js';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 });
});

afterEach(() => {
  show();
  vi.useRealTimers();
});

function setVisibility(state: DocumentVisibilityState) {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
}
const hide = () => setVisibility('hidden');
const show = () => setVisibility('visible');

/** Starts a run that stays in progress, and forgets the requests for it. */
async function startRun(
  options: Parameters<typeof createHookHarness>[0] = { backend: { model: endlessModel } },
) {
  const harness = createHookHarness(options);
  const threadId = await harness.createThread(1);
  const assistantId = await harness.createAssistant();
  const runId = await harness.create(`/v1/threads/${threadId}/runs`, { assistant_id: assistantId });
  await vi.advanceTimersByTimeAsync(0);
  const run = await harness.client.getRun({ threadId, runId });
  harness.takeRequests();
  return { ...harness, threadId, runId, run };
}

test('polls at growing intervals until the run settles', async () => {
  const { wrapper, threadId, runId, takeRequests, client, backend } = await startRun();
  const { result } = renderHook(() => useRun({ threadId, runId }), { wrapper });
  await advanceTimers(0);
  expect(result.current.data?.status).toBe('in_progress');
  expect(takeRequests()).toHaveLength(1);
  // The backend requests a delay of 250 ms for young runs.
  await advanceTimers(245);
  expect(takeRequests()).toHaveLength(0);
  await advanceTimers(50);
  expect(takeRequests()).toHaveLength(1);
  await advanceTimers(30_000);
  const pollCount = takeRequests().length;
  expect(pollCount).toBeGreaterThanOrEqual(8);
  expect(pollCount).toBeLessThanOrEqual(11);
  await client.cancelRun({ threadId, runId });
  await backend.idle();
  await advanceTimers(6_000);
  expect(result.current.data?.status).toBe('cancelled');
  takeRequests();
  await advanceTimers(600_000);
  act(() => {
    hide();
    show();
  });
  await advanceTimers(0);
  expect(takeRequests()).toEqual([]);
});

test('polls fewer than 90 times in ten minutes without a change, and stops after the expiry', async () => {
  const { wrapper, threadId, runId, takeRequests } = await startRun();
  renderHook(() => useRun({ threadId, runId }), { wrapper });
  await advanceTimers(600_000);
  expect(takeRequests().length).toBeLessThan(90);
  await advanceTimers(45_000);
  takeRequests();
  await advanceTimers(600_000);
  expect(takeRequests()).toEqual([]);
});

test('compares the expiry with the clock of the server', async () => {
  const { wrapper, threadId, runId, takeRequests, intercept, run } = await startRun();
  intercept(async () =>
    Response.json(run, {
      headers: { date: new Date(1_700_000_000_000 + 3_600_000).toUTCString() },
    }),
  );
  renderHook(() => useRun({ threadId, runId }), { wrapper });
  await advanceTimers(60_000);
  expect(takeRequests()).toHaveLength(1);
});

test.each([
  ['ahead', 3_600_000],
  ['behind', -3_600_000],
])(
  'ignores a local clock that is an hour %s if the server sends no date',
  async (_name, aheadMs) => {
    const { wrapper, threadId, runId, takeRequests } = await startRun();
    vi.setSystemTime(Date.now() + aheadMs);
    renderHook(() => useRun({ threadId, runId }), { wrapper });
    await advanceTimers(300_000);
    expect(takeRequests().length).toBeGreaterThan(30);
    await advanceTimers(345_000);
    takeRequests();
    await advanceTimers(600_000);
    expect(takeRequests()).toEqual([]);
  },
);

test('shares one poll between two components', async () => {
  const { wrapper, threadId, runId, takeRequests } = await startRun();
  const useBoth = () => [
    useRun({ threadId, runId }),
    useRun({ threadId, runId }, { select: (run) => run.status }),
  ];
  const { result } = renderHook(useBoth, { wrapper });
  await advanceTimers(60_000);
  const pollCount = takeRequests().length;
  expect(result.current[1]?.data).toBe('in_progress');
  expect(pollCount).toBeGreaterThan(10);
  expect(pollCount).toBeLessThanOrEqual(17);
});

test('has at most one request in flight', async () => {
  const { wrapper, threadId, runId, takeRequests, intercept } = await startRun();
  const response = createDeferred();
  intercept(async () => {
    await response.promise;
    return undefined;
  });
  renderHook(() => [useRun({ threadId, runId }), useRun({ threadId, runId })], { wrapper });
  await advanceTimers(30_000);
  expect(takeRequests()).toHaveLength(1);
  response.resolve();
});

test('stops polling on unmount', async () => {
  const { wrapper, threadId, runId, takeRequests } = await startRun();
  const { unmount } = renderHook(() => useRun({ threadId, runId }), { wrapper });
  await advanceTimers(1_000);
  unmount();
  takeRequests();
  await advanceTimers(60_000);
  expect(takeRequests()).toEqual([]);
});

test.each([401, 403, 404])('stops polling at status %i and keeps its data', async (status) => {
  const { wrapper, threadId, runId, takeRequests, intercept } = await startRun();
  const { result } = renderHook(() => useRun({ threadId, runId }), { wrapper });
  await advanceTimers(0);
  intercept(async () => Response.json({ error: { message: 'No.' } }, { status }));
  await advanceTimers(1_000);
  takeRequests();
  await advanceTimers(60_000);
  expect(takeRequests()).toEqual([]);
  expect(result.current.error).toMatchObject({ status });
  expect(result.current.data?.id).toBe(runId);
});

test('keeps polling after a failure of the server or the network', async () => {
  const { wrapper, threadId, runId, takeRequests, intercept } = await startRun();
  const { result } = renderHook(() => useRun({ threadId, runId }), { wrapper });
  await advanceTimers(0);
  intercept(async (request) => {
    if (request.url === '') return undefined;
    throw new TypeError('offline');
  });
  await advanceTimers(1_000);
  expect(result.current.error).toMatchObject({ kind: 'network' });
  intercept(async () => new Response('', { status: 500 }));
  await advanceTimers(5_000);
  intercept(async () => undefined);
  takeRequests();
  await advanceTimers(6_000);
  expect(takeRequests().length).toBeGreaterThan(0);
  expect(result.current.error).toBeNull();
});

test('starts polling when an unavailable server is available again', async () => {
  const { wrapper, threadId, runId, takeRequests, intercept } = await startRun();
  intercept(async () => new Response('', { status: 502 }));
  const { result } = renderHook(() => useRun({ threadId, runId }), { wrapper });
  await advanceTimers(20_000);
  expect(result.current.error).toMatchObject({ status: 502 });
  expect(takeRequests().length).toBeLessThanOrEqual(9);
  intercept(async () => undefined);
  await advanceTimers(6_000);
  expect(result.current).toMatchObject({ status: 'success', data: { id: runId } });
});

test('backs off from a failing server after the cache was written by other code', async () => {
  const { wrapper, threadId, runId, run, takeRequests, intercept, queryClient } = await startRun();
  renderHook(() => useRun({ threadId, runId }), { wrapper });
  await advanceTimers(0);
  intercept(async () => new Response('', { status: 500 }));
  act(() => writeRun(queryClient, 'test', { ...run, status: 'requires_action' }));
  takeRequests();
  await advanceTimers(60_000);
  expect(takeRequests().length).toBeLessThanOrEqual(16);
});

test('waits for the delay of Retry-After', async () => {
  const { wrapper, threadId, runId, takeRequests, intercept } = await startRun();
  renderHook(() => useRun({ threadId, runId }), { wrapper });
  await advanceTimers(0);
  intercept(async () => new Response('', { status: 503, headers: { 'retry-after': '60' } }));
  await advanceTimers(1_000);
  takeRequests();
  await advanceTimers(58_000);
  expect(takeRequests()).toEqual([]);
  await advanceTimers(3_000);
  expect(takeRequests()).toHaveLength(1);
});

test('waits for the poll delay of the server and ignores an invalid one', async () => {
  const { wrapper, threadId, runId, takeRequests, intercept, run } = await startRun();
  let delay = '3000';
  intercept(async () => Response.json(run, { headers: { 'openai-poll-after-ms': delay } }));
  renderHook(() => useRun({ threadId, runId }), { wrapper });
  await advanceTimers(2_900);
  expect(takeRequests()).toHaveLength(1);
  delay = 'soon';
  await advanceTimers(400);
  expect(takeRequests()).toHaveLength(1);
  await advanceTimers(1_100);
  expect(takeRequests().length).toBeGreaterThanOrEqual(1);
});

test('keeps polling an unknown status', async () => {
  const { wrapper, threadId, runId, takeRequests, intercept, run } = await startRun();
  intercept(async () => Response.json({ ...run, status: 'pondering' }));
  renderHook(() => useRun({ threadId, runId }), { wrapper });
  await advanceTimers(20_000);
  expect(takeRequests().length).toBeGreaterThan(5);
  await advanceTimers(60_000);
  expect(takeRequests().length).toBeLessThanOrEqual(13);
});

test('polls slowly while the page is hidden, and immediately when it is shown', async () => {
  const { wrapper, threadId, runId, takeRequests } = await startRun();
  renderHook(() => useRun({ threadId, runId }), { wrapper });
  await advanceTimers(0);
  act(hide);
  await advanceTimers(1_000);
  takeRequests();
  await advanceTimers(60_000);
  const pollCount = takeRequests().length;
  expect(pollCount).toBeGreaterThanOrEqual(3);
  expect(pollCount).toBeLessThanOrEqual(4);
  act(show);
  await advanceTimers(0);
  expect(takeRequests()).toHaveLength(1);
  act(hide);
  await advanceTimers(1_000);
  takeRequests();
  act(show);
  await advanceTimers(0);
  expect(takeRequests()).toHaveLength(1);
});

test('polls slowly while the run waits for tool outputs, and fast after they are submitted', async () => {
  const model = scriptedModel([
    { say: { call: 'get_weather', with: {} }, after: [{ stall: true }] },
  ]);
  const harness = createHookHarness({ backend: { model } });
  const threadId = await harness.createThread(1);
  const runId = await harness.createSettledRun(threadId, {
    tools: [{ type: 'function', function: { name: 'get_weather' } }],
  });
  harness.takeRequests();
  const useBoth = () => ({ run: useRun({ threadId, runId }), submit: useSubmitToolOutputs() });
  const { result } = renderHook(useBoth, { wrapper: harness.wrapper });
  await advanceTimers(30_000);
  expect(result.current.run.data?.status).toBe('requires_action');
  const pollCount = harness.takeRequests().length;
  expect(pollCount).toBeGreaterThanOrEqual(5);
  expect(pollCount).toBeLessThanOrEqual(7);
  const calls = result.current.run.data?.required_action?.submit_tool_outputs.tool_calls ?? [];
  const tool_outputs = calls.map(({ id }) => ({ tool_call_id: id, output: 'rain' }));
  act(() => result.current.submit.mutate({ threadId, runId, body: { tool_outputs } }));
  await advanceTimers(1_000);
  expect(result.current.run.data?.status).toBe('in_progress');
  expect(
    harness.takeRequests().filter((sent) => sent.startsWith('GET')).length,
  ).toBeGreaterThanOrEqual(1);
});

test('keeps polling after a cancel until the run has ended', async () => {
  const { wrapper, threadId, runId, backend } = await startRun();
  const useBoth = () => ({ run: useRun({ threadId, runId }), cancel: useCancelRun() });
  const { result } = renderHook(useBoth, { wrapper });
  await advanceTimers(0);
  act(() => result.current.cancel.mutate({ threadId, runId }));
  await backend.idle();
  await advanceTimers(1_000);
  expect(result.current.run.data?.status).toBe('cancelled');
});

test('refetches a run that a stale cache shows as active', async () => {
  const harness = createHookHarness();
  const threadId = await harness.createThread(1);
  const runId = await harness.createSettledRun(threadId);
  const run = await harness.client.getRun({ threadId, runId });
  harness.queryClient.setQueryData<Run>(
    ['assistants', 'test', 'threads', threadId, 'runs', 'item', runId, 'detail'],
    { ...run, status: 'in_progress' },
    { updatedAt: Date.now() - 86_400_000 },
  );
  harness.takeRequests();
  const { result } = renderHook(() => useRun({ threadId, runId }), { wrapper: harness.wrapper });
  await advanceTimers(10_000);
  expect(result.current.data?.status).toBe('completed');
  expect(harness.takeRequests()).toHaveLength(1);
});

test('shows a run from a cached list without a request', async () => {
  const harness = createHookHarness();
  const threadId = await harness.createThread(1);
  const runId = await harness.createSettledRun(threadId);
  const list = renderHook(() => useThreadRuns({ threadId }), { wrapper: harness.wrapper });
  await advanceTimers(0);
  expect(list.result.current.data?.[0]?.id).toBe(runId);
  harness.takeRequests();
  const { result } = renderHook(() => useRun({ threadId, runId }), { wrapper: harness.wrapper });
  expect(result.current.data?.status).toBe('completed');
  await advanceTimers(60_000);
  expect(harness.takeRequests()).toEqual([]);
});

test('does not refetch a settled run', async () => {
  const harness = createHookHarness();
  const threadId = await harness.createThread(1);
  const runId = await harness.createSettledRun(threadId);
  const first = renderHook(() => useRun({ threadId, runId }), { wrapper: harness.wrapper });
  await advanceTimers(0);
  first.unmount();
  await advanceTimers(60_000);
  harness.takeRequests();
  const { result } = renderHook(() => useRun({ threadId, runId }), { wrapper: harness.wrapper });
  await advanceTimers(0);
  expect(result.current.data?.status).toBe('completed');
  expect(harness.takeRequests()).toEqual([]);
});

test('sends nothing while an id is missing', async () => {
  const { wrapper, takeRequests, runId, threadId } = await startRun();
  const ids: { threadId: string | null; runId: string | undefined } = {
    threadId: null,
    runId: undefined,
  };
  const { result, rerender } = renderHook((params: typeof ids) => useRun(params), {
    wrapper,
    initialProps: ids,
  });
  rerender({ threadId, runId: undefined });
  await advanceTimers(10_000);
  expect(takeRequests()).toEqual([]);
  expect(result.current).toMatchObject({ status: 'pending', fetchStatus: 'idle' });
  rerender({ threadId, runId });
  await advanceTimers(0);
  expect(takeRequests()).toHaveLength(1);
});

test('rejects an id that changes the path without a request', async () => {
  const { wrapper, takeRequests, threadId } = await startRun();
  const { result } = renderHook(() => useRun({ threadId, runId: '..' }), { wrapper });
  await advanceTimers(10_000);
  expect(result.current.error).toMatchObject({ kind: 'invalid-id' });
  expect(takeRequests()).toEqual([]);
});

test('refetches steps with each poll of an active run, and once when it has settled', async () => {
  // Imported while timers are real, so that the test need not wait for the import.
  vi.useRealTimers();
  await import('../../src/queries/watchRuns.lazy.js');
  vi.useFakeTimers({ now: 1_700_000_000_000 });
  const { wrapper, threadId, runId, takeRequests, client, backend, queryClient } = await startRun();
  const useSteps = () => useRunSteps({ threadId, runId }, { refreshWhileActive: true });
  const { result } = renderHook(useSteps, { wrapper });
  expect(result.current.data).toBeUndefined();
  await advanceTimers(5_000);
  const requests = takeRequests();
  const steps = requests.filter((request) => request.includes('/steps'));
  expect(steps.length).toBeGreaterThan(2);
  expect(steps.length).toBeLessThanOrEqual(requests.length / 2 + 1);
  const settled = await client
    .cancelRun({ threadId, runId })
    .then(() => backend.idle())
    .then(() => client.getRun({ threadId, runId }));
  takeRequests();
  act(() => writeRun(queryClient, 'test', settled));
  await advanceTimers(100);
  expect(takeRequests()).toEqual([`GET /threads/${threadId}/runs/${runId}/steps`]);
  expect(result.current.data?.[0]?.status).toBe('cancelled');
  await advanceTimers(60_000);
  expect(takeRequests()).toEqual([]);
});

test('fetches steps once without refreshWhileActive', async () => {
  const { wrapper, threadId, runId, takeRequests } = await startRun();
  renderHook(() => useRunSteps({ threadId, runId }), { wrapper });
  await advanceTimers(60_000);
  expect(takeRequests()).toEqual([`GET /threads/${threadId}/runs/${runId}/steps`]);
});
