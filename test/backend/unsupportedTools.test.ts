import { describe, expect, it } from 'vitest';
import type { BackendOptions } from '../../src/backend/BackendOptions.js';
import type { Model, ModelRequest } from '../../src/backend/models/Model.js';
import { createTestBackend, V1_HEADERS } from './createTestBackend.js';

const WEATHER = { type: 'function', function: { name: 'get_weather' } };
const CODE = { type: 'code_interpreter' };

function createHarness() {
  const requests: ModelRequest[] = [];
  const model: Model = {
    async *respond(request) {
      requests.push(request);
      if (requests.length === 1) yield { type: 'toolCall', id: 'call_1', name: 'get_weather' };
      else yield { type: 'text', text: 'Done' };
    },
  };
  return { ...createTestBackend({ model, unsupportedTools: 'ignore' }), requests };
}

describe("unsupportedTools: 'ignore'", () => {
  it('accepts the code interpreter, and never offers it to the model', async () => {
    const { send, create, backend, requests } = createHarness();
    const assistant = await send('POST', '/v1/assistants', { model: 'm', tools: [CODE, WEATHER] });
    expect(assistant).toMatchObject({ status: 200, body: { tools: [CODE, WEATHER] } });
    const thread = await create('/v1/threads', { messages: [{ role: 'user', content: 'Hi' }] });
    const { body: run } = await send('POST', `/v1/threads/${thread}/runs`, {
      assistant_id: assistant.body.id,
      tool_choice: CODE,
    });
    expect(run).toMatchObject({ tools: [CODE, WEATHER], tool_choice: CODE });
    await backend.idle();
    const path = `/v1/threads/${thread}/runs/${run.id}`;
    await send('POST', `${path}/submit_tool_outputs`, {
      tool_outputs: [{ tool_call_id: 'call_1', output: '{}' }],
    });
    await backend.idle();
    expect(requests.map(({ tools }) => tools)).toEqual([[WEATHER], [WEATHER]]);
    expect((await send('GET', path)).body['status']).toBe('completed');
    const steps = (await send('GET', `${path}/steps`)).body.data ?? [];
    expect(steps.map(({ type, metadata }) => ({ type, metadata }))).toEqual(
      ['message_creation', 'tool_calls'].map((type) => ({
        type,
        metadata: { notice: expect.stringContaining('code_interpreter') },
      })),
    );
  });

  it('accepts it in version 1, in attachments and in tool resources', async () => {
    const { send, create, upload } = createHarness();
    const v1 = await send('POST', '/v1/assistants', { model: 'm', tools: [CODE] }, V1_HEADERS);
    expect(v1).toMatchObject({ status: 200, body: { tools: [CODE] } });
    const file = await upload('a.csv', 'a,b', 'assistants');
    const resources = { code_interpreter: { file_ids: [file] } };
    for (const path of ['/v1/threads', '/v1/assistants']) {
      const body = { tool_resources: resources, ...(path === '/v1/threads' ? {} : { model: 'm' }) };
      expect((await send('POST', path, body)).body['tool_resources']).toEqual(resources);
    }
    const attachments = [{ file_id: file, tools: [CODE] }];
    const thread = await create('/v1/threads', {});
    const message = { role: 'user', content: 'Hi', attachments };
    const stored = await send('POST', `/v1/threads/${thread}/messages`, message);
    expect(stored.body['attachments']).toEqual(attachments);
    const missing = { tool_resources: { code_interpreter: { file_ids: ['file-none'] } } };
    expect((await send('POST', '/v1/threads', missing)).status).toBe(404);
  });

  it('adds no notice to runs without the tool', async () => {
    const { send, create, backend } = createHarness();
    const assistant = await create('/v1/assistants', { model: 'm', tools: [WEATHER] });
    const thread = await create('/v1/threads', { messages: [{ role: 'user', content: 'Hi' }] });
    const run = await create(`/v1/threads/${thread}/runs`, { assistant_id: assistant });
    await backend.idle();
    const steps = (await send('GET', `/v1/threads/${thread}/runs/${run}/steps`)).body.data;
    expect(steps?.map(({ metadata }) => metadata)).toEqual([{}]);
  });
});

it('refuses an unknown value of the option', () => {
  const options = { unsupportedTools: 'ignored' } as unknown as BackendOptions;
  expect(() => createTestBackend(options)).toThrow("must be 'refuse' or 'ignore'");
});
