import { expect, test } from 'vitest';
import { readTable } from '../../../src/backend/search/readTable.js';

const readRows = (csv: string, maxColumns = 10) =>
  Array.from(readTable(csv, maxColumns)).filter((row) => row !== undefined);
const readCells = (csv: string) => readRows(csv).map(({ cells }) => cells);

test.each<[string, string, string[][]]>([
  [
    'all line ends',
    'a,b\r\nc,d\re,f\ng,h',
    [
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
      ['g', 'h'],
    ],
  ],
  ['no blank rows', '\n a, b\n , \n\n\nc,', [[' a', ' b'], ['c']]],
  ['quoted delimiters and lines', '"a,b\n""c""",d', [['a,b\n"c"', 'd']]],
  ['text after a quoted cell', '"a" b,c', [['a b', 'c']]],
  ['a quotation mark inside of a cell', 'a "b", c', [['a "b"', ' c']]],
  ['a quotation mark that is not closed', 'a,"b,c\nd', [['a', 'b,c\nd']]],
  [
    'semicolons beside decimal commas',
    'a;b\n1,5;2,5',
    [
      ['a', 'b'],
      ['1,5', '2,5'],
    ],
  ],
  [
    'pipes',
    'a|b\nc,d|e',
    [
      ['a', 'b'],
      ['c,d', 'e'],
    ],
  ],
  ['a column without a delimiter', 'a\nb', [['a'], ['b']]],
  ['nothing', '', []],
])('reads %s', (_, csv, expected) => {
  expect(readCells(csv)).toEqual(expected);
});

test('cuts wide rows and says so', () => {
  expect(readRows('a,b,c\nd,e', 2)).toEqual([
    { cells: ['a', 'b'], isCut: true },
    { cells: ['d', 'e'], isCut: false },
  ]);
});

// A parser that reads the rest of the text for each cell, or a row again for each piece, would take minutes.
test.each([',', '"', '"",', '""",', '",', '\r', ' ,', ';|\t,'])(
  'reads a million cells made of %j with pauses',
  (text) => {
    const csv = text.repeat(1_000_000 / text.length);
    const yielded = Array.from(readTable(csv, 1_000));
    const pauses = yielded.filter((row) => row === undefined).length;
    // A quoted cell is read without a pause.
    expect(pauses).toBeGreaterThanOrEqual(text === '"' ? 1 : 14);
    expect(yielded.length - pauses).toBeLessThanOrEqual(1);
  },
);
