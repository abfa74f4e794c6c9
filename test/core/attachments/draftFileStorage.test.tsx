import { beforeEach, describe, expect, it } from 'vitest';
import { readDraftFiles, writeDraftFiles } from '../../../src/core/attachments/draftFileStorage.js';
import { createItem } from './fixtures.js';

const ENTRY = 'assistants-react:files:thread_1';
const file = { name: 'a.txt', size: 4, type: 'text/plain' };

beforeEach(() => {
  sessionStorage.clear();
});

describe('writeDraftFiles', () => {
  it('stores the properties of files', () => {
    const chosen = new File(['text'], 'b.txt', { type: 'text/plain' });
    writeDraftFiles('thread_1', [
      createItem('a'),
      createItem('b', { file: chosen, fileId: undefined }),
    ]);
    expect(readDraftFiles('thread_1')).toEqual([
      { file, fileId: 'file-a' },
      { file: { name: 'b.txt', size: 4, type: 'text/plain' } },
    ]);
  });

  it('removes the entry of a draft without files', () => {
    writeDraftFiles('thread_1', [createItem('a')]);
    writeDraftFiles('thread_1', []);
    expect(sessionStorage).toHaveLength(0);
  });
});

describe('readDraftFiles', () => {
  it('returns an empty list without an entry', () => {
    expect(readDraftFiles('thread_1')).toEqual([]);
  });

  it.each(['', 'not JSON', 'null', '{}', '"text"', '[', '7'])(
    'drops and removes the corrupt entry %j',
    (text) => {
      sessionStorage.setItem(ENTRY, text);
      expect(readDraftFiles('thread_1')).toEqual([]);
      expect(sessionStorage).toHaveLength(0);
    },
  );

  it.each([
    ['null', null],
    ['a string', 'a.txt'],
    ['no file', { fileId: 'file-a' }],
    ['a textual file', { file: 'a.txt' }],
    ['a file without a name', { file: { ...file, name: undefined } }],
    ['a file without a size', { file: { ...file, size: undefined } }],
    ['a textual size', { file: { ...file, size: '4' } }],
    ['a file without a type', { file: { ...file, type: null } }],
    ['a numeric file id', { file, fileId: 1 }],
  ])('drops and removes an item with %s', (_name, item) => {
    sessionStorage.setItem(ENTRY, JSON.stringify([item, { file }]));
    expect(readDraftFiles('thread_1')).toEqual([{ file }]);
    expect(sessionStorage.getItem(ENTRY)).toBe(JSON.stringify([{ file }]));
  });
});
