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
import { endlessModel } from '../backend/testBackend.js';
import { latch } from '../queries/createTestHarness.js';
import { createHookWorld, passTime } from './renderWithBackend.js';

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

async function runInProgress(
  options: Parameters<typeof createHookWorld>[0] = { backend: { model: endlessModel } },
) {
  const world = createHookWorld(options);
  const threadId = await world.threadOf(1);
  const assistantId = await world.assistant();
  const runId = await world.create(`/v1/threads/${threadId}/runs`, { assistant_id: assistantId });
  await vi.advanceTimersByTimeAsync(0);
  const run = await world.client.getRun({ threadId, runId });
  world.sent();
  return { ...world, threadId, runId, run };
}

test('polls in growing steps until the run settles, then never again', async () => {
  const { wrapper, threadId, runId, sent, client, backend } = await runInProgress();
  const { result } = renderHook(() => useRun({ threadId, runId }), { wrapper });
  await passTime(0);
  expect(result.current.data?.status).toBe('in_progress');
  expect(sent()).toHaveLength(1);
  // The backend asks for 250 ms while a run is young.
  await passTime(245);
  expect(sent()).toHaveLength(0);
  await passTime(50);
  expect(sent()).toHaveLength(1);
  await passTime(30_000);
  const [slow] = [sent().length];
  expect(slow).toBeGreaterThanOrEqual(8);
  expect(slow).toBeLessThanOrEqual(11);
  await client.cancelRun({ threadId, runId });
  await backend.idle();
  await passTime(6_000);
  expect(result.current.data?.status).toBe('cancelled');
  sent();
  await passTime(600_000);
  act(() => {
    hide();
    show();
  });
  await passTime(0);
  expect(sent()).toEqual([]);
});

test('asks fewer than 90 times in ten minutes in which nothing changes, and gives up after the expiry', async () => {
  const { wrapper, threadId, runId, sent } = await runInProgress();
  renderHook(() => useRun({ threadId, runId }), { wrapper });
  await passTime(600_000);
  expect(sent().length).toBeLessThan(90);
  await passTime(45_000);
  sent();
  await passTime(600_000);
  expect(sent()).toEqual([]);
});

test('judges the expiry by the clock of the server', async () => {
  const { wrapper, threadId, runId, sent, guard, run } = await runInProgress();
  guard(async () =>
    Response.json(run, {
      headers: { date: new Date(1_700_000_000_000 + 3_600_000).toUTCString() },
    }),
  );
  renderHook(() => useRun({ threadId, runId }), { wrapper });
  await passTime(60_000);
  expect(sent()).toHaveLength(1);
});

test.each([
  ['ahead', 3_600_000],
  ['behind', -3_600_000],
])(
  'is not misled by a clock of its own that is an hour %s, where the server tells no time',
  async (_name, aheadMs) => {
    const { wrapper, threadId, runId, sent } = await runInProgress();
    vi.setSystemTime(Date.now() + aheadMs);
    renderHook(() => useRun({ threadId, runId }), { wrapper });
    await passTime(300_000);
    expect(sent().length).toBeGreaterThan(30);
    await passTime(345_000);
    sent();
    await passTime(600_000);
    expect(sent()).toEqual([]);
  },
);

test('polls once for two components', async () => {
  const { wrapper, threadId, runId, sent } = await runInProgress();
  const useTwo = () => [
    useRun({ threadId, runId }),
    useRun({ threadId, runId }, { select: (run) => run.status }),
  ];
  const { result } = renderHook(useTwo, { wrapper });
  await passTime(60_000);
  const together = sent().length;
  expect(result.current[1]?.data).toBe('in_progress');
  expect(together).toBeGreaterThan(10);
  expect(together).toBeLessThanOrEqual(17);
});

test('has at most one request on its way', async () => {
  const { wrapper, threadId, runId, sent, guard } = await runInProgress();
  const held = latch();
  guard(async () => {
    await held.opened;
    return undefined;
  });
  renderHook(() => [useRun({ threadId, runId }), useRun({ threadId, runId })], { wrapper });
  await passTime(30_000);
  expect(sent()).toHaveLength(1);
  held.open();
});

test('stops with the component', async () => {
  const { wrapper, threadId, runId, sent } = await runInProgress();
  const { unmount } = renderHook(() => useRun({ threadId, runId }), { wrapper });
  await passTime(1_000);
  unmount();
  sent();
  await passTime(60_000);
  expect(sent()).toEqual([]);
});

test.each([401, 403, 404])('stops at %i, and keeps what it knew', async (status) => {
  const { wrapper, threadId, runId, sent, guard } = await runInProgress();
  const { result } = renderHook(() => useRun({ threadId, runId }), { wrapper });
  await passTime(0);
  guard(async () => Response.json({ error: { message: 'No.' } }, { status }));
  await passTime(1_000);
  sent();
  await passTime(60_000);
  expect(sent()).toEqual([]);
  expect(result.current.error).toMatchObject({ status });
  expect(result.current.data?.id).toBe(runId);
});

