import { afterEach, describe, expect, it, vi } from 'vitest';
import { callSafely } from '../../src/common/callSafely.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('callSafely', () => {
  it('passes the arguments to the callback', () => {
    const callback = vi.fn<(name: string, count: number) => void>();
    callSafely(callback, 'thread', 2);
    expect(callback).toHaveBeenCalledExactlyOnceWith('thread', 2);
  });

  it('does nothing without a callback', () => {
    expect(() => callSafely(undefined)).not.toThrow();
  });

  it('reports what the callback throws', () => {
    const report = vi.fn<(error: unknown) => void>();
    vi.stubGlobal('reportError', report);
    const error = new Error('of the app');
    callSafely(() => {
      throw error;
    });
    expect(report).toHaveBeenCalledExactlyOnceWith(error);
  });
});
