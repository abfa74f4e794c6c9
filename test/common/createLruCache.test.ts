import { describe, expect, it, vi } from 'vitest';
import { createLruCache } from '../../src/common/createLruCache.js';

function createHarness(maxSize: number) {
  const cache = createLruCache<string>(maxSize);
  const create = vi.fn<(key: string) => Promise<string>>(async (key) => `value of ${key}`);
  return {
    cache,
    created: () => create.mock.calls.map(([key]) => key),
    get: (key: string, size = 1) =>
      cache.get(
        key,
        () => create(key),
        () => size,
      ),
  };
}

describe('createLruCache', () => {
  it('creates the value of a key once', async () => {
    const { get, created } = createHarness(10);
    await expect(Promise.all([get('a'), get('a')])).resolves.toEqual(['value of a', 'value of a']);
    await get('a');
    expect(created()).toEqual(['a']);
  });

  it('drops the least recently used values when it is full', async () => {
    const { get, created } = createHarness(2);
    await get('a');
    await get('b');
    await get('a');
    await get('c');
    await get('a');
    expect(created()).toEqual(['a', 'b', 'c']);
    await get('b');
    expect(created()).toEqual(['a', 'b', 'c', 'b']);
  });

  it('keeps the newest value even if it is too large', async () => {
    const { get, created } = createHarness(2);
    await get('a');
    await get('large', 100);
    await get('large', 100);
    expect(created()).toEqual(['a', 'large']);
    await get('a');
    expect(created()).toEqual(['a', 'large', 'a']);
  });

  it('does not cache a rejection', async () => {
    const { cache, get } = createHarness(2);
    const failed = cache.get(
      'a',
      () => Promise.reject(new Error('failed')),
      () => 1,
    );
    await expect(failed).rejects.toThrow('failed');
    await expect(get('a')).resolves.toBe('value of a');
  });
});
