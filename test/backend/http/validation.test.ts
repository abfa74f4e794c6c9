import { expect, it } from 'vitest';
import { createTestBackend, V1_HEADERS } from '../createTestBackend.js';

const assistant = (fields: object) => ['/v1/assistants', { model: 'm', ...fields }] as const;
const message = (fields: object) =>
  ['/v1/threads/THREAD/messages', { role: 'user', content: 'Hi', ...fields }] as const;
const run = (fields: object) =>
  ['/v1/threads/THREAD/runs', { assistant_id: 'asst_1', ...fields }] as const;
const tool = (name: string) => ({ type: 'function', function: { name } });

it.each<[readonly [string, unknown], string | null, string, string]>([
  [
    ['/v1/assistants', {}],
    'model',
    'missing_required_parameter',
    "Missing required parameter: 'model'.",
  ],
  [
    ['/v1/assistants', []],
    null,
    'invalid_type',
    'Invalid type for the request body: expected an object, but got an array instead.',
  ],
  [
    ['/v1/assistants', null],
    null,
    'invalid_type',
    'Invalid type for the request body: expected an object, but got null instead.',
  ],
  [
    assistant({ model: 3 }),
    'model',
    'invalid_type',
    "Invalid type for 'model': expected a string, but got an integer instead.",
  ],
  [
    assistant({ name: 1.5 }),
    'name',
    'invalid_type',
    "Invalid type for 'name': expected one of a string or null, but got a decimal instead.",
  ],
  [assistant({ nmae: 'x' }), 'nmae', 'unknown_parameter', "Unknown parameter: 'nmae'."],
  [
    assistant({ name: 'x'.repeat(257) }),
    'name',
    'string_above_max_length',
    "Invalid 'name': string too long. Expected a string with maximum length 256, but got a string with length 257 instead.",
  ],
  [
    assistant({ temperature: 2.5 }),
    'temperature',
    'decimal_above_max_value',
    "Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 2.5 instead.",
  ],
  [
    assistant({ top_p: -1 }),
    'top_p',
    'integer_below_min_value',
    "Invalid 'top_p': integer below minimum value. Expected a value >= 0, but got -1 instead.",
  ],
  [
    assistant({ reasoning_effort: 'huge' }),
    'reasoning_effort',
    'invalid_value',
    "Invalid value: 'huge'. Supported values are: 'none', 'minimal', 'low', 'medium', 'high', 'xhigh', and 'max'.",
  ],
  [
    assistant({ response_format: 'json' }),
    'response_format',
    'invalid_value',
    "Invalid value: 'json'. Supported values are: 'none' and 'auto'.",
  ],
  [
    assistant({ response_format: { type: 'json_schema' } }),
    'response_format.json_schema',
    'missing_required_parameter',
    "Missing required parameter: 'response_format.json_schema'.",
  ],
  [
    assistant({ tools: [tool('a'), { type: 'hammer' }] }),
    'tools[1].type',
    'invalid_value',
    "Invalid value: 'hammer'. Supported values are: 'code_interpreter', 'retrieval', 'file_search', and 'function'.",
  ],
  [
    assistant({ tools: [{ type: 'function' }] }),
    'tools[0].function',
    'missing_required_parameter',
    "Missing required parameter: 'tools[0].function'.",
  ],
  [
    assistant({ tools: [tool('a b')] }),
    'tools[0].function.name',
    'invalid_value',
    "Invalid 'tools[0].function.name': string does not match pattern. Expected a string that matches the pattern '^[A-Za-z0-9_-]{1,64}$'.",
  ],
  [
    assistant({ tools: ['function'] }),
    'tools[0]',
    'invalid_type',
    "Invalid type for 'tools[0]': expected an object, but got a string instead.",
  ],
  [
    assistant({ tools: Array.from({ length: 129 }, () => tool('a')) }),
    'tools',
    'array_above_max_length',
    "Invalid 'tools': array too long. Expected an array with maximum length 128, but got an array with length 129 instead.",
  ],
  [
    assistant({ metadata: { a: 1 } }),
    'metadata.a',
    'invalid_type',
    "Invalid type for 'metadata.a': expected a string, but got an integer instead.",
  ],
  [
    assistant({ metadata: { a: 'x'.repeat(513) } }),
    'metadata.a',
    'string_above_max_length',
    "Invalid 'metadata.a': string too long. Expected a string with maximum length 512, but got a string with length 513 instead.",
  ],
  [
    assistant({ metadata: { ['k'.repeat(65)]: '' } }),
    `metadata.${'k'.repeat(65)}`,
    'string_above_max_length',
    `Invalid 'metadata.${'k'.repeat(65)}': the name of the property is too long. Expected a name with maximum length 64.`,
  ],
  [
    assistant({
      metadata: Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`k${index}`, ''])),
    }),
    'metadata',
    'object_above_max_properties',
    "Invalid 'metadata': object has too many properties. Expected an object with maximum number of properties 16, but got an object with number of properties 17 instead.",
  ],
  [
    message({ role: 'system' }),
    'role',
    'invalid_value',
    "Invalid value: 'system'. Supported values are: 'user' and 'assistant'.",
  ],
  [
    message({ content: '' }),
    'content',
    'string_below_min_length',
    "Invalid 'content': string too short. Expected a string with minimum length 1, but got a string with length 0 instead.",
  ],
  [
    message({ content: [] }),
    'content',
    'array_below_min_length',
    "Invalid 'content': array too short. Expected an array with minimum length 1, but got an array with length 0 instead.",
  ],
  [
    message({ content: 7 }),
    'content',
    'invalid_type',
    "Invalid type for 'content': expected one of a string or an array, but got an integer instead.",
  ],
  [
    message({ content: [{ type: 'text', text: 3 }] }),
    'content[0].text',
    'invalid_type',
    "Invalid type for 'content[0].text': expected a string, but got an integer instead.",
  ],
  [
    message({ content: [{ type: 'sound' }] }),
    'content[0].type',
    'invalid_value',
    "Invalid value: 'sound'. Supported values are: 'image_file', 'image_url', and 'text'.",
  ],
  [
    message({ attachments: [{ file_id: 'file-1' }] }),
    'attachments[0].tools',
    'missing_required_parameter',
    "Missing required parameter: 'attachments[0].tools'.",
  ],
  [
    run({ max_prompt_tokens: 255 }),
    'max_prompt_tokens',
    'integer_below_min_value',
    "Invalid 'max_prompt_tokens': integer below minimum value. Expected a value >= 256, but got 255 instead.",
  ],
  [
    run({ additional_messages: [{ role: 'user' }] }),
    'additional_messages[0].content',
    'missing_required_parameter',
    "Missing required parameter: 'additional_messages[0].content'.",
  ],
  [
    [
      '/v1/threads',
      {
        messages: [
          { role: 'user', content: 'a' },
          { role: 'x', content: 'a' },
        ],
      },
    ],
    'messages[1].role',
    'invalid_value',
    "Invalid value: 'x'. Supported values are: 'user' and 'assistant'.",
  ],
])('rejects %j', async ([path, body], param, code, text) => {
  const { send, create } = createTestBackend();
  const thread = await create('/v1/threads');
  const { status, body: response } = await send('POST', path.replace('THREAD', thread), body);
  expect(response).toEqual({
    error: { message: text, type: 'invalid_request_error', param, code },
  });
  expect(status).toBe(400);
});

