import { afterEach, describe, expect, test, vi } from 'vitest';
import { chatCompletionsModel } from '../../../src/backend/models/chatCompletionsModel.js';
import type { ModelLogEntry } from '../../../src/backend/models/server/ModelLogEntry.js';
import type { ModelServerOptions } from '../../../src/backend/models/server/ModelServerOptions.js';
import { responsesModel } from '../../../src/backend/models/responsesModel.js';
import { createRunHarness, getText } from '../createRunHarness.js';
import {
  chatCall,
  chatText,
  type FakeAnswer,
  type FakeRequest,
  responsesText,
  startFakeServer,
  WEATHER,
} from './fakeModelServer.js';
import {
  createEventStream,
  createMockFetch,
  createRecordingFetch,
  MODELS,
} from './modelServerHarness.js';

type Body = Record<string, unknown>;
interface ChatMessage {
  role: string;
  content: unknown;
  tool_calls?: { id: string }[];
  tool_call_id?: string;
}

const PICTURE = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

afterEach(() => {
  vi.useRealTimers();
});

function refuse(error: unknown, status = 400): FakeAnswer {
  return {
    status,
    body: typeof error === 'string' ? { error: { message: error } } : Object(error),
  };
}

/** Starts a server that refuses some requests and answers the others with a text. */
async function startStrictServer(
  getRefusal: (body: Body, request: FakeRequest) => FakeAnswer | undefined,
  options: Partial<ModelServerOptions> = {},
) {
  const server = await startFakeServer(
    (request) =>
      getRefusal(request.body, request) ?? {
        body: request.path.endsWith('/responses') ? responsesText('Fine.') : chatText('Fine.'),
      },
  );
  const log: ModelLogEntry[] = [];
  const settings: ModelServerOptions = {
    baseUrl: server.url,
    retry: { minDelayMs: 1 },
    log: (entry) => log.push(entry),
    ...options,
  };
  return { requests: server.requests, log, settings };
}

/** Sends messages one after another, each with a run. Returns the runs and the thread. */
async function converse(
  model: ReturnType<typeof chatCompletionsModel>,
  contents: unknown[],
  { assistant = {}, run = {} }: { assistant?: object; run?: object } = {},
) {
  const api = await createRunHarness({ model }, assistant);
  const thread = await api.createThread();
  const runs = [];
  for (const content of contents) {
    await api.json('POST', `/threads/${thread.id}/messages`, { role: 'user', content });
    const created = await api.createRun(thread.id, run);
    await api.backend.idle();
    runs.push(await api.getRun(created));
  }
  return { api, thread, runs, statuses: runs.map(({ status }) => status) };
}

const getMessages = (request: FakeRequest | undefined) =>
  (request?.body['messages'] ?? []) as ChatMessage[];

