import { describe, expect, it, vi } from 'vitest';
import { createAssistantsClient } from '../../../src/client/createAssistantsClient.js';
import { createCallLocks } from '../../../src/core/tools/createCallLocks.js';
import { createAllowedTools } from '../../../src/core/tools/createAllowedTools.js';
import { createCallRecords } from '../../../src/core/tools/createCallRecords.js';
import { createToolCalls } from '../../../src/core/tools/createToolCalls.js';
import type { ToolCallsSettings } from '../../../src/core/tools/ToolCallsEngine.js';
import { createStore } from '../../../src/common/createStore.js';
import { defineTool } from '../../../src/hooks/defineTool.js';
import { getUnknownAction, toSubmitBody } from '../../../src/protocol/requiredAction.js';
import type { Run, RunStep, ToolCallAnswer } from '../../../src/protocol/types.js';
import { run as createRun } from '../../../stories/fixtures.js';
import { createMemoryLocks, createMemoryStorage } from './memoryBrowser.js';

/** Requests an object from a server, so that it has the shape of a response. */
async function receive(value: object): Promise<Run> {
  const client = createAssistantsClient({
    baseUrl: 'https://host.test/v1',
    fetch: async () => Response.json(value),
  });
  return client.getRun({ threadId: 'thread_1', runId: 'run_1' });
}

/** Handles the calls of a run that waits for an action. */
async function openEngine(
  action: object | null,
  settings: Partial<ToolCallsSettings> = {},
  steps: RunStep[] = [],
  { storage = createMemoryStorage(), locks = createMemoryLocks(), isSubmitStuck = false } = {},
) {
  const run = await receive({
    ...createRun({ status: 'requires_action' }),
    required_action: action,
  });
  const records = createCallRecords(storage);
  const engine = createToolCalls({
    client: createAssistantsClient({ baseUrl: 'https://host.test/v1' }),
    runId: run.id,
    records,
    locks: createCallLocks(records, locks),
    allowedTools: createAllowedTools(storage, 'test'),
  });
  engine.configure({ tools: [], ...settings });
  const submitted: ToolCallAnswer[][] = [];
  const source = createStore({ run, steps });
  engine.attach({
    getState: source.getState,
    subscribe: source.subscribe,
    isAdopted: false,
    submit: async (answers) => {
      submitted.push(answers);
      if (isSubmitStuck) return new Promise(() => undefined);
      source.setState({ run: createRun({ status: 'in_progress' }), steps });
    },
  });
  return { engine, submitted, source };
}

const getStates = ({ engine }: Awaited<ReturnType<typeof openEngine>>) =>
  engine.getState().calls.map(({ id, name, state }) => ({ id, name, state }));

const mcpCall = {
  id: 'call_a',
  type: 'mcp',
  name: 'read_wiki',
  arguments: '{"page":"rain"}',
  server_label: 'wiki',
};
const approvals = (...calls: object[]) => ({
  type: 'submit_tool_approval',
  submit_tool_approval: { tool_calls: calls },
});
const functionCall = (id: string, argumentsText = '{}') => ({
  id,
  type: 'function',
  function: { name: 'work', arguments: argumentsText },
});
const outputs = (...calls: object[]) => ({
  type: 'submit_tool_outputs',
  submit_tool_outputs: { tool_calls: calls },
});