it('counts characters as code points', async () => {
  const { send } = createTestBackend();
  expect(
    (await send('POST', '/v1/assistants', { model: 'm', name: '👍'.repeat(256) })).status,
  ).toBe(200);
  const { status, body } = await send('POST', '/v1/assistants', {
    model: 'm',
    name: '👍'.repeat(257),
  });
  expect(status).toBe(400);
  expect(body.error?.message).toContain('but got a string with length 257 instead');
});

it('accepts a text of 256,000 characters and rejects a longer one', async () => {
  const { send, create } = createTestBackend();
  const thread = await create('/v1/threads');
  const post = (content: string) =>
    send('POST', `/v1/threads/${thread}/messages`, { role: 'user', content });
  expect((await post('a'.repeat(256_000))).status).toBe(200);
  expect((await post('a'.repeat(256_001))).status).toBe(400);
});

it('stores keys like __proto__ without interpreting them', async () => {
  const { backend, create } = createTestBackend();
  const metadata = '{"__proto__":"p","constructor":"c","hasOwnProperty":"h"}';
  const id = await create('/v1/threads', `{"metadata":${metadata}}`);
  const response = await backend.fetch(new Request(`http://backend.test/v1/threads/${id}`));
  expect(await response.text()).toContain(`"metadata":${metadata}`);
  expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('p');
});

