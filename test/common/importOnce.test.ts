import { describe, expect, it, vi } from 'vitest';
import { importOnce } from '../../src/common/importOnce.js';

describe('importOnce', () => {
  it('imports with the first call, and shares the promise', async () => {
    const importModule = vi.fn<() => Promise<string>>().mockResolvedValue('module');
    const load = importOnce(importModule);
    expect(importModule).not.toHaveBeenCalled();
    const first = load();
    expect(load()).toBe(first);
    expect(await first).toBe('module');
    expect(load()).toBe(first);
    expect(importModule).toHaveBeenCalledTimes(1);
  });

  it('tries again after a failure', async () => {
    const importModule = vi
      .fn<() => Promise<string>>()
      .mockRejectedValueOnce(new Error('offline'))
      .mockResolvedValueOnce('module');
    const load = importOnce(importModule);
    await expect(load()).rejects.toThrow('offline');
    expect(await load()).toBe('module');
  });
});