describe('calls that a server runs', () => {
  it('wait for a decision, also if the application has a tool of that name', async () => {
    const execute = vi.fn<() => string>(() => 'ok');
    const tools = [defineTool({ name: 'read_wiki', execute })];
    const { engine } = await openEngine(approvals(mcpCall), { tools, unknownTool: 'report' });
    await expect
      .poll(() => engine.getState().calls)
      .toMatchObject([
        {
          id: 'call_a',
          name: 'read_wiki',
          argumentsText: '{"page":"rain"}',
          server: 'wiki',
          state: 'needs-approval',
        },
      ]);
    expect(execute).not.toHaveBeenCalled();
  });

  it.each(['approve', 'deny'] as const)('are submitted after %s', async (decision) => {
    const opened = await openEngine(approvals(mcpCall));
    const { engine, submitted } = opened;
    await expect.poll(() => getStates(opened)[0]?.state).toBe('needs-approval');
    if (decision === 'approve') await engine.approve('call_a');
    else engine.deny('call_a', '');
    await expect.poll(() => submitted).toHaveLength(1);
    expect(submitted).toEqual([[{ tool_call_id: 'call_a', approve: decision === 'approve' }]]);
    expect(toSubmitBody(submitted[0] ?? [])).toEqual({ tool_approvals: submitted[0] });
  });

  it('can be decided again until all decisions are submitted', async () => {
    const opened = await openEngine(approvals(mcpCall, { ...mcpCall, id: 'call_b' }));
    const { engine, submitted } = opened;
    await expect.poll(() => getStates(opened)[1]?.state).toBe('needs-approval');
    await engine.approve('call_a');
    await engine.approve('call_b');
    expect(getStates(opened).map(({ state }) => state)).toEqual(['approved', 'approved']);
    engine.reopen('call_b');
    expect(getStates(opened)[1]?.state).toBe('needs-approval');
    engine.deny('call_b', '');
    expect(await engine.submit()).toBe(true);
    expect(submitted).toEqual([
      [
        { tool_call_id: 'call_a', approve: true },
        { tool_call_id: 'call_b', approve: false },
      ],
    ]);
    expect(getStates(opened).map(({ state }) => state)).toEqual(['submitted', 'submitted']);
  });

  it('are answered together with functions of the application', async () => {
    const work = defineTool({ name: 'work', execute: () => 'done' });
    const action = { ...outputs(functionCall('call_1')), ...approvals(mcpCall) };
    const opened = await openEngine(action, { tools: [work], submit: 'complete' });
    await expect
      .poll(() => getStates(opened).map(({ state }) => state))
      .toEqual(['done', 'needs-approval']);
    await opened.engine.approve('call_a');
    await expect.poll(() => opened.submitted).toHaveLength(1);
    expect(toSubmitBody(opened.submitted[0] ?? [])).toEqual({
      tool_outputs: [{ tool_call_id: 'call_1', output: 'done' }],
      tool_approvals: [{ tool_call_id: 'call_a', approve: true }],
    });
  });

  it('have a name and no server in the decision if the server leaves them out', async () => {
    const opened = await openEngine(approvals({ id: 'call_a', type: 'openapi', arguments: null }));
    await expect.poll(() => getStates(opened)[0]?.state).toBe('needs-approval');
    expect(opened.engine.getState().calls[0]).toMatchObject({ name: 'openapi', server: '' });
  });
});

