import { afterEach, describe, expect, it, vi } from 'vitest';
import { reportError } from '../../src/common/reportError.js';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('reportError', () => {
  it('passes the error to globalThis.reportError', () => {
    const report = vi.fn<(error: unknown) => void>();
    vi.stubGlobal('reportError', report);
    const error = new Error('failed');
    reportError(error);
    expect(report).toHaveBeenCalledExactlyOnceWith(error);
  });

  it('throws in a task of its own without globalThis.reportError', () => {
    vi.useFakeTimers();
    vi.stubGlobal('reportError', undefined);
    const error = new Error('failed');
    expect(() => reportError(error)).not.toThrow();
    expect(() => vi.runAllTimers()).toThrow(error);
  });
});
