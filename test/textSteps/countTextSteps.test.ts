import { expect, it, test } from 'vitest';
import { countTextSteps } from './countTextSteps.js';

const count = (run: () => unknown): number => countTextSteps(run).steps;

test.each<[RegExp, string[]]>([
  [/a(b)?c/, ['xabc', 'ac', 'ab', '']],
  [/(?:^|,)(\d+)(?=px)/g, ['12px', '1,2px', '3em']],
  [/(?<!\\)\|/g, ['a\\|b|c', '|']],
  [/(?<=(\d)x)\w{2,3}/y, ['1xabc', 'abcd']],
  [/^([-*_])[ \t]*(?:\1[ \t]*){2,}$/, ['- - -', '***', '-*-']],
  [/[\p{P}\p{S}]+$/u, ['a😀+!', 'a']],
  [/<br\b[^>]*>/i, ['a<BR/>', '<broken>']],
  [/(?:[^"\\]|\\[^])*"/y, ['a\\"b"', 'a\\']],
  [/\s*(?:x{0,2}|y+)\s/, [' xxx ', 'yyyy ', 'z']],
])('matches %s like the engine', (regExp, texts) => {
  for (const text of texts) {
    regExp.lastIndex = 0;
    const expected = regExp.exec(text);
    const { lastIndex } = regExp;
    regExp.lastIndex = 0;
    const { result } = countTextSteps(() => regExp.exec(text));
    expect(result && [...result, result.index]).toEqual(expected && [...expected, expected.index]);
    expect(regExp.lastIndex).toBe(lastIndex);
  }
});

it('supports the methods of strings that take a regular expression', () => {
  const run = () => [
    'a1b22'.replace(/\d+/g, (digits) => `<${digits}>`),
    'a, b,c'.split(/,\s*/),
    Array.from('a1b22'.matchAll(/[a-z](\d+)/g), ([, digits]) => digits),
    'abc'.match(/b/)?.index,
    /b/.test('abc'),
  ];
  expect(countTextSteps(run).result).toEqual(run());
});

it('counts characters that methods of strings visit', () => {
  const text = 'a'.repeat(1_000);
  expect(count(() => text.indexOf('b'))).toBe(1_001);
  expect(count(() => text.indexOf('a', 5))).toBe(1);
  expect(count(() => text.startsWith('aaa', 7))).toBe(4);
  expect(count(() => ` ${text} `.trim())).toBe(3);
});

it('counts backtracking', () => {
  const growth = (regExp: RegExp): number => {
    const [short = 1, long = 0] = [100, 400].map((length) =>
      count(() => regExp.exec(`${'a'.repeat(length)}!`)),
    );
    return long / short;
  };
  expect(growth(/^a*$/)).toBeLessThan(5);
  expect(growth(/a*$/)).toBeGreaterThan(12);
});

it('counts only during the call', () => {
  const getExec = () => Object.getOwnPropertyDescriptor(RegExp.prototype, 'exec')?.value;
  const native = getExec();
  countTextSteps(() => /a/.test('a'));
  expect(() =>
    countTextSteps(() => {
      throw new Error('failed');
    }),
  ).toThrow('failed');
  expect(getExec()).toBe(native);
  expect(count(() => undefined)).toBe(0);
});