describe('a field that a server does not know', () => {
  const violation = (name: string) => ({
    type: 'extra_forbidden',
    loc: ['body', name],
    msg: 'Extra inputs are not permitted',
  });
  test.each<[string, (name: string) => FakeAnswer]>([
    ['detail list', (name) => refuse({ detail: [violation(name)] }, 422)],
    ['detail list as message', (name) => refuse({ message: { detail: [violation(name)] } }, 422)],
    ['JSON text as message', (name) => refuse(JSON.stringify({ detail: [violation(name)] }))],
    [
      'list of errors',
      (name) => ({
        status: 400,
        body: JSON.stringify([{ error: { message: `Unknown name "${name}"` } }]),
      }),
    ],
    ['errors', (name) => refuse({ errors: [{ message: `${name} is not allowed` }] }, 422)],
    ['param', (name) => refuse({ error: { message: 'Unsupported parameter', param: name } })],
    ['text', (name) => ({ status: 400, type: 'text/plain', body: `unknown field \`${name}\`` })],
    ['error as text', (name) => refuse({ error: `json: unknown field "${name}"` })],
    [
      'errors by field',
      (name) => refuse({ title: '', errors: { [name]: ['is not allowed'] } }, 422),
    ],
    [
      'source of an error',
      (name) => refuse({ errors: [{ detail: 'Invalid', source: { pointer: `/${name}` } }] }, 422),
    ],
    [
      'field of a detail',
      (name) => refuse({ error: { details: [{ field: name, message: 'No' }] } }),
    ],
    ['other notation', () => refuse('Unknown name "parallelToolCalls": Cannot find field.')],
    ['words', () => refuse('This model does not support parallel tool calls.')],
    ['a path', (name) => refuse(`body.${name}: Extra inputs are not permitted`, 422)],
    [
      'status 500',
      (name) => refuse(`generate() got an unexpected keyword argument '${name}'`, 500),
    ],
  ])('is left out from then on: %s', async (_, toAnswer) => {
    const name = 'parallel_tool_calls';
    const { requests, settings, log } = await startStrictServer((body) =>
      name in body ? toAnswer(name) : undefined,
    );
    const { statuses } = await converse(chatCompletionsModel(settings), ['One', 'Two'], {
      assistant: { tools: [WEATHER] },
      run: { parallel_tool_calls: false },
    });
    expect(statuses).toEqual(['completed', 'completed']);
    expect(requests.map(({ body }) => name in body)).toEqual([true, false, false]);
    expect(log).toMatchObject([{ event: 'modelAdjusted', change: `omits ${name}` }]);
  });

  test.each([
    ['stream_options', {}, {}],
    ['temperature', { temperature: 0.3 }, {}],
    ['top_p', { top_p: 0.3 }, {}],
    ['reasoning_effort', {}, { reasoning_effort: 'low' }],
    ['tool_choice', { tools: [WEATHER] }, { tool_choice: 'required' }],
  ])('is optional: %s', async (name, assistant, run) => {
    const { requests, settings } = await startStrictServer((body) =>
      name in body ? refuse(`Unsupported parameter: '${name}' is not supported.`) : undefined,
    );
    const { statuses } = await converse(chatCompletionsModel(settings), ['One', 'Two'], {
      assistant,
      run,
    });
    expect([statuses, requests.length]).toEqual([['completed', 'completed'], 3]);
  });

  test('is left out with all others that are optional if the server gives no reason', async () => {
    const { requests, settings, log } = await startStrictServer((body) =>
      'reasoning_effort' in body ? refuse('Request contains an invalid argument.') : undefined,
    );
    const run = { reasoning_effort: 'low', temperature: 0.3 };
    const { statuses } = await converse(chatCompletionsModel(settings), ['One', 'Two'], { run });
    expect(statuses).toEqual(['completed', 'completed']);
    expect(requests.at(-1)?.body).not.toHaveProperty('temperature');
    expect(log).toContainEqual(
      expect.objectContaining({ change: 'omits reasoning_effort, temperature' }),
    );
  });

  test('is left out for one value only if the server refuses the value', async () => {
    const { requests, settings } = await startStrictServer(({ temperature }) =>
      typeof temperature === 'number' && temperature > 1
        ? refuse("Invalid value for 'temperature': must be between 0 and 1.")
        : undefined,
    );
    const model = chatCompletionsModel(settings);
    await converse(model, ['One', 'Two'], { assistant: { temperature: 1.5 } });
    await converse(model, ['Three'], { assistant: { temperature: 0.5 } });
    expect(requests.map(({ body }) => body['temperature'])).toEqual([
      1.5,
      undefined,
      undefined,
      0.5,
    ]);
  });

  test('is left out if the server gives no reason, and is sent with each request', async () => {
    const { requests, settings } = await startStrictServer((body) =>
      'stream_options' in body || 'include' in body ? refuse('Bad Request') : undefined,
    );
    for (const createModel of [chatCompletionsModel, responsesModel]) {
      const { statuses } = await converse(createModel(settings), ['One', 'Two']);
      expect(statuses).toEqual(['completed', 'completed']);
    }
    expect(requests).toHaveLength(6);
  });

  test('is named in the keys of an issue', async () => {
    const issue = { code: 'unrecognized_keys', keys: ['parallel_tool_calls'], path: [] };
    const { requests, settings } = await startStrictServer((body) =>
      'parallel_tool_calls' in body
        ? refuse({ error: { issues: [{ ...issue, message: 'Unrecognized key in object' }] } })
        : undefined,
    );
    const { statuses } = await converse(chatCompletionsModel(settings), ['One'], {
      assistant: { tools: [WEATHER] },
      run: { parallel_tool_calls: false },
    });
    expect([statuses, requests.length]).toEqual([['completed'], 2]);
  });

  test('never offers functions to a model that must not call them', async () => {
    const { requests, settings } = await startStrictServer((body) =>
      'tool_choice' in body ? refuse('tool_choice is not supported') : undefined,
    );
    await converse(chatCompletionsModel(settings), ['One'], {
      assistant: { tools: [WEATHER] },
      run: { tool_choice: 'none' },
    });
    expect('tools' in (requests[1]?.body ?? {})).toBe(false);
  });

  test('fails the run with the words of the server if it is not optional', async () => {
    const { requests, settings } = await startStrictServer((body) =>
      'response_format' in body
        ? refuse('response_format is not supported by this model')
        : undefined,
    );
    const { runs } = await converse(chatCompletionsModel(settings), ['One'], {
      assistant: { response_format: { type: 'json_object' } },
    });
    expect(runs[0]?.last_error).toMatchObject({
      code: 'invalid_prompt',
      message: expect.stringContaining('response_format is not supported by this model'),
    });
    expect(requests).toHaveLength(1);
  });

  test.each(['include', 'store'])('is optional in responses: %s', async (name) => {
    const { requests, settings } = await startStrictServer((body) =>
      name in body ? refuse({ error: { message: 'Not supported', param: name } }) : undefined,
    );
    const { statuses } = await converse(responsesModel(settings), ['One', 'Two']);
    expect([statuses, requests.length]).toEqual([['completed', 'completed'], 3]);
  });

  test('is never sent if the options name it', async () => {
    const { requests, settings } = await startStrictServer(() => undefined, {
      compatibility: { omit: ['stream_options', 'temperature'], systemRole: false },
    });
    await converse(chatCompletionsModel(settings), ['One'], {
      assistant: { temperature: 0.2, instructions: 'Be kind.' },
    });
    expect(requests[0]?.body).toEqual({
      model: 'scripted',
      messages: [{ role: 'user', content: 'Be kind.\n\nOne' }],
      stream: true,
    });
  });
});

