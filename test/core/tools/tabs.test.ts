import { afterEach, describe, expect, it, vi } from 'vitest';
import { defineTool } from '../../../src/hooks/defineTool.js';
import { createDeferred } from '../../createDeferred.js';
import { createToolHarness } from './createToolHarness.js';

afterEach(() => {
  vi.useRealTimers();
});

const NO_LOCKS = { hasLocks: false };
const waitForever = () => new Promise<never>(() => undefined);

describe('after a reload', () => {
  it('a call waits for the approval of the user unless its tool is idempotent', async () => {
    const harness = await createToolHarness([{ call: 'once' }, { call: 'again' }]);
    const first = await harness.start({ tools: [] });
    await first.call('once', 'needs-output');
    first.detach();
    const once = vi.fn<() => string>(() => 'one');
    const again = vi.fn<() => string>(() => 'two');
    const tools = [
      defineTool({ name: 'once', execute: once }),
      defineTool({ name: 'again', idempotent: true, execute: again }),
    ];
    const second = await harness.adopt(first.runId, { tools });
    const call = await second.call('once', 'needs-approval');
    await second.call('again', 'done');
    expect(call.isRestored).toBe(true);
    // Another browser runs it without asking.
    expect(call.mayHaveRun).not.toBe(false);
    expect(once).not.toHaveBeenCalled();
    await second.engine.approve(call.id);
    await second.followed.settled;
    expect([once.mock.calls.length, again.mock.calls.length]).toEqual([1, 1]);
    expect(harness.received).toEqual([{ once: 'one', again: 'two' }]);
  });

  it('a call that needs approval waits for it', async () => {
    const harness = await createToolHarness([{ call: 'send' }]);
    const first = await harness.start({ tools: [] });
    await first.call('send', 'needs-output');
    first.detach();
    const execute = vi.fn<() => string>(() => 'sent');
    const send = defineTool({ name: 'send', needsApproval: true, idempotent: true, execute });
    const second = await harness.adopt(first.runId, { tools: [send] });
    expect(await second.call('send', 'needs-approval')).toMatchObject({
      isRestored: true,
      mayHaveRun: false,
    });
    expect(execute).not.toHaveBeenCalled();
  });

  it('a call that the user has approved before may have run', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const harness = await createToolHarness([{ call: 'send' }]);
    const options = { name: 'send', needsApproval: true, timeoutMs: 120_000 } as const;
    const closed = defineTool({ ...options, timeoutMs: Infinity, execute: waitForever });
    const first = await harness.start({ tools: [closed] }, NO_LOCKS);
    void first.engine.approve((await first.call('send', 'needs-approval')).id);
    await first.call('send', 'running');
    first.detach();
    const send = defineTool({ ...options, execute: () => 'sent' });
    const second = await harness.adopt(first.runId, { tools: [send] }, NO_LOCKS);
    await second.call('send', 'running');
    await vi.advanceTimersByTimeAsync(125_000);
    const call = await second.call('send', 'needs-approval');
    expect(call.isRestored).toBe(true);
    expect(call.mayHaveRun).not.toBe(false);
  });

  it('a call without a handler waits for the output of the user', async () => {
    const harness = await createToolHarness([{ call: 'review' }]);
    const first = await harness.start({ tools: [] });
    await first.call('review', 'needs-output');
    first.detach();
    const second = await harness.adopt(first.runId, { tools: [defineTool({ name: 'review' })] });
    expect(await second.call('review', 'needs-output')).toMatchObject({ isRestored: true });
  });

  it('the output of the earlier page is submitted, and the handler does not run again', async () => {
    const harness = await createToolHarness([{ call: 'send' }]);
    const execute = vi.fn<() => string>(() => 'sent');
    const tools = [defineTool({ name: 'send', execute })];
    // A lock in memory is not released when a page closes.
    const first = await harness.start({ tools, submit: 'manual' }, NO_LOCKS);
    await first.call('send', 'done');
    first.detach();
    const second = await harness.adopt(first.runId, { tools }, NO_LOCKS);
    await second.followed.settled;
    expect(execute).toHaveBeenCalledTimes(1);
    expect(harness.received).toEqual([{ send: 'sent' }]);
  });

  it('a call that the earlier page has started waits for the approval of the user', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const harness = await createToolHarness([{ call: 'send' }]);
    // Simulates a page that was closed while the handler ran.
    const closed = defineTool({ name: 'send', timeoutMs: Infinity, execute: waitForever });
    const first = await harness.start({ tools: [closed] }, NO_LOCKS);
    await first.call('send', 'running');
    first.detach();
    const execute = vi.fn<() => string>(() => 'sent');
    const send = defineTool({ name: 'send', timeoutMs: 120_000, execute });
    const second = await harness.adopt(first.runId, { tools: [send] }, NO_LOCKS);
    expect(await second.call('send', 'running')).toMatchObject({ place: 'elsewhere' });
    // The handler would have timed out by now, so the claim of the earlier page no longer counts.
    await vi.advanceTimersByTimeAsync(125_000);
    expect(await second.call('send', 'needs-approval')).toMatchObject({ isRestored: true });
    expect(execute).not.toHaveBeenCalled();
  });

  it('a draft is restored, and is removed from the storage once the output is submitted', async () => {
    const harness = await createToolHarness([{ call: 'review' }]);
    const tools = [defineTool({ name: 'review' })];
    const first = await harness.start({ tools });
    first.engine.setDraft((await first.call('review', 'needs-output')).id, {
      mode: 'text',
      text: 'Half a thou',
    });
    first.detach();
    const second = await harness.adopt(first.runId, { tools });
    const { id, draft } = await second.call('review', 'needs-output');
    expect(draft).toEqual({ mode: 'text', text: 'Half a thou' });
    await second.engine.provide(id, { text: 'A thought' });
    await second.followed.settled;
    const stored = Array.from({ length: harness.storage.length }, (_, index) =>
      harness.storage.getItem(harness.storage.key(index) ?? ''),
    );
    expect(stored.join()).not.toContain('thou');
  });
});

