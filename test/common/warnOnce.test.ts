import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { warnOnce } from '../../src/common/warnOnce.js';

const warn = vi.fn<(...values: unknown[]) => void>();

beforeEach(() => {
  warn.mockClear();
  vi.spyOn(console, 'warn').mockImplementation(warn);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

describe('warnOnce', () => {
  it('warns once for each cause', () => {
    warnOnce('offline', 'The messages could not be loaded.');
    warnOnce('offline', 'The messages could not be loaded.');
    warnOnce('forbidden', 'The messages may not be read.');
    expect(warn.mock.calls).toEqual([
      ['assistants-react: The messages could not be loaded.'],
      ['assistants-react: The messages may not be read.'],
    ]);
  });

  it('logs the details after the message', () => {
    const error = new Error('offline');
    warnOnce('details', 'The messages could not be loaded.', error);
    expect(warn).toHaveBeenCalledWith('assistants-react: The messages could not be loaded.', error);
  });

  it('is silent in production', () => {
    vi.stubEnv('NODE_ENV', 'production');
    warnOnce('production', 'The messages could not be loaded.');
    expect(warn).not.toHaveBeenCalled();
  });

  it('is silent where process does not exist', () => {
    vi.stubGlobal('process', undefined);
    warnOnce('no process', 'The messages could not be loaded.');
    expect(warn).not.toHaveBeenCalled();
  });
});
