import { describe, expect, it } from 'vitest';
import { isRecord } from '../../src/common/isRecord.js';

describe('isRecord', () => {
  it.each([{}, { a: 1 }, new Date()])('accepts %j', (value) => {
    expect(isRecord(value)).toBe(true);
  });

  it.each([null, undefined, [], 'text', 0, false])('rejects %j', (value) => {
    expect(isRecord(value)).toBe(false);
  });
});
