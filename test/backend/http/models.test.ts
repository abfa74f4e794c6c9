import { expect, it } from 'vitest';
import { chatCompletionsModel } from '../../../src/backend/models/chatCompletionsModel.js';
import { scriptedModel } from '../../../src/backend/models/scripted/scriptedModel.js';
import { createTestBackend, helloModel } from '../createTestBackend.js';

it('lists the model of the script', async () => {
  const { send } = createTestBackend({ model: scriptedModel() });
  const model = {
    id: 'scripted',
    object: 'model',
    created: 1_700_000_000,
    owned_by: 'assistants-react',
  };
  expect((await send('GET', '/v1/models')).body).toEqual({ object: 'list', data: [model] });
  expect((await send('GET', '/openai/models/scripted')).body).toEqual(model);
});

it('lists the configured name of a model server without a request', async () => {
  const model = chatCompletionsModel({
    baseUrl: 'http://models.test/v1',
    model: 'llama3.2',
    fetch: () => Promise.reject(new Error('No request expected.')),
  });
  const { send } = createTestBackend({ model });
  const { body } = await send('GET', '/v1/models');
  expect(body.data?.map(({ id }) => id)).toEqual(['llama3.2']);
});

it('lists the models of a model server, and finds names with slashes', async () => {
  const requests: [string, RequestInit][] = [];
  const model = chatCompletionsModel({
    baseUrl: 'http://models.test/v1/',
    apiKey: 'sk-models',
    fetch: async (url, init) => {
      requests.push([url, init]);
      return Response.json({ object: 'list', data: [{ id: 'meta/llama' }, { id: 7 }, null] });
    },
  });
  const { send } = createTestBackend({ model });
  const { body } = await send('GET', '/v1/models');
  expect(body.data?.map(({ id }) => id)).toEqual(['meta/llama']);
  expect(requests).toMatchObject([
    [
      'http://models.test/v1/models',
      { method: 'GET', headers: { authorization: 'Bearer sk-models' }, redirect: 'manual' },
    ],
  ]);
  expect((await send('GET', '/v1/models/meta%2Fllama')).body.id).toBe('meta/llama');
  expect((await send('GET', '/v1/models/meta/llama')).body.id).toBe('meta/llama');
});

it.each(['/v1/models/gpt-9', '/v1/models/%E0%A4%A', `/v1/models/${'x'.repeat(2_000)}`])(
  'answers an unknown model with 404: %s',
  async (path) => {
    const { status, body } = await createTestBackend().send('GET', path);
    expect(status).toBe(404);
    expect(body.error).toMatchObject({ code: 'model_not_found', param: 'model' });
  },
);

it('lists nothing for a model without names', async () => {
  const { send } = createTestBackend({ model: helloModel });
  expect((await send('GET', '/v1/models')).body).toEqual({ object: 'list', data: [] });
});

it.each([
  ['fails', async () => Response.json({ error: { message: 'Out of order' } }, { status: 500 })],
  ['cannot be reached', () => Promise.reject(new TypeError('fetch failed'))],
  ['redirects', async () => Response.redirect('http://other.test/', 302)],
])('answers with 502 if the model server %s', async (_, fetch) => {
  const model = chatCompletionsModel({ baseUrl: 'http://models.test/v1', fetch });
  const { status, body } = await createTestBackend({ model }).send('GET', '/v1/models');
  expect(status).toBe(502);
  expect(body.error?.message).toMatch(/^The models cannot be listed\. ./);
});

it('needs the API key', async () => {
  const { send } = createTestBackend({ apiKeys: ['sk-1'] });
  expect((await send('GET', '/v1/models')).status).toBe(401);
});
