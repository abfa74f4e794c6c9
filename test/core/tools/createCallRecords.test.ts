import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { parseCallRecord } from '../../../src/core/tools/CallRecord.js';
import { createCallRecords } from '../../../src/core/tools/createCallRecords.js';
import { createMemoryStorage } from './memoryBrowser.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const listNames = (storage: Storage) =>
  Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');

it('merges changes into a record that another tab can read', () => {
  const storage = createMemoryStorage();
  const records = createCallRecords(storage);
  records.write('a', { startedBy: 'page' });
  records.write('a', { output: 'done' });
  const expected = { at: Date.now(), startedBy: 'page', output: 'done' };
  expect(records.read('a')).toEqual(expected);
  expect(createCallRecords(storage).read('a')).toEqual(expected);
});

it('removes the data of a closed call', () => {
  const records = createCallRecords(createMemoryStorage());
  records.write('a', {
    draft: { text: 'Half' },
    denialDraft: 'No',
    output: 'done',
    startedBy: 'page',
  });
  records.close('a');
  expect(records.read('a')).toEqual({ at: Date.now(), isClosed: true });
});

it('keeps a record in memory if it is too large or the storage is full', () => {
  const storage = createMemoryStorage();
  const records = createCallRecords(storage);
  records.write('large', { output: 'x'.repeat(64_000) });
  expect(storage.length).toBe(0);
  expect(records.read('large')?.output).toHaveLength(64_000);

  storage.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  records.write('small', { output: 'x' });
  expect(records.read('small')?.output).toBe('x');
});

it('keeps records in memory without storage', () => {
  const records = createCallRecords(undefined);
  records.write('a', { output: 'done' });
  expect(records.read('a')?.output).toBe('done');
  expect(records.isShared).toBe(false);
});

it('stores at most 50 records, and none for longer than a day', () => {
  const storage = createMemoryStorage();
  storage.setItem('other', 'data of the app');
  const records = createCallRecords(storage);
  for (let index = 0; index < 60; index += 1) {
    records.write(`call ${index}`, { output: 'done' });
    vi.advanceTimersByTime(1);
  }
  expect(listNames(storage)).toHaveLength(51);
  expect(records.read('call 9')).toBeUndefined();
  expect(records.read('call 10')).toBeDefined();

  vi.advanceTimersByTime(25 * 60 * 60 * 1_000);
  records.write('next day', { output: 'done' });
  expect(listNames(storage)).toEqual(['other', 'assistants-react:call:next day']);
});

it.each([
  null,
  '',
  'no JSON',
  'null',
  '[]',
  '{}',
  '{"at":"now"}',
  '{"at":1,"draft":"text"}',
  '{"at":1,"draft":{"text":1}}',
  '{"at":1,"draft":{"text":"a","mode":1}}',
  '{"at":1,"denialDraft":{}}',
  '{"at":1,"startedBy":1}',
  '{"at":1,"output":{}}',
  '{"at":1,"isClosed":"yes"}',
])('ignores the stored text %j', (text) => {
  expect(parseCallRecord(text)).toBeUndefined();
  const storage = createMemoryStorage();
  if (text !== null) storage.setItem('assistants-react:call:a', text);
  expect(createCallRecords(storage).read('a')).toBeUndefined();
});
