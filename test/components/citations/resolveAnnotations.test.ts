import { expect, test } from 'vitest';
import {
  resolveAnnotations,
  removeCitationMarkers,
} from '../../../src/components/citations/resolveAnnotations.js';
import type { MessageAnnotation } from '../../../src/protocol/types.js';

const cite = (text: string, start: number, fileId = 'file-1'): MessageAnnotation => ({
  type: 'file_citation',
  text,
  start_index: start,
  end_index: start + text.length,
  file_citation: { file_id: fileId },
});

/** Returns the kind and the text of each passage. */
const getPassages = (value: string, annotations: MessageAnnotation[]): unknown =>
  resolveAnnotations(value, annotations).passages.map((passage) => [
    passage.kind,
    value.slice(passage.start, passage.end),
  ]);

test('uses an index in UTF-16 units', () => {
  const value = '😀 a【1】 b【1】';
  expect(
    resolveAnnotations(value, [cite('【1】', value.lastIndexOf('【'))]).passages[0]?.start,
  ).toBe(value.lastIndexOf('【'));
});

test('uses an index in code points', () => {
  const value = '😀😀 a【1】 b【1】';
  expect(
    resolveAnnotations(value, [cite('【1】', value.lastIndexOf('【') - 2)]).passages[0]?.start,
  ).toBe(value.lastIndexOf('【'));
});

test.each([-1, 1.5, Number.NaN, 1e9, 0])(
  'searches the text if the index is %s, which is wrong',
  (start) => {
    expect(getPassages('a【1】', [cite('【1】', start)])).toEqual([['citation', '【1】']]);
  },
);

test('assigns annotations with the same text to its occurrences in order', () => {
  const value = 'a【1】 b【1】';
  expect(
    resolveAnnotations(value, [cite('【1】', 99), cite('【1】', 99)]).passages.map(
      (passage) => passage.start,
    ),
  ).toEqual([1, 6]);
});

test('ignores an annotation whose text is not in the message', () => {
  expect(getPassages('a', [cite('【9】', 0), cite('', 0)])).toEqual([]);
});

test('keeps the first of two overlapping passages', () => {
  expect(getPassages('abcd', [cite('abc', 0), cite('bcd', 1)])).toEqual([['citation', 'abc']]);
});

test('numbers the sources in text order, with one number per file', () => {
  const value = 'x【b】 y【a】 z【c】';
  const { sources } = resolveAnnotations(value, [
    cite('【a】', 5, 'file-2'),
    cite('【b】', 1, 'file-1'),
    cite('【c】', 9, 'file-1'),
  ]);
  expect(sources.map((source) => [source.number, source.kind === 'file' && source.fileId])).toEqual(
    [
      [1, 'file-1'],
      [2, 'file-2'],
    ],
  );
});

test('hides a citation marker without an annotation', () => {
  expect(getPassages('a【4:0†source】b', [])).toEqual([['stray', '【4:0†source】']]);
  expect(getPassages('【注】', [])).toEqual([]);
});

test('hides an incomplete citation marker while the text is streaming', () => {
  expect(resolveAnnotations('a【4:0†so', [], true).passages).toEqual([
    { start: 1, end: 8, kind: 'stray' },
  ]);
  expect(resolveAnnotations('a【4:0†so', []).passages).toEqual([]);
});

test('ignores annotations with unknown types or missing fields', () => {
  // Later versions of the API and other servers may send these.
  const unknown = JSON.parse(
    '[{"type":"url_citation","text":"a"},{"type":"file_citation","text":"a"},{"type":"file_path"},{"type":"file_path","text":3}]',
  ) as MessageAnnotation[];
  expect(resolveAnnotations('a', unknown).passages).toEqual([]);
});

test('does not assign a passage to an annotation of an unknown type', () => {
  const unknown = JSON.parse('[{"type":"url_citation","text":"【1】"}]') as MessageAnnotation[];
  expect(getPassages('a【1】', [...unknown, cite('【1】', 99)])).toEqual([['citation', '【1】']]);
});

test('hides markers without an annotation before, between and after annotated ones', () => {
  const value = '【1†a】x【2†b】y【3†c】z【4†d】';
  expect(
    resolveAnnotations(value, [cite('【2†b】', 6), cite('【3†c】', 12)]).passages.map(
      ({ kind, start, end }) => [kind, value.slice(start, end)],
    ),
  ).toEqual([
    ['stray', '【1†a】'],
    ['citation', '【2†b】'],
    ['citation', '【3†c】'],
    ['stray', '【4†d】'],
  ]);
});

test('hides an incomplete marker only at the end of the text', () => {
  const value = '【4:0†b【1】c【5';
  expect(
    resolveAnnotations(value, [cite('【1】', 6)], true).passages.map(({ kind, start, end }) => [
      kind,
      value.slice(start, end),
    ]),
  ).toEqual([
    ['citation', '【1】'],
    ['stray', '【5'],
  ]);
});

test('removes citation markers from copied text', () => {
  expect(
    removeCitationMarkers('Yes【4:0†source】, and【5:1†source】.', [cite('【4:0†source】', 3)]),
  ).toBe('Yes, and.');
});

test('lists sources and files that the text has no marker for, in the order of their positions', () => {
  const write = { ...cite('', 9), type: 'file_path', file_path: { file_id: 'file-3' } };
  const page = { ...cite('', 1), type: 'url_citation', url_citation: { url: 'https://a.test/b' } };
  const annotations = [cite('', 5), page, write] as MessageAnnotation[];
  const { passages, sources, files } = resolveAnnotations('Some text', annotations);
  expect(passages).toEqual([]);
  expect(sources).toMatchObject([
    { number: 1, kind: 'page', name: 'a.test' },
    { number: 2, kind: 'file', fileId: 'file-1' },
  ]);
  expect(files).toEqual([{ fileId: 'file-3', path: '' }]);
});
