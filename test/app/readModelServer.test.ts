import { expect, it } from 'vitest';
import { readModelServer } from '../../app/server/readModelServer.js';

it('names no model server without MODEL_BASE_URL', () => {
  expect(readModelServer({})).toBeUndefined();
  expect(readModelServer({ MODEL: 'm', MODEL_API_KEY: 'k' })).toBeUndefined();
  expect(readModelServer({ MODEL_BASE_URL: '', MODEL: 'm' })).toBeUndefined();
});

it('needs no key, because servers on this machine have none', () => {
  const server = { MODEL_BASE_URL: 'http://127.0.0.1:11434/v1', MODEL: 'm' };
  const expected = { baseUrl: 'http://127.0.0.1:11434/v1', model: 'm' };
  expect(readModelServer(server)).toEqual(expected);
  expect(readModelServer({ ...server, MODEL_API_KEY: '' })).toEqual(expected);
  expect(readModelServer({ ...server, MODEL_API_KEY: 'k' })).toEqual({ ...expected, apiKey: 'k' });
});

it('does not fall back to the script if MODEL is missing', () => {
  expect(() => readModelServer({ MODEL_BASE_URL: 'http://127.0.0.1:11434/v1' })).toThrow(
    'Set MODEL to the name of a model',
  );
});
