import { expect, it, vi } from 'vitest';
import { createAllowedTools } from '../../../src/core/tools/createAllowedTools.js';
import { defineTool } from '../../../src/hooks/defineTool.js';
import { createToolHarness } from './createToolHarness.js';
import { createMemoryStorage } from './memoryBrowser.js';

const send = (execute: () => string, canAlwaysAllow = true) =>
  defineTool({ name: 'send', needsApproval: true, canAlwaysAllow, execute });

it('runs later calls of an always allowed tool without asking', async () => {
  const harness = await createToolHarness([{ call: 'send' }], [{ call: 'send' }]);
  const execute = vi.fn<() => string>(() => 'Sent.');
  const { engine, call, followed } = await harness.start({ tools: [send(execute)] });
  const { id } = await call('send', 'needs-approval');
  await engine.approve(id, undefined, { always: true });
  await followed.settled;
  expect(execute).toHaveBeenCalledTimes(2);
  expect(harness.received).toEqual([{ send: 'Sent.' }, { send: 'Sent.' }]);
});

it('runs the other waiting calls of an always allowed tool', async () => {
  const harness = await createToolHarness([
    { call: 'send', id: 'call_a' },
    { call: 'send', id: 'call_b' },
  ]);
  const execute = vi.fn<() => string>(() => 'Sent.');
  const { engine, until, followed } = await harness.start({ tools: [send(execute)] });
  await until(({ calls }) => calls.filter(({ state }) => state === 'needs-approval').length === 2);
  await engine.approve('call_b', undefined, { always: true });
  await followed.settled;
  expect(execute).toHaveBeenCalledTimes(2);
});

it('asks before the next call if the user has approved one call', async () => {
  const harness = await createToolHarness([{ call: 'send', id: 'a' }], [{ call: 'send', id: 'b' }]);
  const { engine, until } = await harness.start({ tools: [send(() => 'Sent.')] });
  const waiting = (wanted: string) =>
    until(({ calls }) =>
      calls.find(({ id, state }) => id === wanted && state === 'needs-approval'),
    );
  await waiting('a');
  await engine.approve('a');
  expect(await waiting('b')).toMatchObject({ canAlwaysAllow: true });
});

it('asks before each call of a tool that cannot be always allowed', async () => {
  const harness = await createToolHarness([{ call: 'send', id: 'a' }], [{ call: 'send', id: 'b' }]);
  const { engine, until } = await harness.start({ tools: [send(() => 'Sent.', false)] });
  const waiting = (wanted: string) =>
    until(({ calls }) =>
      calls.find(({ id, state }) => id === wanted && state === 'needs-approval'),
    );
  expect(await waiting('a')).not.toHaveProperty('canAlwaysAllow');
  await engine.approve('a', undefined, { always: true });
  await waiting('b');
});

it('keeps the tools by assistant and user, until the user revokes them', () => {
  const storage = createMemoryStorage();
  const ann = createAllowedTools(storage, 'ann');
  ann.allow('asst_1', 'send');
  ann.allow('asst_1', 'look');
  ann.allow('asst_1', 'send');
  expect(createAllowedTools(storage, 'ann').list('asst_1')).toEqual(['look', 'send']);
  expect(ann.list('asst_2')).toEqual([]);
  expect(createAllowedTools(storage, 'bob').list('asst_1')).toEqual([]);
  ann.revoke('asst_1', 'send');
  expect(createAllowedTools(storage, 'ann').list('asst_1')).toEqual(['look']);
});

it('returns the same list until it changes, and tells its listeners', () => {
  const tools = createAllowedTools(createMemoryStorage(), 'ann');
  const listener = vi.fn<() => void>();
  const unsubscribe = tools.subscribe(listener);
  tools.allow('asst_1', 'send');
  const list = tools.list('asst_1');
  expect(tools.list('asst_1')).toBe(list);
  expect(listener).toHaveBeenCalledTimes(1);
  unsubscribe();
  tools.revoke('asst_1', 'send');
  expect(listener).toHaveBeenCalledTimes(1);
  expect(tools.list('asst_1')).toEqual([]);
});

it.each(['{', '{"a":1}', '[1,null,{"a":2}]', 'null'])(
  'ignores the entry %s of other code',
  (text) => {
    const storage = createMemoryStorage();
    storage.setItem('assistants-react:allowed:ann:asst_1', text);
    const tools = createAllowedTools(storage, 'ann');
    expect(tools.list('asst_1')).toEqual([]);
    tools.allow('asst_1', 'send');
    expect(tools.list('asst_1')).toEqual(['send']);
  },
);

it.each([
  ['without storage', undefined],
  [
    'with a full storage',
    Object.assign(createMemoryStorage(), {
      setItem() {
        throw new Error('QuotaExceededError');
      },
    }),
  ],
])('keeps the tools as long as the page %s', (_, storage) => {
  const tools = createAllowedTools(storage, 'ann');
  tools.allow('asst_1', 'send');
  expect(tools.list('asst_1')).toEqual(['send']);
  tools.revoke('asst_1', 'send');
  expect(tools.list('asst_1')).toEqual([]);
});
