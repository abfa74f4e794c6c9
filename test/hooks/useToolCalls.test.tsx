import { act, renderHook, waitFor } from '@testing-library/react';
import { defineTool, useConversation, useRun, useToolCalls, type Tool } from 'assistants-react';
import { beforeEach, expect, it, vi } from 'vitest';
import { scriptedModel } from '../../src/backend/models/scripted/scriptedModel.js';
import { createHookHarness } from './createHookHarness.js';

const fast = { interval: 5 };

// The worlds below count their ids from one, so that calls of one test would be known in the next.
beforeEach(() => localStorage.clear());
const model = scriptedModel([
  { say: { call: 'get_time' }, after: ({ outputs }) => `It is ${outputs[0]?.output}.` },
]);

async function start(tools: Tool[]) {
  const world = createHookHarness({ backend: { model, now: Date.now } });
  const assistantId = await world.createAssistant();
  const threadId = await world.createThread(1);
  const runId = await world.create(`/v1/threads/${threadId}/runs`, { assistant_id: assistantId });
  await world.backend.idle();
  const hook = renderHook(
    () => {
      const { data: run } = useRun({ threadId, runId });
      return { run, calls: useToolCalls(run, tools) };
    },
    { wrapper: world.wrapper },
  );
  return { ...world, ...hook, threadId, runId };
}

it('answers a run that is only polled', async () => {
  const { result } = await start([
    defineTool({ name: 'get_time', idempotent: true, execute: () => 'noon' }),
  ]);
  await waitFor(() => expect(result.current.run?.status).toBe('completed'), {
    ...fast,
    timeout: 4_000,
  });
  expect(result.current.calls).toMatchObject({
    calls: [{ name: 'get_time', state: 'submitted', output: 'noon' }],
    total: 0,
  });
});

it('asks before it runs a call of a run that was found waiting', async () => {
  const execute = vi.fn<() => string>(() => 'noon');
  const { result } = await start([defineTool({ name: 'get_time', execute })]);
  await waitFor(
    () =>
      expect(result.current.calls.calls[0]).toMatchObject({
        state: 'needs-approval',
        isRestored: true,
      }),
    fast,
  );
  expect(execute).not.toHaveBeenCalled();
  await act(() => result.current.calls.approve(result.current.calls.calls[0]?.id ?? ''));
  await waitFor(() => expect(result.current.run?.status).toBe('completed'), {
    ...fast,
    timeout: 4_000,
  });
  expect(execute).toHaveBeenCalledTimes(1);
});

it('shares the calls of a run between components', async () => {
  const execute = vi.fn<() => string>(() => 'noon');
  const tools = [defineTool({ name: 'get_time', idempotent: true, execute })];
  const world = createHookHarness({ backend: { model, now: Date.now } });
  const assistantId = await world.createAssistant();
  const { result } = renderHook(
    () => {
      const conversation = useConversation({ assistantId, tools });
      return { conversation, again: useToolCalls(conversation.run, tools) };
    },
    { wrapper: world.wrapper },
  );
  await act(() => result.current.conversation.send('Time?'));
  await waitFor(() => expect(result.current.conversation.run?.status).toBe('completed'), fast);
  expect(execute).toHaveBeenCalledTimes(1);
  expect(result.current.again.calls).toEqual(result.current.conversation.toolCalls.calls);
});

it('has nothing to show without a run', () => {
  const { wrapper } = createHookHarness();
  const { result } = renderHook(() => useToolCalls(undefined, []), { wrapper });
  expect(result.current).toMatchObject({
    calls: [],
    total: 0,
    ready: 0,
    isSubmitting: false,
    error: undefined,
    notice: undefined,
  });
});
