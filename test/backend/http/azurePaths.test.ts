import { expect, it } from 'vitest';
import { createTestBackend } from '../createTestBackend.js';

it.each([
  ['?api-version=2023-12-01-preview', {}, 'v1'],
  ['?api-version=2024-02-15-preview', {}, 'v1'],
  ['?api-version=2024-05-01-preview', {}, 'v2'],
  ['?api-version=2025-04-01-preview', {}, 'v2'],
  ['?api-version=v1', {}, 'v2'],
  ['?api-version=preview', {}, 'v2'],
  ['?api-version=', {}, 'v2'],
  ['', {}, 'v2'],
  ['?api-version=2024-02-15-preview', { 'openai-beta': 'assistants=v2' }, 'v2'],
  ['?api-version=2024-05-01-preview', { 'openai-beta': 'assistants=v1' }, 'v1'],
])('reads the version from the query %j with the headers %j', async (query, headers, version) => {
  const { send } = createTestBackend();
  const { body } = await send('POST', `/openai/assistants${query}`, { model: 'm' }, headers);
  expect('file_ids' in body).toBe(version === 'v1');
  expect('tool_resources' in body).toBe(version === 'v2');
});

it.each([
  [undefined, '/v1'],
  [undefined, '/openai'],
  [undefined, '/openai/v1'],
  [undefined, ''],
  ['', '/openai/v1'],
  ['', ''],
  ['/openai', '/openai'],
  ['/openai/v1/chat', '/openai/v1/chat'],
  ['/api/v1', '/openai/v1'],
])('with the base path %j, serves the operations below %j', async (basePath, prefix) => {
  const { send } = createTestBackend(basePath === undefined ? {} : { basePath });
  expect((await send('GET', `${prefix}/assistants`)).status).toBe(200);
  expect((await send('GET', `${prefix}/nothing`)).status).toBe(404);
});

it('accepts the key of either header, and refuses a wrong one', async () => {
  const { send } = createTestBackend({ apiKeys: ['sk-1'] });
  const list = (headers: Record<string, string>) =>
    send('GET', '/openai/assistants?api-version=2024-02-15-preview', undefined, headers);
  expect((await list({ 'api-key': 'sk-1' })).status).toBe(200);
  expect((await list({ authorization: 'Bearer sk-1' })).status).toBe(200);
  expect((await list({ 'api-key': 'sk-2' })).status).toBe(401);
  expect((await list({})).status).toBe(401);
});
