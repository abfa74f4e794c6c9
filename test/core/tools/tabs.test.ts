import { afterEach, describe, expect, it, vi } from 'vitest';
import { defineTool } from '../../../src/core/tools/defineTool.js';
import { latch } from '../../queries/createTestHarness.js';
import { toolWorld } from './toolHarness.js';

afterEach(() => void vi.useRealTimers());

const gone = () => new Promise<never>(() => undefined);

describe('after a reload', () => {
  it('a call of `auto` waits for the person, unless it is idempotent', async () => {
    const world = await toolWorld([{ call: 'once' }, { call: 'again' }]);
    const first = await world.start({ tools: [] });
    await first.call('once', 'needs-output');
    first.detach();
    const once = vi.fn<() => string>(() => 'one');
    const again = vi.fn<() => string>(() => 'two');
    const tools = [
      defineTool({ name: 'once', run: 'auto', execute: once }),
      defineTool({ name: 'again', run: 'auto', idempotent: true, execute: again }),
    ];
    const second = await world.adopt(first.runId, { tools });
    const call = await second.call('once', 'needs-approval');
    await second.call('again', 'done');
    expect(call.isRestored).toBe(true);
    expect(once).not.toHaveBeenCalled();
    await second.engine.approve(call.id);
    await second.followed.settled;
    expect([once.mock.calls.length, again.mock.calls.length]).toEqual([1, 1]);
    expect(world.received).toEqual([{ once: 'one', again: 'two' }]);
  });

  it.each(['confirm', 'human'] as const)('a call of `%s` waits for the person', async (run) => {
    const world = await toolWorld([{ call: 'send' }]);
    const first = await world.start({ tools: [] });
    await first.call('send', 'needs-output');
    first.detach();
    const execute = vi.fn<() => string>(() => 'sent');
    const tool =
      run === 'human'
        ? defineTool({ name: 'send', run })
        : defineTool({ name: 'send', run, idempotent: true, execute });
    const second = await world.adopt(first.runId, { tools: [tool] });
    const call = await second.call('send', run === 'human' ? 'needs-output' : 'needs-approval');
    expect(call.isRestored).toBe(true);
    expect(execute).not.toHaveBeenCalled();
  });

  it('an output that was there is submitted, and its handler not run again', async () => {
    const world = await toolWorld([{ call: 'send' }]);
    const execute = vi.fn<() => string>(() => 'sent');
    const tools = [defineTool({ name: 'send', run: 'auto', execute })];
    // Without locks, as nobody can be seen to have gone with theirs.
    const first = await world.start({ tools, submit: 'manual' }, { locks: undefined });
    await first.call('send', 'done');
    first.detach();
    const second = await world.adopt(first.runId, { tools }, { locks: undefined });
    await second.followed.settled;
    expect(execute).toHaveBeenCalledTimes(1);
    expect(world.received).toEqual([{ send: 'sent' }]);
  });

  it('a call that had begun says so, and waits for the person', async () => {
    const world = await toolWorld([{ call: 'send' }]);
    const first = await world.start(
      { tools: [defineTool({ name: 'send', run: 'auto', timeoutMs: 30, execute: gone })] },
      { locks: undefined },
    );
    await first.call('send', 'running');
    first.detach();
    const execute = vi.fn<() => string>(() => 'sent');
    const second = await world.adopt(
      first.runId,
      { tools: [defineTool({ name: 'send', run: 'auto', timeoutMs: 30, execute })] },
      { locks: undefined },
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await second.call('send', 'needs-approval')).toMatchObject({ isRestored: true });
    expect(execute).not.toHaveBeenCalled();
  });

  it('what was being written is there again, and is gone once it is submitted', async () => {
    const world = await toolWorld([{ call: 'review' }]);
    const tools = [defineTool({ name: 'review', run: 'human' })];
    const first = await world.start({ tools });
    first.engine.setDraft((await first.call('review', 'needs-output')).id, {
      mode: 'text',
      text: 'Half a thou',
    });
    first.detach();
    const second = await world.adopt(first.runId, { tools });
    const { id, draft } = await second.call('review', 'needs-output');
    expect(draft).toEqual({ mode: 'text', text: 'Half a thou' });
    await second.engine.provide(id, { text: 'A thought' });
    await second.followed.settled;
    const kept = Array.from({ length: world.storage.length }, (_, index) =>
      world.storage.getItem(world.storage.key(index) ?? ''),
    );
    expect(kept.join()).not.toContain('thou');
  });
});

describe.each([
  ['by locks', true],
  ['by claims', false],
])('two tabs, kept apart %s,', (_, hasLocks) => {
  const shared = hasLocks ? undefined : { locks: undefined };

  it('run one call once', async () => {
    const { opened, open } = latch();
    const world = await toolWorld([{ hold: opened }, { call: 'send' }]);
    const execute = vi.fn<() => Promise<string>>(async () => 'sent');
    const tools = [defineTool({ name: 'send', run: 'auto', idempotent: true, execute })];
    const first = await world.start({ tools }, shared);
    const second = await world.adopt(first.runId, { tools }, shared);
    open();
    await Promise.all([first.followed.settled, second.followed.settled]);
    expect(execute).toHaveBeenCalledTimes(1);
    expect(world.received).toEqual([{ send: 'sent' }]);
    expect([first.engine.getState().error, second.engine.getState().error]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('see what one of them had made before the other was opened, which submits it', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const world = await toolWorld([{ call: 'send' }, { call: 'review' }]);
    const execute = vi.fn<() => string>(() => 'sent');
    const tools = [
      defineTool({ name: 'send', run: 'auto', idempotent: true, execute }),
      defineTool({ name: 'review', run: 'human' }),
    ];
    const first = await world.start({ tools }, shared);
    await first.call('send', 'done');
    const second = await world.adopt(first.runId, { tools }, shared);
    expect(await second.call('send', 'done')).toMatchObject({ output: 'sent' });
    await second.engine.provide((await second.call('review', 'needs-output')).id, { text: 'fine' });
    expect(await second.engine.submit()).toBe(true);
    await second.followed.settled;
    expect(world.received).toEqual([{ send: 'sent', review: 'fine' }]);
    expect(execute).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(20_000);
    await first.call('send', 'submitted');
    expect(first.engine.getState().notice).toBeUndefined();
  });

  it('run what both approve once, and the later one sees it run elsewhere', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const world = await toolWorld([{ call: 'send' }]);
    const { opened, open } = latch();
    const execute = vi.fn<() => Promise<string>>(async () => {
      await opened;
      return 'sent';
    });
    const tools = [defineTool({ name: 'send', run: 'confirm', execute })];
    const first = await world.start({ tools }, shared);
    const { id } = await first.call('send', 'needs-approval');
    const second = await world.adopt(first.runId, { tools }, shared);
    await second.call('send', 'needs-approval');
    void first.engine.approve(id);
    await first.call('send', 'running');
    void second.engine.approve(id);
    expect(await second.call('send', 'running')).toMatchObject({ place: 'elsewhere' });
    open();
    await first.followed.settled;
    // The tab that only waits asks the server now and then.
    await vi.advanceTimersByTimeAsync(20_000);
    await second.call('send', 'submitted');
    expect(execute).toHaveBeenCalledTimes(1);
    expect(world.received).toEqual([{ send: 'sent' }]);
    expect(second.engine.getState().notice).toBeUndefined();
  });
});
