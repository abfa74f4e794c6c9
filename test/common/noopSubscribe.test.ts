import { expect, it, vi } from 'vitest';
import { noopSubscribe } from '../../src/common/noopSubscribe.js';

it('never calls the listener, and returns a function that unsubscribes', () => {
  const listener = vi.fn<() => void>();
  // React calls `subscribe` with a listener.
  const subscribe: (listener: () => void) => () => void = noopSubscribe;
  subscribe(listener)();
  expect(listener).not.toHaveBeenCalled();
});