it('the reason of a denial is restored, and is removed from the storage once it is submitted', async () => {
  const harness = await createToolHarness([{ call: 'send' }]);
  const tools = [defineTool({ name: 'send', needsApproval: true, execute: () => 'sent' })];
  const first = await harness.start({ tools });
  first.engine.setDenialDraft((await first.call('send', 'needs-approval')).id, 'Wrong addr');
  first.detach();
  const second = await harness.adopt(first.runId, { tools });
  const { id, denialDraft } = await second.call('send', 'needs-approval');
  expect(denialDraft).toBe('Wrong addr');
  second.engine.deny(id, 'Wrong address');
  await second.followed.settled;
  const stored = Array.from({ length: harness.storage.length }, (_, index) =>
    harness.storage.getItem(harness.storage.key(index) ?? ''),
  );
  expect(stored.join()).not.toContain('Wrong');
});

describe.each([
  ['by Web Locks', true],
  ['by claims in the records', false],
])('two tabs that are coordinated %s', (_, hasLocks) => {
  it('run a call once', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const answer = createDeferred();
    const harness = await createToolHarness([{ hold: answer.promise }, { call: 'send' }]);
    const execute = vi.fn<() => Promise<string>>(async () => 'sent');
    const tools = [defineTool({ name: 'send', idempotent: true, execute })];
    const first = await harness.start({ tools }, { hasLocks });
    const second = await harness.adopt(first.runId, { tools }, { hasLocks });
    answer.resolve();
    const settled = Promise.all([first.followed.settled, second.followed.settled]);
    // One of the tabs polls the run while it waits.
    await vi.advanceTimersByTimeAsync(20_000);
    await settled;
    expect(execute).toHaveBeenCalledTimes(1);
    expect(harness.received).toEqual([{ send: 'sent' }]);
    expect([first.engine.getState().error, second.engine.getState().error]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('share the output of the first, which the second submits', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const harness = await createToolHarness([{ call: 'send' }, { call: 'review' }]);
    const execute = vi.fn<() => string>(() => 'sent');
    const tools = [
      defineTool({ name: 'send', idempotent: true, execute }),
      defineTool({ name: 'review' }),
    ];
    const first = await harness.start({ tools }, { hasLocks });
    await first.call('send', 'done');
    const second = await harness.adopt(first.runId, { tools }, { hasLocks });
    expect(await second.call('send', 'done')).toMatchObject({ output: 'sent' });
    await second.engine.provide((await second.call('review', 'needs-output')).id, { text: 'fine' });
    expect(await second.engine.submit()).toBe(true);
    await second.followed.settled;
    expect(harness.received).toEqual([{ send: 'sent', review: 'fine' }]);
    expect(execute).toHaveBeenCalledTimes(1);
    // The first tab polls the run while it waits.
    await vi.advanceTimersByTimeAsync(20_000);
    await first.call('send', 'submitted');
    expect(first.engine.getState().notice).toBeUndefined();
  });

  it('run a call once that both approve, and the second shows that the other one runs it', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const harness = await createToolHarness([{ call: 'send' }]);
    const result = createDeferred<string>();
    const execute = vi.fn<() => Promise<string>>(() => result.promise);
    const tools = [defineTool({ name: 'send', needsApproval: true, execute })];
    const first = await harness.start({ tools }, { hasLocks });
    const { id } = await first.call('send', 'needs-approval');
    const second = await harness.adopt(first.runId, { tools }, { hasLocks });
    await second.call('send', 'needs-approval');
    void first.engine.approve(id);
    await first.call('send', 'running');
    void second.engine.approve(id);
    expect(await second.call('send', 'running')).toMatchObject({ place: 'elsewhere' });
    result.resolve('sent');
    await first.followed.settled;
    // The second tab polls the run while it waits.
    await vi.advanceTimersByTimeAsync(20_000);
    await second.call('send', 'submitted');
    expect(execute).toHaveBeenCalledTimes(1);
    expect(harness.received).toEqual([{ send: 'sent' }]);
    expect(second.engine.getState().notice).toBeUndefined();
  });
});
