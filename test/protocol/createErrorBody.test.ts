import { expect, it } from 'vitest';
import { createErrorBody } from '../../src/protocol/createErrorBody.js';

it('fills in all fields of the error', () => {
  expect(createErrorBody('No thread found.')).toEqual({
    error: { message: 'No thread found.', type: 'invalid_request_error', param: null, code: null },
  });
});

it('keeps the given details', () => {
  const details = { type: 'server_error', param: 'limit', code: 'invalid_value' };
  expect(createErrorBody('Invalid.', details)).toEqual({
    error: { message: 'Invalid.', ...details },
  });
});
