import { expect, test } from 'vitest';
import { parseLenientJson } from '../../../src/backend/models/server/parseLenientJson.js';
import { countTextSteps } from '../../textSteps/countTextSteps.js';

test('repairs control characters and numbers that JSON does not have', () => {
  expect(parseLenientJson('{"a":"1\n2","b":NaN,"c":[-Infinity],"d":"NaN"}')).toEqual({
    a: '1\n2',
    b: null,
    c: [null],
    d: 'NaN',
  });
});

test('reads a text that was cut off in linear time', () => {
  const count = (length: number) =>
    countTextSteps(() => parseLenientJson(`{"a":"${'\\"'.repeat(length)}`)).steps;
  expect(count(2_000)).toBeLessThan(2.5 * count(1_000));
});
