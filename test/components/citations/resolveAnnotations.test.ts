import { expect, test } from 'vitest';
import {
  resolveAnnotations,
  removeAnnotationMarks,
} from '../../../src/components/citations/resolveAnnotations.js';
import type { MessageAnnotation } from '../../../src/protocol/types.js';

const cite = (text: string, start: number, fileId = 'file-1'): MessageAnnotation => ({
  type: 'file_citation',
  text,
  start_index: start,
  end_index: start + text.length,
  file_citation: { file_id: fileId },
});

const kinds = (value: string, annotations: MessageAnnotation[]): unknown =>
  resolveAnnotations(value, annotations).passages.map((passage) => [
    passage.kind,
    value.slice(passage.start, passage.end),
  ]);

test('believes an index in UTF-16 units', () => {
  const value = '😀 a【1】 b【1】';
  expect(
    resolveAnnotations(value, [cite('【1】', value.lastIndexOf('【'))]).passages[0]?.start,
  ).toBe(value.lastIndexOf('【'));
});

test('believes an index in code points', () => {
  const value = '😀😀 a【1】 b【1】';
  expect(
    resolveAnnotations(value, [cite('【1】', value.lastIndexOf('【') - 2)]).passages[0]?.start,
  ).toBe(value.lastIndexOf('【'));
});

test.each([-1, 1.5, Number.NaN, 1e9, 0])(
  'searches the text where the index %s is wrong',
  (start) => {
    expect(kinds('a【1】', [cite('【1】', start)])).toEqual([['citation', '【1】']]);
  },
);

test('finds repeated marks one after the other', () => {
  const value = 'a【1】 b【1】';
  expect(
    resolveAnnotations(value, [cite('【1】', 99), cite('【1】', 99)]).passages.map(
      (passage) => passage.start,
    ),
  ).toEqual([1, 6]);
});

test('an annotation whose text is not there is passed over', () => {
  expect(kinds('a', [cite('【9】', 0), cite('', 0)])).toEqual([]);
});

test('overlapping passages keep the first', () => {
  expect(kinds('abcd', [cite('abc', 0), cite('bcd', 1)])).toEqual([['citation', 'abc']]);
});

test('sources are numbered in the order of the text, one number a file', () => {
  const value = 'x【b】 y【a】 z【c】';
  const { sources } = resolveAnnotations(value, [
    cite('【a】', 5, 'file-2'),
    cite('【b】', 1, 'file-1'),
    cite('【c】', 9, 'file-1'),
  ]);
  expect(sources.map((source) => [source.number, source.fileId])).toEqual([
    [1, 'file-1'],
    [2, 'file-2'],
  ]);
});

test('a citation mark that nothing explains is not shown', () => {
  expect(kinds('a【4:0†source】b', [])).toEqual([['stray', '【4:0†source】']]);
  expect(kinds('【注】', [])).toEqual([]);
});

test('a citation mark that is half there is hidden while the text grows', () => {
  expect(resolveAnnotations('a【4:0†so', [], true).passages).toEqual([
    { start: 1, end: 8, kind: 'stray' },
  ]);
  expect(resolveAnnotations('a【4:0†so', []).passages).toEqual([]);
});

test('annotations of unknown types or shapes do no harm', () => {
  // What a later version, or a careless server, may send.
  const odd = JSON.parse(
    '[{"type":"url_citation","text":"a"},{"type":"file_citation","text":"a"},{"type":"file_path"},{"type":"file_path","text":3}]',
  ) as MessageAnnotation[];
  expect(resolveAnnotations('a', odd).passages).toEqual([]);
});

test('an annotation of an unknown type takes no passage from another', () => {
  const odd = JSON.parse('[{"type":"url_citation","text":"【1】"}]') as MessageAnnotation[];
  expect(kinds('a【1】', [...odd, cite('【1】', 99)])).toEqual([['citation', '【1】']]);
});

test('marks that nothing explains are hidden before, between and behind those that are explained', () => {
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

test('a mark that is half there is hidden at the end alone', () => {
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

test('copied text has no marks', () => {
  expect(
    removeAnnotationMarks('Yes【4:0†source】, and【5:1†source】.', [cite('【4:0†source】', 3)]),
  ).toBe('Yes, and.');
});