test('functions without parameters have an empty schema, which some servers require', async () => {
  const { requests, settings } = await startStrictServer((body) =>
    JSON.stringify(body).includes('"parameters":{') ? undefined : refuse('Field required', 422),
  );
  const tools = [{ type: 'function', function: { name: 'get_time' } }];
  await converse(chatCompletionsModel(settings), ['One'], { assistant: { tools } });
  expect(requests).toHaveLength(1);
});

describe('the roles of messages', () => {
  /** Refuses system messages, and roles that do not alternate from a user message on. */
  function checkRoles(body: Body): FakeAnswer | undefined {
    const roles = (body['messages'] as ChatMessage[]).map(({ role }) => role);
    const isAlternating = roles.every(
      (role, index) => role === 'tool' || role === (index % 2 === 0 ? 'user' : 'assistant'),
    );
    return isAlternating
      ? undefined
      : refuse('Conversation roles must alternate user/assistant/user/assistant/...', 500);
  }

  test('join consecutive user messages', async () => {
    const { requests, settings } = await startStrictServer(checkRoles);
    const api = await createRunHarness({ model: chatCompletionsModel(settings) });
    const thread = await api.createThread('One', 'Two');
    await api.createRun(thread.id);
    await api.backend.idle();
    expect(getMessages(requests[0])).toEqual([{ role: 'user', content: 'One\n\nTwo' }]);
  });

  test.each<[string, object[]]>([
    ['instructions', [{ role: 'user', content: 'Hello' }]],
    [
      'a greeting',
      [
        { role: 'assistant', content: 'Welcome!' },
        { role: 'user', content: 'Hello' },
      ],
    ],
    [
      'a message of the assistant at the end',
      [
        { role: 'user', content: 'Hello' },
        { role: 'assistant', content: 'Well' },
      ],
    ],
    ['no message', []],
  ])('are adjusted after one refusal: %s', async (_, messages) => {
    const { requests, settings } = await startStrictServer((body) => {
      const last = (body['messages'] as ChatMessage[]).at(-1);
      return last?.role === 'user'
        ? checkRoles(body)
        : refuse('The last message must be from the user');
    });
    const model = chatCompletionsModel(settings);
    const api = await createRunHarness({ model }, { instructions: 'Be kind.' });
    for (let count = 0; count < 2; count++) {
      const thread = await api.json<{ id: string }>('POST', '/threads', { messages });
      const run = await api.createRun(thread.id);
      await api.backend.idle();
      expect((await api.getRun(run)).status).toBe('completed');
    }
    expect(requests).toHaveLength(3);
    expect(JSON.stringify(getMessages(requests[1])[0])).toContain('Be kind.');
  });

  test('are adjusted after a run that failed', async () => {
    let isBroken = true;
    const { settings } = await startStrictServer((body) => {
      if (isBroken) return refuse('Out of memory', 507);
      return checkRoles(body);
    });
    const model = chatCompletionsModel({ ...settings, retry: { attempts: 0 } });
    const { api, thread, statuses } = await converse(model, ['One']);
    isBroken = false;
    await api.json('POST', `/threads/${thread.id}/messages`, { role: 'user', content: 'Two' });
    const run = await api.createRun(thread.id);
    await api.backend.idle();
    expect([...statuses, (await api.getRun(run)).status]).toEqual(['failed', 'completed']);
  });

  test('put the instructions first if only the system role is refused', async () => {
    const { requests, settings } = await startStrictServer((body) =>
      (body['messages'] as ChatMessage[])[0]?.role === 'system'
        ? refuse('System role not supported')
        : undefined,
    );
    await converse(chatCompletionsModel(settings), ['One', 'Two'], {
      assistant: { instructions: 'Be kind.' },
    });
    expect(requests).toHaveLength(3);
    expect(getMessages(requests[2])).toEqual([
      { role: 'user', content: 'Be kind.\n\nOne' },
      { role: 'assistant', content: 'Fine.' },
      { role: 'user', content: 'Two' },
    ]);
  });
});

