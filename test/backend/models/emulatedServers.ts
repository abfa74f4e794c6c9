import {
  calls,
  chunk,
  DONE,
  type FakeAnswer,
  type FakeRequest,
  toStream,
} from './fakeModelServer.js';

/** API of a model server. */
export type Api = 'chat' | 'responses';

/** Frames of an answer. */
type Frames = readonly (object | string)[];

/** Function call of an answer. */
export interface FakeCall {
  name: string;
  arguments: string;
}

/** Message of a chat request. */
interface SentMessage {
  role: string;
  content?: unknown;
  tool_calls?: { id: string; extra_content?: unknown }[];
  tool_call_id?: string;
}

/** Model server with its deviations. All members but the first two default to what OpenAI does. */
export interface EmulatedServer {
  name: string;
  /** Row of the table in docs/backend.md. */
  special: string;
  /** Creates the response to a request that fails. */
  refuse?: (message: string, status: number) => FakeAnswer;
  /** Returns the response to a request that the server does not accept. */
  check?: (request: FakeRequest, api: Api) => FakeAnswer | undefined;
  /** Frames before a text or calls. */
  getStart?: () => Frames;
  getText?: (text: string) => Frames;
  getCalls?: (made: readonly FakeCall[]) => Frames;
  /** Frames of an answer that is refused. Its run must be `completed` with a refusal, or `incomplete`. */
  getRefusal?: (text: string) => Frames;
  /** Frames of a failure after the first token. */
  getFailure?: (message: string) => Frames;
  /** Words of the server for a prompt that is too long. */
  overflow?: string;
}

const END = [chunk({}, 'stop'), DONE];

function listMessages({ body }: FakeRequest): SentMessage[] {
  return (body['messages'] ?? []) as SentMessage[];
}

const listCalls = (request: FakeRequest) =>
  listMessages(request).flatMap((message) => message.tool_calls ?? []);

const withCalls = (request: FakeRequest) =>
  listMessages(request).filter(({ tool_calls }) => (tool_calls ?? []).length > 0);

const hasImage = ({ body }: FakeRequest) => /"image_url"|"input_image"/.test(JSON.stringify(body));

const toCallEvents = (made: readonly FakeCall[], getId: (index: number) => string): Frames => [
  ...made.map(({ name, arguments: text }, index) =>
    calls({ index, id: getId(index), type: 'function', function: { name, arguments: text } }),
  ),
  chunk({}, 'tool_calls'),
  DONE,
];

const refuseWith =
  (toBody: (message: string, status: number) => object | string) =>
  (message: string, status: number): FakeAnswer => ({ status, body: toBody(message, status) });

