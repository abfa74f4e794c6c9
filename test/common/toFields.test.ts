import { expect, it } from 'vitest';
import { toFields } from '../../src/common/toFields.js';

it('returns the fields of an object', () => {
  expect(toFields({ code: 'x', param: null })).toEqual({ code: 'x', param: null });
});

it.each([null, undefined, ['x'], 'text', 0])('returns no fields for %j', (value) => {
  expect(toFields(value)).toEqual({});
});