test('goes on after a failure of the server or the network', async () => {
  const { wrapper, threadId, runId, sent, guard } = await runInProgress();
  const { result } = renderHook(() => useRun({ threadId, runId }), { wrapper });
  await passTime(0);
  guard(async (request) => {
    if (request.url === '') return undefined;
    throw new TypeError('offline');
  });
  await passTime(1_000);
  expect(result.current.error).toMatchObject({ kind: 'network' });
  guard(async () => new Response('', { status: 500 }));
  await passTime(5_000);
  guard(async () => undefined);
  sent();
  await passTime(6_000);
  expect(sent().length).toBeGreaterThan(0);
  expect(result.current.error).toBeNull();
});

test('begins as soon as a server that was away is there', async () => {
  const { wrapper, threadId, runId, sent, guard } = await runInProgress();
  guard(async () => new Response('', { status: 502 }));
  const { result } = renderHook(() => useRun({ threadId, runId }), { wrapper });
  await passTime(20_000);
  expect(result.current.error).toMatchObject({ status: 502 });
  expect(sent().length).toBeLessThanOrEqual(9);
  guard(async () => undefined);
  await passTime(6_000);
  expect(result.current).toMatchObject({ status: 'success', data: { id: runId } });
});

test('is as patient with a failing server where another has written the run', async () => {
  const { wrapper, threadId, runId, run, sent, guard, queryClient } = await runInProgress();
  renderHook(() => useRun({ threadId, runId }), { wrapper });
  await passTime(0);
  guard(async () => new Response('', { status: 500 }));
  act(() => writeRun(queryClient, 'test', { ...run, status: 'requires_action' }));
  sent();
  await passTime(60_000);
  expect(sent().length).toBeLessThanOrEqual(16);
});

test('waits as long as Retry-After says', async () => {
  const { wrapper, threadId, runId, sent, guard } = await runInProgress();
  renderHook(() => useRun({ threadId, runId }), { wrapper });
  await passTime(0);
  guard(async () => new Response('', { status: 503, headers: { 'retry-after': '60' } }));
  await passTime(1_000);
  sent();
  await passTime(58_000);
  expect(sent()).toEqual([]);
  await passTime(3_000);
  expect(sent()).toHaveLength(1);
});

test('waits as long as the server asks for, and ignores junk', async () => {
  const { wrapper, threadId, runId, sent, guard, run } = await runInProgress();
  let asked = '3000';
  guard(async () => Response.json(run, { headers: { 'openai-poll-after-ms': asked } }));
  renderHook(() => useRun({ threadId, runId }), { wrapper });
  await passTime(2_900);
  expect(sent()).toHaveLength(1);
  asked = 'soon';
  await passTime(400);
  expect(sent()).toHaveLength(1);
  await passTime(1_100);
  expect(sent().length).toBeGreaterThanOrEqual(1);
});

test('keeps polling a status that nobody knows', async () => {
  const { wrapper, threadId, runId, sent, guard, run } = await runInProgress();
  guard(async () => Response.json({ ...run, status: 'pondering' }));
  renderHook(() => useRun({ threadId, runId }), { wrapper });
  await passTime(20_000);
  expect(sent().length).toBeGreaterThan(5);
  await passTime(60_000);
  expect(sent().length).toBeLessThanOrEqual(13);
});

test('slows down while nobody looks, and asks at once when somebody does', async () => {
  const { wrapper, threadId, runId, sent } = await runInProgress();
  renderHook(() => useRun({ threadId, runId }), { wrapper });
  await passTime(0);
  act(hide);
  await passTime(1_000);
  sent();
  await passTime(60_000);
  const polls = sent().length;
  expect(polls).toBeGreaterThanOrEqual(3);
  expect(polls).toBeLessThanOrEqual(4);
  act(show);
  await passTime(0);
  expect(sent()).toHaveLength(1);
  act(hide);
  await passTime(1_000);
  sent();
  act(show);
  await passTime(0);
  expect(sent()).toHaveLength(1);
});

test('asks slowly while the run waits for tools, and fast again when it goes on', async () => {
  const model = scriptedModel([
    { say: { call: 'get_weather', with: {} }, after: [{ stall: true }] },
  ]);
  const world = createHookWorld({ backend: { model } });
  const threadId = await world.threadOf(1);
  const runId = await world.runOf(threadId, {
    tools: [{ type: 'function', function: { name: 'get_weather' } }],
  });
  world.sent();
  const useBoth = () => ({ run: useRun({ threadId, runId }), submit: useSubmitToolOutputs() });
  const { result } = renderHook(useBoth, { wrapper: world.wrapper });
  await passTime(30_000);
  expect(result.current.run.data?.status).toBe('requires_action');
  const polls = world.sent().length;
  expect(polls).toBeGreaterThanOrEqual(5);
  expect(polls).toBeLessThanOrEqual(7);
  const calls = result.current.run.data?.required_action?.submit_tool_outputs.tool_calls ?? [];
  const tool_outputs = calls.map(({ id }) => ({ tool_call_id: id, output: 'rain' }));
  act(() => result.current.submit.mutate({ threadId, runId, body: { tool_outputs } }));
  await passTime(1_000);
  expect(result.current.run.data?.status).toBe('in_progress');
  expect(world.sent().filter((sent) => sent.startsWith('GET')).length).toBeGreaterThanOrEqual(1);
});