/** Emulated servers, as the public reports about them describe them. */
export const emulatedServers: readonly EmulatedServer[] = [
  {
    name: 'OpenAI',
    special:
      'Refusals of their own. Encrypted reasoning of the Responses API is requested and sent back within a run.',
    getRefusal: (text) => [chunk({ refusal: text }), ...END],
  },
  {
    name: 'Azure OpenAI',
    special:
      'The first chunk has no choice. Filtered answers and prompts. Errors with `innererror`.',
    getStart: () => [{ choices: [], prompt_filter_results: [{ prompt_index: 0 }] }],
    getRefusal: () => [chunk({}, 'content_filter'), DONE],
    refuse: refuseWith((message, status) => ({
      error: { message, code: String(status), innererror: { code: 'Unknown' } },
    })),
  },
  {
    name: 'Gemini',
    special:
      '`thought_signature` of a call is sent back. Finish reasons such as `MAX_TOKENS` and `SAFETY`. Errors in a list.',
    refuse: refuseWith((message, code) =>
      JSON.stringify([{ error: { code, message, status: 'FAILED' } }]),
    ),
    check(request, api) {
      if (api !== 'chat') return undefined;
      const isSigned = withCalls(request).every(({ tool_calls: [first] = [] }) =>
        JSON.stringify(first?.extra_content ?? '').includes('"c2ln"'),
      );
      return isSigned
        ? undefined
        : {
            status: 400,
            body: JSON.stringify([{ error: { code: 400, message: 'thought_signature missing' } }]),
          };
    },
    getCalls: (made) => [
      ...made.map((one, index) =>
        calls({
          index,
          id: `function-call-${index}`,
          type: 'function',
          function: one,
          ...(index === 0 ? { extra_content: { google: { thought_signature: 'c2ln' } } } : {}),
        }),
      ),
      chunk({}, 'stop'),
      DONE,
    ],
    getRefusal: () => [chunk({}, 'SAFETY'), DONE],
    getFailure: (message) => [`[${JSON.stringify({ error: { code: 500, message } })}]`].map(toData),
  },
  {
    name: 'DeepSeek',
    special: '`reasoning_content` is sent back with the outputs of calls. Images are refused.',
    getStart: () => [chunk({ reasoning_content: 'Hm, ' }), chunk({ reasoning_content: 'well.' })],
    check: (request, api) => {
      if (hasImage(request))
        return refuseOpenAi('unknown variant `image_url`, expected `text`', 422);
      const isComplete = withCalls(request).every(
        (message) => 'reasoning_content' in message && message.reasoning_content === 'Hm, well.',
      );
      return api === 'chat' && !isComplete
        ? refuseOpenAi('Missing `reasoning_content` field', 400)
        : undefined;
    },
  },
  {
    name: 'Kimi',
    special:
      '`reasoning_content` is sent back. Ids of calls such as `functions.get_weather:0` are sent back unchanged.',
    getStart: () => [chunk({ reasoning_content: 'Hm.' })],
    getCalls: (made) =>
      toCallEvents(made, (index) => `functions.${made[index]?.name ?? ''}:${index}`),
    check: (request, api) =>
      api === 'responses' || listCalls(request).every(({ id }) => /^functions\.\w+:\d$/.test(id))
        ? undefined
        : refuseOpenAi('tool_call_id is not found', 400),
  },
  {
    name: 'Mistral',
    special:
      'Unknown fields get 422 with a `detail` list. Ids of calls have nine letters and digits. `model_length`. Reasoning in parts of the content.',
    getStart: () => [
      chunk({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] }] }),
    ],
    getText: (text) => [chunk({ content: [{ type: 'text', text }] }), ...END],
    getCalls: (made) => toCallEvents(made, () => 'null'),
    refuse: refuseWith((message) => ({ detail: [{ loc: ['body'], msg: message, type: 'value' }] })),
    check(request, api) {
      if ('stream_options' in request.body)
        return {
          status: 422,
          body: {
            detail: [
              { type: 'extra_forbidden', loc: ['body', 'stream_options'], msg: 'Extra inputs' },
            ],
          },
        };
      const hasValidIds = listCalls(request).every(({ id }) => /^[A-Za-z0-9]{9}$/.test(id));
      return api === 'chat' && !hasValidIds
        ? refuseOpenAi('Tool call id has to be a-z, A-Z, 0-9, with a length of 9', 400)
        : undefined;
    },
  },
  {
    name: 'vLLM',
    special:
      'Unknown fields get 400 or 422 in several shapes. Text-only models refuse images. Roles must alternate.',
    refuse: refuseWith((message, code) => ({ object: 'error', message, type: 'Error', code })),
    check(request, api) {
      if ('parallel_tool_calls' in request.body)
        return {
          status: 400,
          body: { message: "[{'loc': ('body', 'parallel_tool_calls'), 'msg': 'Extra inputs'}]" },
        };
      if (hasImage(request)) return refuseOpenAi('this model is not a multimodal model', 400);
      const roles = listMessages(request).map(({ role }) => role);
      const isRepeated = roles.some(
        (role, index) => role !== 'tool' && role === roles[index - 1] && index > 0,
      );
      return api === 'chat' && isRepeated
        ? refuseOpenAi('Conversation roles must alternate user/assistant/user/assistant/...', 400)
        : undefined;
    },
    overflow:
      "This model's maximum context length is 10 tokens. However, you requested 90 tokens in the messages.",
  },
  {
    name: 'llama.cpp',
    special:
      '503 while the model loads. `error: {…}` lines. The same id for every call. Errors of templates with status 500.',
    check: ({ index }) =>
      index === 0
        ? {
            status: 503,
            body: { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } },
          }
        : undefined,
    getCalls: (made) => toCallEvents(made, () => 'call_1'),
    getFailure: (message) => [`error: ${JSON.stringify({ code: 500, message })}\n\n`],
    overflow: 'the request exceeds the available context size. try increasing it',
  },
  {
    name: 'Ollama',
    special:
      'Reasoning in `<think>` tags. Whole calls in one chunk, without an index. Errors are texts.',
    getStart: () => [chunk({ content: '<thi' }), chunk({ content: 'nk>Hm.</think>\n\n' })],
    getCalls: (made) => [
      chunk({ tool_calls: made.map((one, index) => ({ id: `call_${index}`, function: one })) }),
      chunk({}, 'stop'),
      DONE,
    ],
    refuse: refuseWith((message) => ({ error: message })),
    getFailure: (message) => [{ error: message }],
  },
  {
    name: 'LM Studio',
    special: 'No streaming with tools. Errors as `event: error`. Images are refused.',
    check(request) {
      if (request.body['stream'] === true && request.body['tools'] !== undefined)
        return refuseOpenAi('Streaming is not supported when tools are provided', 400);
      return hasImage(request) ? refuseOpenAi('Model does not support images', 400) : undefined;
    },
    refuse: refuseWith((message) => ({ error: message })),
    getFailure: (message) => [
      `event: error\ndata: ${JSON.stringify({ error: { message }, message })}\n\n`,
    ],
  },
  {
    name: 'OpenRouter',
    special:
      'Comments while it waits. Errors in a choice, with the words of the provider in `metadata`. `reasoning_details` is sent back.',
    getStart: () => [
      ': OPENROUTER PROCESSING\n\n',
      chunk({ reasoning_details: [{ type: 'reasoning.text', index: 0, text: 'Hm.' }] }),
    ],
    refuse: refuseWith((message, code) => ({
      error: { message: 'Provider returned error', code, metadata: { raw: message } },
    })),
    check: (request, api) =>
      api === 'responses' ||
      withCalls(request).every((message) => JSON.stringify(message).includes('reasoning.text'))
        ? undefined
        : refuseOpenAi('reasoning_details are missing', 400),
    getFailure: (message) => [
      { choices: [{ index: 0, delta: {}, error: { code: 502, message }, finish_reason: 'error' }] },
    ],
  },
  {
    name: 'Groq',
    special: 'Reasoning in `reasoning`. `tool_use_failed`. Unknown properties are named in texts.',
    getStart: () => [chunk({ reasoning: 'Hm.' })],
    check: ({ body }) =>
      'stream_options' in body
        ? refuseOpenAi("property 'stream_options' is unsupported, did you mean 'stream'?", 400)
        : undefined,
    overflow: 'Please reduce the length of the messages or completion.',
  },
  {
    name: 'GLM',
    special:
      'Reasoning in `reasoning_content`. All arguments again in the last chunk. `sensitive` for filtered answers.',
    getStart: () => [chunk({ reasoning_content: 'Hm.' })],
    getCalls: (made) => [
      ...made.map((one, index) => calls({ index, id: `call_${index}`, function: one })),
      chunk(
        {
          tool_calls: made.map(({ arguments: text }, index) => ({
            index,
            id: null,
            function: { name: null, arguments: JSON.stringify(JSON.parse(text), null, 1) },
          })),
        },
        'tool_calls',
      ),
      DONE,
    ],
    getRefusal: () => [chunk({}, 'sensitive'), DONE],
    refuse: refuseWith((message) => ({ error: { code: '1234', message } })),
  },
  {
    name: 'Qwen',
    special:
      'Empty ids and names after the first fragment of a call. Errors with `code` and `message` only.',
    getStart: () => [chunk({ content: '', reasoning_content: 'Hm.' })],
    getCalls: (made) => [
      ...made.flatMap(({ name, arguments: text }, index) => [
        calls({ index, id: `call_${index}`, function: { name, arguments: '' } }),
        calls({ index, id: '', function: { name: '', arguments: text } }),
      ]),
      chunk({ content: '', tool_calls: null }, 'tool_calls'),
      { choices: [], usage: { prompt_tokens: 1, completion_tokens: 1 } },
      DONE,
    ],
    refuse: refuseWith((message) => ({ code: 'Failure', message, request_id: '1' })),
    getFailure: (message) => [{ code: 'Failure', message, request_id: '1' }],
    overflow: '<400> Range of input length should be [1, 1000]: the input length exceeds it',
  },
  {
    name: 'LiteLLM',
    special: '`thinking_blocks` are sent back. Errors with the class of the error.',
    getStart: () => [
      chunk({
        reasoning_content: 'Hm.',
        thinking_blocks: [{ type: 'thinking', thinking: 'Hm.', signature: 'c2ln' }],
      }),
    ],
    check: (request, api) =>
      api === 'responses' ||
      withCalls(request).every((message) => JSON.stringify(message).includes('"c2ln"'))
        ? undefined
        : refuseOpenAi('litellm.BadRequestError: Expected `thinking`, but found `tool_use`', 400),
    refuse: refuseWith((message, status) => ({
      error: { message: `litellm.APIError: ${message}`, type: null, code: String(status) },
    })),
  },
  {
    name: 'Bedrock gateways',
    special:
      'The arguments of parallel calls as one call. `guardrail_intervened`. Errors with `detail` or `__type`.',
    getCalls: (made) => [
      calls({ index: 0, id: 'tooluse_1', function: { name: made[0]?.name, arguments: '' } }),
      ...made.map(({ arguments: text }) =>
        calls({ index: 0, function: { name: '', arguments: text } }),
      ),
      chunk({}, 'tool_use'),
      DONE,
    ],
    getRefusal: () => [chunk({}, 'guardrail_intervened'), DONE],
    refuse: refuseWith((detail) => ({ detail })),
    getFailure: (message) => [{ __type: 'ModelStreamErrorException', message }],
  },
  {
    name: 'gateways with envelopes',
    special: 'Each answer, event and error is wrapped, such as `{code, message, data}`.',
    getStart: () => [wrap(chunk({ role: 'assistant', content: '' }))],
    getText: (text) => [wrap(chunk({ content: text })), wrap(chunk({}, 'stop')), DONE],
    getCalls: (made) => [
      wrap(calls(...made.map((one, index) => ({ index, id: `call_${index}`, function: one })))),
      wrap(chunk({}, 'tool_calls')),
      DONE,
    ],
    refuse: refuseWith((message, code) => ({ code, message, data: null })),
    getFailure: (message) => [{ code: 500, message: 'failed', data: { error: { message } } }],
  },
];

