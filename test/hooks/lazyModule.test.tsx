import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ReactElement } from 'react';
import { importModule, lazyModule, type LazyModule } from '../../src/core/lazyModule.js';
import { useLazyModule } from '../../src/hooks/useLazyModule.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function Shown({
  source,
  isWanted = true,
}: {
  source: LazyModule<string>;
  isWanted?: boolean;
}): ReactElement {
  const { value, error } = useLazyModule(source, isWanted);
  return <p>{value ?? error?.message ?? 'nothing'}</p>;
}

/** Something that cannot be fetched the first times. */
function failing(times: number): { source: LazyModule<string>; asked: () => number } {
  let asked = 0;
  const source = lazyModule('The clock', async () => {
    asked += 1;
    if (asked <= times) throw new TypeError('Failed to fetch');
    return 'tick';
  });
  return { source, asked: () => asked };
}

it('fetches nothing before it is wanted', async () => {
  const { source, asked } = failing(0);
  const { rerender } = render(<Shown source={source} isWanted={false} />);
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect(asked()).toBe(0);
  rerender(<Shown source={source} />);
  await act(() => vi.advanceTimersByTimeAsync(0));
  expect(screen.getByText('tick')).toBeTruthy();
});

it('fetches once for all that want it', async () => {
  const { source, asked } = failing(0);
  render([<Shown key="first" source={source} />, <Shown key="second" source={source} />]);
  await act(() => vi.advanceTimersByTimeAsync(0));
  expect(screen.getAllByText('tick')).toHaveLength(2);
  expect(asked()).toBe(1);
});

it('says what could not be fetched, and tries again by itself', async () => {
  const { source } = failing(1);
  render(<Shown source={source} />);
  await act(() => vi.advanceTimersByTimeAsync(0));
  expect(screen.getByText('The clock could not be fetched. It is tried again.')).toBeTruthy();
  await act(() => vi.advanceTimersByTimeAsync(3_000));
  expect(screen.getByText('tick')).toBeTruthy();
});

it('tries again at once when it is asked to', async () => {
  const { source } = failing(1);
  render(<Shown source={source} />);
  await act(() => vi.advanceTimersByTimeAsync(0));
  await act(() => source.fetch());
  expect(screen.getByText('tick')).toBeTruthy();
});

it('no longer tries when nobody waits', async () => {
  const { source, asked } = failing(Infinity);
  const { unmount } = render(<Shown source={source} />);
  await act(() => vi.advanceTimersByTimeAsync(0));
  unmount();
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect(asked()).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
});

it('says what an act needs and could not be fetched, and fetches it when the act is done again', async () => {
  let isOnline = false;
  const load = async () => (isOnline ? 'tick' : Promise.reject(new TypeError('Failed to fetch')));

  await expect(importModule('The clock', load)).rejects.toMatchObject({
    kind: 'network',
    message: 'The clock could not be fetched. Try again.',
  });
  isOnline = true;

  await expect(importModule('The clock', load)).resolves.toBe('tick');
});
