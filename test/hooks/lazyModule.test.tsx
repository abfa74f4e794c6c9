import { act, render, screen } from '@testing-library/react';
import type { ReactElement } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { importModule, lazyModule } from '../../src/core/lazyModule.js';
import { useLazyModule } from '../../src/hooks/useLazyModule.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

interface ModuleTextProps {
  module: ReturnType<typeof lazyModule<string>>;
  isNeeded?: boolean;
}

function ModuleText({ module, isNeeded = true }: ModuleTextProps): ReactElement {
  const { value, error } = useLazyModule(module, isNeeded);
  return <p>{value ?? error?.message ?? 'nothing'}</p>;
}

/** Creates a module whose first `failures` loads reject. */
function failingModule(failures: number) {
  const importClock = vi.fn<() => Promise<string>>(async () => {
    if (importClock.mock.calls.length <= failures) throw new TypeError('Failed to fetch');
    return 'tick';
  });
  return {
    module: lazyModule('the clock', importClock, { retryDelayMs: 5_000 }),
    importClock,
  };
}

const advance = (delayMs: number) => act(() => vi.advanceTimersByTimeAsync(delayMs));

it('loads nothing before the module is needed', async () => {
  const { module, importClock } = failingModule(0);
  const { rerender } = render(<ModuleText module={module} isNeeded={false} />);
  await advance(10_000);
  expect(importClock).not.toHaveBeenCalled();
  rerender(<ModuleText module={module} />);
  await advance(0);
  expect(screen.getByText('tick')).toBeTruthy();
});

it('loads once for several components', async () => {
  const { module, importClock } = failingModule(0);
  render([<ModuleText key="first" module={module} />, <ModuleText key="second" module={module} />]);
  await advance(0);
  expect(screen.getAllByText('tick')).toHaveLength(2);
  expect(importClock).toHaveBeenCalledOnce();
});

it('reports a failed load and retries after the delay', async () => {
  const { module } = failingModule(1);
  render(<ModuleText module={module} />);
  await advance(4_999);
  expect(screen.getByText('Could not load the clock. Retrying.')).toBeTruthy();
  await advance(1);
  expect(screen.getByText('tick')).toBeTruthy();
});

it('retries after three seconds by default', async () => {
  const importClock = vi.fn<() => Promise<string>>(() =>
    Promise.reject(new TypeError('Failed to fetch')),
  );
  render(<ModuleText module={lazyModule('the clock', importClock)} />);
  await advance(2_999);
  expect(importClock).toHaveBeenCalledTimes(1);
  await advance(1);
  expect(importClock).toHaveBeenCalledTimes(2);
});

it('retries immediately when load is called', async () => {
  const { module } = failingModule(1);
  render(<ModuleText module={module} />);
  await advance(0);
  await act(() => module.load());
  expect(screen.getByText('tick')).toBeTruthy();
});

it('stops retrying when the last subscriber has left', async () => {
  const { module, importClock } = failingModule(Infinity);
  const { unmount } = render(<ModuleText module={module} />);
  await advance(0);
  unmount();
  await advance(10_000);
  expect(importClock).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

it('imports a module again after a failure', async () => {
  let isOnline = false;
  const importClock = async () =>
    isOnline ? 'tick' : Promise.reject(new TypeError('Failed to fetch'));

  await expect(importModule('the clock', importClock)).rejects.toMatchObject({
    kind: 'network',
    code: 'not_loaded',
    message: 'Could not load the clock. Try again.',
  });
  isOnline = true;

  await expect(importModule('the clock', importClock)).resolves.toBe('tick');
});