const wrap = (data: object): object => ({ code: 0, message: 'success', data });

function toData(text: string): string {
  return `data: ${text}\n\n`;
}

function refuseOpenAi(message: string, status: number): FakeAnswer {
  return { status, body: { error: { message, type: 'invalid_request_error' } } };
}

/** Encodes an answer of a server, which the API of the request does not show yet. */
export interface Encoder {
  text(text: string): string;
  /** Text before calls. */
  calls(made: readonly FakeCall[], text?: string): string;
  refusal(text: string): string;
  /** A failure after some text. */
  failure(message: string): string;
  empty(): string;
  /** The beginning of a text. */
  open(text: string): string;
}

/** Creates the encoder of a server for chat completions. */
export function createChatEncoder(server: EmulatedServer): Encoder {
  const start = server.getStart?.() ?? [chunk({ role: 'assistant', content: '' })];
  const getText = server.getText ?? ((text: string) => [chunk({ content: text }), ...END]);
  const getCalls =
    server.getCalls ?? ((made: readonly FakeCall[]) => toCallEvents(made, (index) => `c${index}`));
  const getFailure = server.getFailure ?? ((message: string) => [{ error: { message } }]);
  return {
    text: (text) => toStream(...start, ...getText(text)),
    calls: (made, text) =>
      toStream(
        ...start,
        ...(text === undefined ? [] : [chunk({ content: text })]),
        ...getCalls(made),
      ),
    refusal: (text) =>
      toStream(...(server.getRefusal?.(text) ?? [chunk({ refusal: text }), ...END])),
    failure: (message) => toStream(...start, chunk({ content: 'Half a ' }), ...getFailure(message)),
    empty: () => toStream(...start, ...END),
    open: (text) => toStream(...start, chunk({ content: text })),
  };
}

