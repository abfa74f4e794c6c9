import { afterEach, describe, expect, it, vi } from 'vitest';
import { randomId } from '../../src/common/randomId.js';
import { randomKey } from '../../src/common/randomKey.js';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('randomId', () => {
  it('returns the prefix and 24 letters and digits, different each time', () => {
    const ids = Array.from({ length: 100 }, () => randomId('msg_'));
    for (const id of ids) expect(id).toMatch(/^msg_[0-9A-Za-z]{24}$/);
    expect(new Set(ids).size).toBe(100);
  });

  it('skips values beyond the alphabet', () => {
    let calls = 0;
    vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
      if (array instanceof Uint8Array) array.fill(calls === 0 ? 62 : 61);
      calls += 1;
      return array;
    });
    expect(randomId('')).toBe('z'.repeat(24));
    expect(calls).toBe(2);
  });
});

describe('randomKey', () => {
  it('returns 32 hex digits, different each time', () => {
    const keys = Array.from({ length: 100 }, () => randomKey());
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(keys).size).toBe(100);
  });
});