describe('a prompt that is too long', () => {
  const getLength = (body: Body) => JSON.stringify(body['messages'] ?? body['input']).length;

  test.each([
    [
      'context_length_exceeded',
      { error: { code: 'context_length_exceeded', message: 'Too long' } },
      400,
    ],
    [
      'tokens in numbers',
      {
        error: {
          message:
            "This model's maximum context length is 400 tokens. However, your messages resulted in 900 tokens.",
        },
      },
      400,
    ],
    [
      'exceed_context_size_error',
      {
        error: {
          code: 400,
          type: 'exceed_context_size_error',
          message: 'the request exceeds the available context size',
        },
      },
      400,
    ],
    ['an entity that is too large', { message: 'Payload' }, 413],
    ['status 500', { error: 'the input length exceeds the context length' }, 500],
    ['a limit of the inputs', { error: '`inputs` tokens + `max_new_tokens` must be <= 4096' }, 422],
    ['a maximum sequence', { error: 'length of prompt_tokens must be less than max_seq_len' }, 500],
    ['fewer tokens', { error: '`inputs` must have less than 4096 tokens. Given: 9000' }, 500],
    ['another language', { error: '输入过长' }, 500],
    ['tokens over the limit', { message: 'Input token count is over the tokens limit' }, 400],
  ])('loses its oldest messages: %s', async (_, error, status) => {
    for (const createModel of [chatCompletionsModel, responsesModel]) {
      const { requests, settings } = await startStrictServer((body) =>
        getLength(body) > 1500 ? refuse(error, status) : undefined,
      );
      const texts = Array.from(
        { length: 12 },
        (_unused, index) => `Question ${index} ${'x'.repeat(150)}`,
      );
      const { statuses } = await converse(createModel(settings), texts);
      expect(statuses.filter((one) => one !== 'completed')).toEqual([]);
      for (const text of texts) expect(JSON.stringify(requests)).toContain(text);
      // Remembered, so that later runs do not pay for it.
      expect(requests.length).toBeLessThan(18);
    }
  });

  test('keeps what came since the last user message', async () => {
    const { requests, settings } = await startStrictServer((body, { index }) => {
      if (index === 0) return { body: chatCall() };
      return getLength(body) > 900
        ? refuse({ error: { code: 'context_length_exceeded' } })
        : undefined;
    });
    const model = chatCompletionsModel(settings);
    const api = await createRunHarness({ model }, { tools: [WEATHER] });
    const thread = await api.createThread(`Old ${'x'.repeat(600)}`, 'Weather?');
    const run = await api.createRun(thread.id);
    await api.backend.idle();
    const [call] = (await api.getRun(run)).required_action?.submit_tool_outputs.tool_calls ?? [];
    await api.submitToolOutputs(run, {
      tool_outputs: [{ tool_call_id: call?.id, output: `Rain ${'y'.repeat(300)}` }],
    });
    await api.backend.idle();
    expect((await api.getRun(run)).status).toBe('completed');
    const last = JSON.stringify(requests.at(-1)?.body);
    expect(last).not.toContain('Old ');
    for (const text of ['Weather?', 'get_weather', 'Rain y']) expect(last).toContain(text);
  });

  test('fails with the words of the server if the newest message is too long, and the next one works', async () => {
    const { settings } = await startStrictServer((body) =>
      getLength(body) > 400 ? refuse('Your prompt is too long.') : undefined,
    );
    const { runs, statuses } = await converse(chatCompletionsModel(settings), [
      'Short',
      'x'.repeat(1000),
      'Short again',
    ]);
    expect(statuses).toEqual(['completed', 'failed', 'completed']);
    expect(runs[1]?.last_error).toMatchObject({
      code: 'invalid_prompt',
      message: expect.stringContaining('Your prompt is too long.'),
    });
  });

  test('is not shortened if the run limits its messages itself', async () => {
    const { requests, settings } = await startStrictServer((body) =>
      getLength(body) > 1000 ? refuse('Your prompt is too long.') : undefined,
    );
    const texts = ['x'.repeat(300), 'y'.repeat(300), 'z'.repeat(500)];
    const { statuses } = await converse(chatCompletionsModel(settings), texts, {
      run: { truncation_strategy: { type: 'last_messages', last_messages: 9 } },
    });
    expect([statuses.at(-1), requests.length]).toEqual(['failed', 3]);
  });
});