test('goes on polling after a cancel, to the end of the run', async () => {
  const { wrapper, threadId, runId, backend } = await runInProgress();
  const useBoth = () => ({ run: useRun({ threadId, runId }), cancel: useCancelRun() });
  const { result } = renderHook(useBoth, { wrapper });
  await passTime(0);
  act(() => result.current.cancel.mutate({ threadId, runId }));
  await backend.idle();
  await passTime(1_000);
  expect(result.current.run.data?.status).toBe('cancelled');
});

test('asks once for a run that a cache from yesterday calls active', async () => {
  const world = createHookWorld();
  const threadId = await world.threadOf(1);
  const runId = await world.runOf(threadId);
  const run = await world.client.getRun({ threadId, runId });
  world.queryClient.setQueryData<Run>(
    ['assistants', 'test', 'threads', threadId, 'runs', 'item', runId, 'detail'],
    { ...run, status: 'in_progress' },
    { updatedAt: Date.now() - 86_400_000 },
  );
  world.sent();
  const { result } = renderHook(() => useRun({ threadId, runId }), { wrapper: world.wrapper });
  await passTime(10_000);
  expect(result.current.data?.status).toBe('completed');
  expect(world.sent()).toHaveLength(1);
});

test('shows a run from a list that holds it, without a request of its own', async () => {
  const world = createHookWorld();
  const threadId = await world.threadOf(1);
  const runId = await world.runOf(threadId);
  const list = renderHook(() => useThreadRuns({ threadId }), { wrapper: world.wrapper });
  await passTime(0);
  expect(list.result.current.data?.[0]?.id).toBe(runId);
  world.sent();
  const { result } = renderHook(() => useRun({ threadId, runId }), { wrapper: world.wrapper });
  expect(result.current.data?.status).toBe('completed');
  await passTime(60_000);
  expect(world.sent()).toEqual([]);
});

test('does not ask for a settled run again', async () => {
  const world = createHookWorld();
  const threadId = await world.threadOf(1);
  const runId = await world.runOf(threadId);
  const first = renderHook(() => useRun({ threadId, runId }), { wrapper: world.wrapper });
  await passTime(0);
  first.unmount();
  await passTime(60_000);
  world.sent();
  const { result } = renderHook(() => useRun({ threadId, runId }), { wrapper: world.wrapper });
  await passTime(0);
  expect(result.current.data?.status).toBe('completed');
  expect(world.sent()).toEqual([]);
});

test('sends nothing while an id is missing', async () => {
  const { wrapper, sent, runId, threadId } = await runInProgress();
  const ids: { threadId: string | null; runId: string | undefined } = {
    threadId: null,
    runId: undefined,
  };
  const { result, rerender } = renderHook((params: typeof ids) => useRun(params), {
    wrapper,
    initialProps: ids,
  });
  rerender({ threadId, runId: undefined });
  await passTime(10_000);
  expect(sent()).toEqual([]);
  expect(result.current).toMatchObject({ status: 'pending', fetchStatus: 'idle' });
  rerender({ threadId, runId });
  await passTime(0);
  expect(sent()).toHaveLength(1);
});

test('refuses an id that would change the path, and does not ask again', async () => {
  const { wrapper, sent, threadId } = await runInProgress();
  const { result } = renderHook(() => useRun({ threadId, runId: '..' }), { wrapper });
  await passTime(10_000);
  expect(result.current.error).toMatchObject({ kind: 'invalid-id' });
  expect(sent()).toEqual([]);
});

test('refreshes steps with the polls of an active run, and once when it has settled', async () => {
  const { wrapper, threadId, runId, sent, client, backend, queryClient } = await runInProgress();
  const useSteps = () => useRunSteps({ threadId, runId }, { refreshWhileActive: true });
  const { result } = renderHook(useSteps, { wrapper });
  expect(result.current.data).toBeUndefined();
  await passTime(5_000);
  const requests = sent();
  const steps = requests.filter((request) => request.includes('/steps'));
  expect(steps.length).toBeGreaterThan(2);
  expect(steps.length).toBeLessThanOrEqual(requests.length / 2 + 1);
  const settled = await client
    .cancelRun({ threadId, runId })
    .then(() => backend.idle())
    .then(() => client.getRun({ threadId, runId }));
  sent();
  act(() => writeRun(queryClient, 'test', settled));
  await passTime(100);
  expect(sent()).toEqual([`GET /threads/${threadId}/runs/${runId}/steps`]);
  expect(result.current.data?.[0]?.status).toBe('cancelled');
  await passTime(60_000);
  expect(sent()).toEqual([]);
});

test('asks for steps once where they are not refreshed', async () => {
  const { wrapper, threadId, runId, sent } = await runInProgress();
  renderHook(() => useRunSteps({ threadId, runId }), { wrapper });
  await passTime(60_000);
  expect(sent()).toEqual([`GET /threads/${threadId}/runs/${runId}/steps`]);
});
