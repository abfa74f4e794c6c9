import { beforeEach, describe, expect, it } from 'vitest';
import { readSessionList, writeSessionList } from '../../src/common/sessionList.js';

const isNumber = (value: unknown) => typeof value === 'number';

beforeEach(() => {
  sessionStorage.clear();
});

describe('sessionList', () => {
  it('reads the list that was written', () => {
    writeSessionList('numbers', [1, 2]);
    expect(readSessionList('numbers', isNumber)).toEqual([1, 2]);
  });

  it('returns an empty list without an entry', () => {
    expect(readSessionList('numbers', isNumber)).toEqual([]);
    expect(sessionStorage).toHaveLength(0);
  });

  it('removes the entry of an empty list', () => {
    writeSessionList('numbers', [1]);
    writeSessionList('numbers', []);
    expect(sessionStorage).toHaveLength(0);
  });

  it.each(['', 'not JSON', '{"a":1}', 'null', '"text"', '[]', '["one"]'])(
    'removes the entry %j',
    (text) => {
      sessionStorage.setItem('numbers', text);
      expect(readSessionList('numbers', isNumber)).toEqual([]);
      expect(sessionStorage).toHaveLength(0);
    },
  );

  it('removes the items that the guard rejects', () => {
    sessionStorage.setItem('numbers', '[1,"two",null,3]');
    expect(readSessionList('numbers', isNumber)).toEqual([1, 3]);
    expect(sessionStorage.getItem('numbers')).toBe('[1,3]');
  });
});