describe('an image', () => {
  const hasImage = (body: Body) => /image_url"|input_image/.test(JSON.stringify(body));

  test.each(MODELS)(
    'is replaced by its name for a model without eyes: %s',
    async (_, createModel) => {
      for (const [message, status] of [
        ['This model does not support image input.', 400],
        ['messages.0.content must be a string', 400],
        ['unknown variant `image_url`, expected `text`', 400],
        ['1 validation error: multimodal content is not enabled', 400],
        ['image input is not supported - hint: provide the mmproj', 500],
        ['Vision is not implemented for this model', 501],
        ['Failed to process the image', 500],
        ["'list' object has no attribute 'strip'", 500],
        ['TypeError: content.trim is not a function', 500],
        ['json: cannot unmarshal array into Go struct field content', 500],
      ] as const) {
        const { requests, settings } = await startStrictServer((body) =>
          hasImage(body) ? refuse(message, status) : undefined,
        );
        const api = await createRunHarness({ model: createModel(settings) });
        const form = new FormData();
        form.set('purpose', 'vision');
        form.set('file', new File([PICTURE], 'tea.png'));
        const upload = await api.backend.fetch(
          new Request('http://localhost/v1/files', { method: 'POST', body: form }),
        );
        const { id } = (await upload.json()) as { id: string };
        const thread = await api.createThread();
        const contents = [
          [
            { type: 'text', text: 'Look' },
            { type: 'image_file', image_file: { file_id: id } },
          ],
          [{ type: 'image_url', image_url: { url: 'https://example.com/cup.png' } }],
          'And now?',
        ];
        for (const content of contents) {
          await api.json('POST', `/threads/${thread.id}/messages`, { role: 'user', content });
          const run = await api.createRun(thread.id);
          await api.backend.idle();
          expect((await api.getRun(run)).status).toBe('completed');
        }
        expect(requests).toHaveLength(4);
        expect(JSON.stringify(requests.at(-1)?.body)).toMatch(
          /\[Image: tea\.png\].*\[Image: https:\/\/example\.com\/cup\.png\]/,
        );
      }
    },
  );

  test('that cannot be fetched does not affect the others', async () => {
    const broken = 'https://example.com/gone.png';
    const { requests, settings } = await startStrictServer((body) =>
      JSON.stringify(body['messages']).includes(`"url":"${broken}"`)
        ? refuse(`Error while downloading ${broken}.`)
        : undefined,
    );
    const image = (url: string) => [{ type: 'image_url', image_url: { url } }];
    const { statuses } = await converse(chatCompletionsModel(settings), [
      image(broken),
      image('https://example.com/cup.png'),
    ]);
    expect([statuses, requests.length]).toEqual([['completed', 'completed'], 3]);
    expect(JSON.stringify(requests[2]?.body)).toContain('"url":"https://example.com/cup.png"');
  });

  test('is sent each time if the options say that images work', async () => {
    const { requests, settings } = await startStrictServer(
      (_body, { index }) => (index === 0 ? refuse('image not supported') : undefined),
      { compatibility: { images: true } },
    );
    const image = [{ type: 'image_url', image_url: { url: 'https://example.com/cup.png' } }];
    await converse(chatCompletionsModel(settings), [image, 'Two']);
    expect(hasImage(requests.at(-1)?.body ?? {})).toBe(true);
  });
});

