import { describe, expect, test } from 'vitest';
import { createRunHarness } from '../createRunHarness.js';

const FUNCTION = { type: 'function', function: { name: 'get_weather' } };

describe('null for a field that is not set', () => {
  test.each<[string, string, object]>([
    ['createAssistant', '/assistants', { model: 'm', tools: null, metadata: null }],
    ['createThread', '/threads', { messages: null }],
    [
      'createThread',
      '/threads',
      { messages: [{ role: 'user', content: 'Hi', attachments: null }] },
    ],
    [
      'createRun',
      '/threads/THREAD/runs',
      { assistant_id: 'ASSISTANT', tools: null, parallel_tool_calls: null, stream: null },
    ],
    [
      'createThreadAndRun',
      '/threads/runs',
      { assistant_id: 'ASSISTANT', thread: null, tool_choice: null },
    ],
    [
      'createThreadAndRun',
      '/threads/runs',
      { assistant_id: 'ASSISTANT', thread: { messages: null } },
    ],
  ])('counts as absent: %s %s', async (_, path, body) => {
    const api = await createRunHarness({});
    const thread = await api.createThread('Hi');
    const text = JSON.stringify(body).replace('ASSISTANT', api.assistant.id);
    const response = await api.send(
      'POST',
      path.replace('THREAD', thread.id),
      JSON.parse(text) as object,
    );
    expect([response.status, await response.json()]).toEqual([200, expect.anything()]);
    await api.backend.idle();
  });

  test.each<[string, string, object]>([
    [
      'many functions',
      '/assistants',
      {
        model: 'm',
        tools: Array.from({ length: 128 }, (_, index) => ({
          type: 'function',
          function: { name: `f${index}`, description: null, parameters: null },
        })),
      },
    ],
    ['names with dots and brackets', '/threads', { metadata: { 'a.b': null, 'c[0]': null } }],
  ])('counts as absent everywhere: %s', async (_, path, body) => {
    const api = await createRunHarness({});
    const created = await api.json<object>('POST', path, body);
    expect(JSON.stringify(created)).not.toMatch(/"description":null,"parameters"|a\.b/);
  });

  test.each([
    ['/assistants', { model: null }, 'model'],
    ['/threads', { messages: [{ role: 'user', content: null }] }, 'content'],
  ])('is an error if the field is required: %s', async (path, body, param) => {
    const api = await createRunHarness({});
    const response = await api.send('POST', path, body);
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(param)]);
  });
});

describe('two functions of one name', () => {
  test.each([
    ['/assistants', { model: 'm' }],
    ['/assistants/ASSISTANT', {}],
    ['/threads/THREAD/runs', { assistant_id: 'ASSISTANT' }],
    ['/threads/runs', { assistant_id: 'ASSISTANT' }],
  ])('are refused: %s', async (path, body) => {
    const api = await createRunHarness({});
    const thread = await api.createThread('Hi');
    const fill = (text: string) =>
      text.replace('ASSISTANT', api.assistant.id).replace('THREAD', thread.id);
    const request = JSON.parse(
      fill(JSON.stringify({ ...body, tools: [FUNCTION, FUNCTION] })),
    ) as object;
    const response = await api.send('POST', fill(path), request);
    expect([response.status, await response.json()]).toMatchObject([
      400,
      {
        error: { param: 'tools[1].function.name', message: expect.stringContaining('get_weather') },
      },
    ]);
  });
});