/** Creates the encoder for the Responses API. The servers that have it agree on its events. */
export function createResponsesEncoder(): Encoder {
  const delta = (text: string) => ({
    type: 'response.output_text.delta',
    output_index: 1,
    content_index: 0,
    delta: text,
  });
  const reasoning = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'gAAA' };
  const start = [
    { type: 'response.created', response: { status: 'in_progress' } },
    { type: 'response.output_item.done', output_index: 0, item: reasoning },
  ];
  const completed = { type: 'response.completed', response: { status: 'completed', output: [] } };
  const toItem = ({ name, arguments: text }: FakeCall, index: number) => ({
    type: 'response.output_item.done',
    output_index: index + 2,
    item: {
      type: 'function_call',
      id: `fc_${index}`,
      call_id: `call_${index}`,
      name,
      arguments: text,
    },
  });
  return {
    text: (text) => toStream(...start, delta(text), completed),
    calls: (made, text) =>
      toStream(
        ...start,
        ...(text === undefined ? [] : [delta(text)]),
        ...made.map(toItem),
        completed,
      ),
    refusal: (text) =>
      toStream(
        { type: 'response.refusal.delta', output_index: 1, content_index: 0, delta: text },
        completed,
      ),
    failure: (message) =>
      toStream(...start, delta('Half a '), {
        type: 'response.failed',
        response: { status: 'failed', error: { code: 'server_error', message } },
      }),
    empty: () => toStream(...start, completed),
    open: (text) => toStream(...start, delta(text)),
  };
}