describe('empty content', () => {
  /** Refuses messages without text. */
  function checkContent(body: Body): FakeAnswer | undefined {
    const isFilled = (body['messages'] as ChatMessage[]).every(
      ({ content }) => typeof content === 'string' && content.trim() !== '',
    );
    return isFilled ? undefined : refuse('messages: text content blocks must be non-empty');
  }

  test('is filled after one refusal: a blank message', async () => {
    const { requests, settings } = await startStrictServer(checkContent);
    const { statuses } = await converse(chatCompletionsModel(settings), ['   ', 'Two']);
    expect([statuses, requests.length]).toEqual([['completed', 'completed'], 3]);
  });

  test('is filled after one refusal: calls without text, and an empty output', async () => {
    const { requests, settings } = await startStrictServer((body, { index }) =>
      index === 0 ? { body: chatCall() } : checkContent(body),
    );
    const model = chatCompletionsModel(settings);
    const api = await createRunHarness({ model }, { tools: [WEATHER] });
    const run = await api.createRun((await api.createThread('Weather?')).id);
    await api.backend.idle();
    const [call] = (await api.getRun(run)).required_action?.submit_tool_outputs.tool_calls ?? [];
    await api.submitToolOutputs(run, { tool_outputs: [{ tool_call_id: call?.id, output: '' }] });
    await api.backend.idle();
    expect([(await api.getRun(run)).status, requests.length]).toEqual(['completed', 3]);
  });
});

describe('a refusal without a reason', () => {
  test('leads to a form that all servers accept, which is remembered', async () => {
    const { requests, settings } = await startStrictServer((body) =>
      (body['messages'] as ChatMessage[])[0]?.role === 'system' ? refuse('Bad request') : undefined,
    );
    const { statuses } = await converse(chatCompletionsModel(settings), ['One', 'Two'], {
      assistant: { instructions: 'Be kind.' },
    });
    expect([statuses, requests.length]).toEqual([['completed', 'completed'], 3]);
  });

  test.each([
    ['Bad request', 400],
    ['Unprocessable entity', 422],
    ['The prompt was filtered', 400],
    ['Your input was flagged for "violence"', 403],
    ['This model needs moderation', 403],
    ['Not acceptable', 406],
    ['Not available for legal reasons', 451],
  ])('never makes a thread useless: %s', async (message, status) => {
    const error =
      status === 400 && message.includes('filter')
        ? { error: { code: 'content_filter', message } }
        : message;
    const { settings } = await startStrictServer((body) =>
      JSON.stringify(body).includes('poison') ? refuse(error, status) : undefined,
    );
    const { runs, statuses } = await converse(chatCompletionsModel(settings), [
      'poison',
      'Two',
      'Three',
    ]);
    expect(statuses).toEqual(['failed', 'completed', 'completed']);
    expect(runs[0]?.last_error).toMatchObject({
      code: 'invalid_prompt',
      message: expect.stringContaining(message),
    });
  });
});

describe('a failure without a reason', () => {
  test.each<[string, FakeAnswer]>([
    ['status 500', refuse('Internal Server Error', 500)],
    ['an error in the stream', { body: 'data: {"error":{"message":"Failed"}}\n\n' }],
    ['a stream without an end', { body: 'data: {"choices":[]}\n\n' }],
  ])('does not make a thread useless: %s', async (_, answer) => {
    const { requests, settings, log } = await startStrictServer((body) =>
      JSON.stringify(body).includes('poison') ? answer : undefined,
    );
    const { runs, statuses } = await converse(chatCompletionsModel(settings), [
      'poison',
      'Two',
      'Three',
    ]);
    expect(statuses).toEqual(['failed', 'completed', 'completed']);
    expect(runs[0]?.last_error?.code).toBe('server_error');
    expect(log).toContainEqual(expect.objectContaining({ change: 'omits older messages' }));
    expect(getMessages(requests.at(-1))).toEqual([{ role: 'user', content: 'Three' }]);
  });

  test('is not answered with less of the prompt as long as it may pass', async () => {
    let isBroken = true;
    const { requests, settings } = await startStrictServer(() =>
      isBroken ? refuse('Internal Server Error', 500) : undefined,
    );
    const model = chatCompletionsModel({ ...settings, retry: { attempts: 0 } });
    const { api, thread, statuses } = await converse(model, ['One', 'Two']);
    // The second run has tried the newest message alone, too.
    expect([statuses, requests.length]).toEqual([['failed', 'failed'], 3]);
    isBroken = false;
    const run = await api.createRun(thread.id);
    await api.backend.idle();
    expect((await api.getRun(run)).status).toBe('completed');
    expect(getMessages(requests.at(-1))).toEqual([{ role: 'user', content: 'One\n\nTwo' }]);
  });
});

