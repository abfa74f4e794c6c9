import { act, renderHook, waitFor } from '@testing-library/react';
import { defineTool, useConversation, useRun, useToolCalls, type Tool } from 'assistants-react';
import { beforeEach, expect, it, vi } from 'vitest';
import { scriptedModel } from '../../src/backend/models/scripted/scriptedModel.js';
import { createHookHarness } from './createHookHarness.js';

const fast = { interval: 5 };
const model = scriptedModel([
  { say: { call: 'get_time' }, after: ({ outputs }) => `It is ${outputs[0]?.output}.` },
]);

// Test backends number their ids from one, so the records of a test would apply to the calls of the next one.
beforeEach(() => localStorage.clear());

/** Renders the calls of a run that is already waiting for an output, and that `useRun` polls. */
async function renderPolledRun(tools: Tool[]) {
  const harness = createHookHarness({ backend: { model, now: Date.now } });
  const assistantId = await harness.createAssistant();
  const threadId = await harness.createThread(1);
  const runId = await harness.create(`/v1/threads/${threadId}/runs`, { assistant_id: assistantId });
  await harness.backend.idle();
  const { result } = renderHook(
    () => {
      const { data: run } = useRun({ threadId, runId });
      return { run, toolCalls: useToolCalls(run, tools) };
    },
    { wrapper: harness.wrapper },
  );
  return result;
}

it('handles the calls of a polled run', async () => {
  const result = await renderPolledRun([
    defineTool({ name: 'get_time', idempotent: true, execute: () => 'noon' }),
  ]);
  await waitFor(() => expect(result.current.run?.status).toBe('completed'), fast);
  expect(result.current.toolCalls).toMatchObject({
    calls: [{ name: 'get_time', state: 'submitted', output: 'noon' }],
    total: 0,
  });
});

it('asks for approval of a call that was pending before the page was loaded', async () => {
  const execute = vi.fn<() => string>(() => 'noon');
  const result = await renderPolledRun([defineTool({ name: 'get_time', execute })]);
  await waitFor(
    () =>
      expect(result.current.toolCalls.calls[0]).toMatchObject({
        state: 'needs-approval',
        isRestored: true,
      }),
    fast,
  );
  expect(execute).not.toHaveBeenCalled();
  const { toolCalls } = result.current;
  await act(() => toolCalls.approve(toolCalls.calls[0]?.id ?? ''));
  await waitFor(() => expect(result.current.run?.status).toBe('completed'), fast);
  expect(execute).toHaveBeenCalledTimes(1);
});

it('shares the calls of a run between components', async () => {
  const execute = vi.fn<() => string>(() => 'noon');
  const tools = [defineTool({ name: 'get_time', idempotent: true, execute })];
  const harness = createHookHarness({ backend: { model, now: Date.now } });
  const assistantId = await harness.createAssistant();
  const { result } = renderHook(
    () => {
      const conversation = useConversation({ assistantId, tools });
      return { conversation, toolCalls: useToolCalls(conversation.run, tools) };
    },
    { wrapper: harness.wrapper },
  );
  await act(() => result.current.conversation.send('Time?'));
  await waitFor(() => expect(result.current.conversation.run?.status).toBe('completed'), fast);
  expect(execute).toHaveBeenCalledTimes(1);
  expect(result.current.toolCalls.calls).toEqual(result.current.conversation.toolCalls.calls);
});

it('returns its tools, and no calls without a run', () => {
  const { wrapper } = createHookHarness();
  const tools = [defineTool({ name: 'get_time' })];
  const { result } = renderHook(() => useToolCalls(undefined, tools), { wrapper });
  expect(result.current).toMatchObject({
    calls: [],
    total: 0,
    ready: 0,
    isSubmitting: false,
    error: undefined,
    notice: undefined,
  });
  expect(result.current.tools).toBe(tools);
});