it('rejects property names that are not valid Unicode', async () => {
  const { send } = createTestBackend();
  const { status, body } = await send(
    'POST',
    '/v1/threads',
    '{"metadata":{"\\ud800":"half a pair"}}',
  );
  expect(status).toBe(400);
  expect(body.error?.message).toContain('not valid Unicode');
});

it.each([
  ['/v1/assistants', { model: 'm', tools: [{ type: 'code_interpreter' }] }, 'tools[0].type'],
  [
    '/v1/threads/THREAD/messages',
    {
      role: 'user',
      content: 'a',
      attachments: [{ file_id: 'file-1', tools: [{ type: 'code_interpreter' }] }],
    },
    'attachments[0].tools[0].type',
  ],
  [
    '/v1/threads/THREAD/runs',
    { assistant_id: 'asst_1', tools: [{ type: 'code_interpreter' }] },
    'tools[0].type',
  ],
  [
    '/v1/threads/THREAD/runs',
    { assistant_id: 'asst_1', tool_choice: { type: 'code_interpreter' } },
    'tool_choice.type',
  ],
  [
    '/v1/threads',
    { tool_resources: { code_interpreter: { file_ids: ['file-1'] } } },
    'tool_resources.code_interpreter',
  ],
])('rejects the code interpreter at %s with %j', async (path, body, param) => {
  const { send, create } = createTestBackend();
  const thread = await create('/v1/threads');
  const { status, body: response } = await send('POST', path.replace('THREAD', thread), body);
  expect(status).toBe(400);
  expect(response.error).toMatchObject({ param, code: 'unsupported_tool' });
  expect(response.error?.message).toContain("'code_interpreter' is not available");
  expect(response.error?.message).toContain("unsupportedTools: 'ignore'");
});

it.each<[string, object, Record<string, string>, string, string]>([
  ['/v1/assistants', { model: 'm', file_ids: [] }, {}, 'file_ids', 'unknown_parameter'],
  [
    '/v1/assistants',
    { model: 'm', tool_resources: {} },
    V1_HEADERS,
    'tool_resources',
    'unknown_parameter',
  ],
  [
    '/v1/assistants',
    { model: 'm', temperature: 1 },
    V1_HEADERS,
    'temperature',
    'unknown_parameter',
  ],
  [
    '/v1/assistants',
    { model: 'm', tools: [{ type: 'retrieval' }] },
    {},
    'tools[0].type',
    'invalid_value',
  ],
  [
    '/v1/assistants',
    { model: 'm', tools: [{ type: 'file_search' }] },
    V1_HEADERS,
    'tools[0].type',
    'invalid_value',
  ],
  [
    '/v1/assistants',
    { model: 'm', tools: [{ type: 'function', function: { name: 'a', strict: true } }] },
    V1_HEADERS,
    'tools[0].function.strict',
    'unknown_parameter',
  ],
  [
    '/v1/threads',
    { messages: [{ role: 'user', content: 'a', file_ids: [] }] },
    {},
    'messages[0].file_ids',
    'unknown_parameter',
  ],
  [
    '/v1/threads',
    { messages: [{ role: 'user', content: 'a', attachments: [] }] },
    V1_HEADERS,
    'messages[0].attachments',
    'unknown_parameter',
  ],
  [
    '/v1/threads',
    { messages: [{ role: 'user', content: [{ type: 'text', text: 'a' }] }] },
    V1_HEADERS,
    'messages[0].content',
    'invalid_type',
  ],
  [
    '/v1/threads/runs',
    { assistant_id: 'asst_1', thread: { tool_resources: {} } },
    V1_HEADERS,
    'thread.tool_resources',
    'unknown_parameter',
  ],
  [
    '/v1/threads/runs',
    { assistant_id: 'asst_1', parallel_tool_calls: true },
    V1_HEADERS,
    'parallel_tool_calls',
    'unknown_parameter',
  ],
  [
    '/v1/threads/runs',
    { assistant_id: 'asst_1', tool_choice: 'required' },
    V1_HEADERS,
    'tool_choice',
    'invalid_value',
  ],
])('rejects what the version does not have at %s: %j', async (path, body, headers, param, code) => {
  const { status, body: response } = await createTestBackend().send('POST', path, body, headers);
  expect(response.error).toMatchObject({ param, code });
  expect(status).toBe(400);
});