describe('a server that does not stream', () => {
  const whole = { choices: [{ index: 0, message: { content: 'Fine.' }, finish_reason: 'stop' }] };

  test.each([
    ['Tool calls cannot be streamed.', 400],
    ['SSE is not enabled for this deployment', 400],
    ['stream_not_supported', 422],
    ['Function calling is not available in streaming mode', 503],
  ])('is asked without streaming after: %s', async (message, status) => {
    const { requests, settings } = await startStrictServer((body) =>
      body['stream'] === true ? refuse(message, status) : { body: whole },
    );
    const { statuses } = await converse(chatCompletionsModel(settings), ['One']);
    expect([statuses, requests.length]).toEqual([['completed'], 2]);
  });

  test.each([
    ['with functions', [WEATHER], [true, false, false, true]],
    ['at all', [], [true, false, false, false]],
  ])('is asked without streaming: %s', async (_, tools, streamed) => {
    const { requests, settings } = await startStrictServer((body) => {
      if (body['stream'] !== true) return { body: whole };
      return tools.length === 0 || 'tools' in body
        ? refuse('Streaming is not supported with tools for this model')
        : undefined;
    });
    const model = chatCompletionsModel(settings);
    await converse(model, ['One', 'Two'], { assistant: { tools } });
    const { statuses } = await converse(model, ['Three']);
    expect(statuses).toEqual(['completed']);
    expect(requests.map(({ body }) => body['stream'])).toEqual(streamed);
  });
});

describe('a slow server', () => {
  test('is not asked again after a silence', async () => {
    vi.useFakeTimers();
    const { sent, fetch } = createRecordingFetch(
      (_url, init) =>
        new Promise((_resolve, reject) => {
          init.signal?.addEventListener('abort', () => reject(new Error('Aborted')));
        }),
    );
    const model = chatCompletionsModel({
      baseUrl: 'http://m.test',
      fetch,
      timeoutMs: 400_000,
      log: () => undefined,
    });
    const api = await createRunHarness({ model });
    const created = await api.createRun((await api.createThread('Hello')).id);
    await vi.advanceTimersByTimeAsync(399_000);
    expect((await api.getRun(created)).status).toBe('in_progress');
    await vi.advanceTimersByTimeAsync(1_000);
    expect((await api.getRun(created)).last_error?.message).toContain('no data for 400 s');
    expect(sent).toHaveLength(1);
  });

  test.each([
    ['Loading model', 503],
    ['The model is currently loading', 503],
    ['llm server loading model', 500],
    ['Model is warming up', 409],
  ])('is waited for while it loads its model: %s', async (message, status) => {
    vi.useFakeTimers();
    let isLoading = true;
    const { sent, fetch } = createMockFetch(() =>
      isLoading
        ? Response.json({ error: { code: status, message, type: 'unavailable_error' } }, { status })
        : createEventStream([
            { choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: 'stop' }] },
          ]),
    );
    const model = chatCompletionsModel({ baseUrl: 'http://m.test', fetch, log: () => undefined });
    const api = await createRunHarness({ model });
    const created = await api.createRun((await api.createThread('Hello')).id);
    await vi.advanceTimersByTimeAsync(90_000);
    expect(sent.length).toBeGreaterThan(10);
    isLoading = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await api.getRun(created)).status).toBe('completed');
  });

  test('is given up if the model does not load in time', async () => {
    vi.useFakeTimers();
    const { fetch } = createMockFetch(() =>
      Response.json({ error: { message: 'Loading model' } }, { status: 503 }),
    );
    const model = chatCompletionsModel({
      baseUrl: 'http://m.test',
      fetch,
      retry: { loadingMs: 20_000 },
      log: () => undefined,
    });
    const api = await createRunHarness({ model });
    const created = await api.createRun((await api.createThread('Hello')).id);
    await vi.advanceTimersByTimeAsync(30_000);
    expect((await api.getRun(created)).last_error).toMatchObject({
      code: 'server_error',
      message: expect.stringContaining('Loading model'),
    });
  });

  test('is named if the fetch of Node gives up first', async () => {
    const timeout = Object.assign(new Error('Headers Timeout Error'), {
      code: 'UND_ERR_HEADERS_TIMEOUT',
    });
    const { sent, fetch } = createMockFetch(() =>
      Promise.reject(new TypeError('fetch failed', { cause: timeout })),
    );
    const model = chatCompletionsModel({ baseUrl: 'http://m.test', fetch, log: () => undefined });
    const { runs } = await converse(model, ['Hello']);
    expect(runs[0]?.last_error?.message).toMatch(/300 s.*limit of fetch in Node/);
    expect(sent).toHaveLength(1);
  });
});

