import { expect, it } from 'vitest';
import { sliceCode } from '../../src/highlight/sliceCode.js';

const functions = Array.from(
  { length: 200 },
  (_, index) => `function number${index}() {\n  const a = 1;\n\n  return a + ${index};\n}\n\n`,
).join('');

it('does not split short code', () => {
  expect(sliceCode('const a = 1;\n')).toEqual(['const a = 1;\n']);
});

it('splits long code before lines that start a block', () => {
  const slices = sliceCode(functions);
  expect(slices.length).toBeGreaterThan(4);
  expect(slices.join('')).toBe(functions);
  expect(slices.every((slice) => slice.startsWith('function ') && slice.length <= 3_000)).toBe(
    true,
  );
});

it.each([
  'x'.repeat(20_000),
  'a\n'.repeat(10_000),
  '\n'.repeat(10_000),
  '  indented\n'.repeat(2_000),
])('limits the length of slices', (code) => {
  const slices = sliceCode(code);
  expect(slices.join('')).toBe(code);
  expect(Math.max(...slices.map(({ length }) => length))).toBeLessThanOrEqual(3_000);
});

it('keeps all slices but the last of code that has grown', () => {
  const before = sliceCode(functions.slice(0, 7_000));
  const after = sliceCode(functions.slice(0, 7_400));
  expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
});

it.each(['c', 'cpp', 'csharp'])('limits the work of a slice of %s, which is slow', (grammar) => {
  for (const code of [functions, '{('.repeat(9_000), 'a\n'.repeat(9_000)]) {
    const slices = sliceCode(code, grammar);
    expect(slices.join('')).toBe(code);
    expect(Math.max(...slices.map(({ length }) => length))).toBeLessThanOrEqual(1_000);
  }
});

it.each([undefined, 'c'])('moves at most one line of growing code to another slice', (grammar) => {
  const code = functions + 'const a = 1;\n'.repeat(500);
  const ends = (text: string) => {
    let end = 0;
    return sliceCode(text, grammar).map((slice) => {
      end += slice.length;
      return end;
    });
  };
  const final = ends(code);
  for (let end = 1; end < code.length; end += 17) {
    const before = ends(code.slice(0, end)).slice(0, -1);
    expect(final.slice(0, before.length)).toEqual(before);
  }
});
