import { describe, expect, it, vi } from 'vitest';
import { createStore } from '../../src/common/createStore.js';

describe('createStore', () => {
  it('holds the initial state', () => {
    expect(createStore(1).getState()).toBe(1);
  });

  it('replaces the state and notifies listeners synchronously', () => {
    const store = createStore({ count: 0 });
    const seen: number[] = [];
    store.subscribe(() => seen.push(store.getState().count));
    store.setState({ count: 1 });
    store.setState(({ count }) => ({ count: count + 1 }));
    expect(seen).toEqual([1, 2]);
  });

  it('does not notify listeners when the state stays the same', () => {
    const state = { count: 0 };
    const store = createStore(state);
    const listener = vi.fn<() => void>();
    store.subscribe(listener);
    store.setState(state);
    store.setState((current) => current);
    expect(listener).not.toHaveBeenCalled();
  });

  it('stops notifying a listener that has unsubscribed', () => {
    const store = createStore(0);
    const listener = vi.fn<() => void>();
    store.subscribe(listener)();
    store.setState(1);
    expect(listener).not.toHaveBeenCalled();
  });
});