describe('a failure', () => {
  test.each<[string, FakeAnswer, string, RegExp]>([
    [
      'of the key',
      refuse(
        {
          error: {
            message: 'Incorrect API key provided: sk-v****6789. Find yours in the console.',
          },
        },
        401,
      ),
      'server_error',
      /Find yours in the console\. Check the API key/,
    ],
    [
      'of the model',
      refuse({ error: { message: "The model 'x' does not exist" } }, 404),
      'server_error',
      /The model 'x' does not exist\. Check the model name/,
    ],
    [
      'of the key with status 400',
      refuse('API key not valid. Please pass a valid API key.'),
      'server_error',
      /API key not valid/,
    ],
    ['of a page', { body: '<html>', type: 'text/html' }, 'server_error', /text\/html.*base URL/],
  ])('says what happened and what to do: %s', async (_, answer, code, message) => {
    const { settings, log, requests } = await startStrictServer(() => answer, {
      apiKey: 'sk-very-secret-0123456789',
    });
    const { runs } = await converse(chatCompletionsModel(settings), ['My secret question']);
    expect(runs[0]).toMatchObject({
      status: 'failed',
      last_error: { code, message: expect.stringMatching(message) },
    });
    expect(runs[0]?.last_error?.message).not.toMatch(/6789|sk-v/);
    expect(requests).toHaveLength(1);
    expect(log).toMatchObject([
      { event: 'modelFailed', server: settings.baseUrl, runId: runs[0]?.id },
    ]);
    expect(JSON.stringify(log)).not.toMatch(/sk-|6789|secret question/);
  });

  test.each([
    'gsk_0123456789abcdef',
    'AIzaSyA0123456789abcdefghijklmnopqrst',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
    '0123456789abcdef0123456789abcdef',
  ])('does not repeat the key of a router of models: %s', async (key) => {
    const { settings } = await startStrictServer(() =>
      refuse({ error: { message: `The provider rejected the key ${key}.` } }, 401),
    );
    const { runs } = await converse(chatCompletionsModel(settings), ['Hello']);
    expect(runs[0]?.last_error?.message).toContain('The provider rejected the key ***');
  });

  test('is logged with the id that the server gave the request', async () => {
    const { settings, log } = await startStrictServer(() => ({
      ...refuse('Broken', 418),
      headers: { 'x-request-id': 'req_42' },
    }));
    await converse(
      chatCompletionsModel({
        ...settings,
        baseUrl: settings.baseUrl.replace('//', '//user:pass@'),
        fetch: (url, init) => fetch(url.replace('user:pass@', ''), init),
      }),
      ['One'],
    );
    expect(log).toMatchObject([{ requestId: 'req_42', status: 418, server: settings.baseUrl }]);
  });

  test('to connect says what to do, without the address', async () => {
    const model = chatCompletionsModel({
      baseUrl: 'http://127.0.0.1:1/v1',
      retry: { attempts: 0 },
      log: () => undefined,
    });
    const { runs } = await converse(model, ['One']);
    expect(runs[0]?.last_error?.message).toMatch(
      /connection to the model server failed.*Check that it runs/,
    );
    expect(runs[0]?.last_error?.message).not.toContain('127.0.0.1');
  });
});

test('keeps a thread usable after each kind of failure', async () => {
  let answer: FakeAnswer | undefined;
  const { settings } = await startStrictServer(() => answer);
  const model = chatCompletionsModel({ ...settings, retry: { attempts: 0 } });
  const api = await createRunHarness({ model });
  const thread = await api.createThread();
  for (const failure of [
    refuse('x', 400),
    refuse('x', 401),
    refuse('x', 429),
    refuse('x', 500),
    { body: '' },
  ]) {
    for (const current of [failure, undefined]) {
      answer = current;
      await api.json('POST', `/threads/${thread.id}/messages`, { role: 'user', content: 'Hi' });
      const run = await api.createRun(thread.id);
      await api.backend.idle();
      expect((await api.getRun(run)).status).toBe(current === undefined ? 'completed' : 'failed');
    }
  }
  expect(getText((await api.messages(thread.id)).at(-1))).toBe('Fine.');
});