describe('calls of a server that the user always allows', () => {
  const both = approvals(mcpCall, { ...mcpCall, id: 'call_b', arguments: '{}' });
  const getNames = (storage: Storage) => createAllowedTools(storage, 'test').list('asst_1');
  /** Returns the storage of a user who always allows a function. */
  const allow = (name = 'wiki/read_wiki') => {
    const storage = createMemoryStorage();
    createAllowedTools(storage, 'test').allow('asst_1', name);
    return storage;
  };

  it('are remembered, and allow the other waiting calls', async () => {
    const storage = createMemoryStorage();
    const opened = await openEngine(both, {}, [], { storage });
    await expect.poll(() => getStates(opened)[1]?.state).toBe('needs-approval');
    expect(opened.engine.getState().calls[0]).toMatchObject({ canAlwaysAllow: true });
    await opened.engine.approve('call_a', undefined, { always: true });
    expect(getStates(opened).map(({ state }) => state)).toEqual(['approved', 'approved']);
    expect(getNames(storage)).toEqual(['wiki/read_wiki']);
  });

  it('are approved without asking', async () => {
    const { submitted } = await openEngine(both, {}, [], { storage: allow() });
    await expect.poll(() => submitted).toHaveLength(1);
    expect(submitted[0]).toEqual([
      { tool_call_id: 'call_a', approve: true },
      { tool_call_id: 'call_b', approve: true },
    ]);
  });

  it.each([
    ['of another server', { server_label: 'mail' }],
    ['of another function', { name: 'write_wiki' }],
    ['of a server whose label contains a slash', { server_label: 'wiki/read', name: 'wiki' }],
    ['without a server', { server_label: '' }],
  ])('do not allow a call %s', async (_, changes) => {
    const storage = allow();
    const opened = await openEngine(approvals({ ...mcpCall, ...changes }), {}, [], { storage });
    await expect.poll(() => getStates(opened)[0]?.state).toBe('needs-approval');
    expect(opened.submitted).toEqual([]);
  });

  it('cannot be allowed if the app wants each call to be approved', async () => {
    const storage = allow();
    const settings = { canAlwaysAllowServers: false };
    const opened = await openEngine(approvals(mcpCall), settings, [], { storage });
    await expect.poll(() => getStates(opened)[0]?.state).toBe('needs-approval');
    expect(opened.engine.getState().calls[0]).not.toHaveProperty('canAlwaysAllow');
    await opened.engine.approve('call_a', undefined, { always: true });
    expect(getNames(storage)).toEqual(['wiki/read_wiki']);
  });

  it('are approved by one of two pages', async () => {
    const page = { storage: allow(), locks: createMemoryLocks(), isSubmitStuck: true };
    const pages = [
      await openEngine(approvals(mcpCall), {}, [], page),
      await openEngine(approvals(mcpCall), {}, [], page),
    ];
    await expect
      .poll(() => pages.map((opened) => getStates(opened)[0]?.state))
      .not.toContain('streaming-args');
    await expect.poll(() => pages.flatMap(({ submitted }) => submitted)).toHaveLength(1);
  });
});

describe('calls with one id', () => {
  it('each get an output under the id that the server has given', async () => {
    const execute = ({ n }: { n: number }): string => `output ${n}`;
    const inputSchema = {
      type: 'object',
      properties: { n: { type: 'number' } },
      required: ['n'],
    } as const;
    const work = defineTool({ name: 'work', inputSchema, execute });
    const action = outputs(functionCall('call_1', '{"n":1}'), functionCall('call_1', '{"n":2}'));
    const { submitted } = await openEngine(action, { tools: [work] });
    await expect.poll(() => submitted).toHaveLength(1);
    expect(submitted[0]).toEqual([
      { tool_call_id: 'call_1', output: 'output 1' },
      { tool_call_id: 'call_1', output: 'output 2' },
    ]);
  });
});

describe('a call that the run requires', () => {
  it.each(['in_progress', 'completed'] as const)(
    'is not answered by the output of its step, which is %s',
    async (status) => {
      const execute = vi.fn<() => string>(() => 'ok');
      const step = {
        id: 'step_1',
        type: 'tool_calls',
        status,
        step_details: {
          type: 'tool_calls',
          tool_calls: [
            {
              id: 'call_1',
              type: 'function',
              function: { name: 'work', arguments: '{}', output: '{}' },
            },
          ],
        },
      } as unknown as RunStep;
      const tools = [defineTool({ name: 'work', execute })];
      const { submitted } = await openEngine(outputs(functionCall('call_1')), { tools }, [step]);
      await expect.poll(() => submitted).toHaveLength(1);
      expect(execute).toHaveBeenCalledOnce();
    },
  );
});

describe('other actions', () => {
  it.each([
    [{ type: 'choose_place', choose_place: { places: ['Oslo'] } }, 'choose_place'],
    [{ choose_place: {} }, 'unknown'],
    [null, ''],
  ])('%j is reported with its type', async (action, type) => {
    const opened = await openEngine(action);
    const { engine, source } = opened;
    expect(engine.getState().unknownAction).toEqual({ type, action: { type, ...action } });
    source.setState({ run: createRun({ status: 'in_progress' }), steps: [] });
    expect(engine.getState().unknownAction).toBeUndefined();
  });

  it('are no action of a run that does not wait', () => {
    const run = { ...createRun({ status: 'in_progress' }), required_action: null };
    expect(getUnknownAction(run)).toBeUndefined();
  });
});
