import { describe, expect, test } from 'vitest';
import { chatCompletionsModel } from '../../../src/backend/models/chatCompletionsModel.js';
import { responsesModel } from '../../../src/backend/models/responsesModel.js';
import {
  calls,
  chatText,
  chunk,
  DONE,
  type FakeAnswer,
  startFakeServer,
  toStream,
  WEATHER,
} from './fakeModelServer.js';
import { MODELS, runModel } from './modelServerHarness.js';
import {
  CALLS_END,
  completed,
  END,
  event,
  type Frames,
  PARIS,
  piece,
  ROME,
  runOn,
} from './runOnServer.js';

const WEATHER_CALL = `get_weather(${PARIS})`;
const BOTH = [WEATHER_CALL, `get_weather(${ROME})`];
const first = { index: 0, id: 'a' };

/** Creates a stream with the arguments of one call in pieces. */
const pieces = (...args: unknown[]): Frames => [
  ...args.map((text, position) =>
    calls(
      position === 0 ? piece('get_weather', text, first) : piece(undefined, text, { index: 0 }),
    ),
  ),
  ...CALLS_END,
];
const message = (fields: object, finish_reason = 'tool_calls'): FakeAnswer => ({
  body: { choices: [{ index: 0, message: fields, finish_reason }] },
});
const inDelta = (fields: object): Frames => [chunk(fields), ...CALLS_END];

describe('arguments', () => {
  test.each<[string, FakeAnswer | Frames, string[]]>([
    ['two objects joined', pieces(PARIS + ROME), BOTH],
    ['two objects in pieces', pieces('', PARIS, ROME), BOTH],
    ['two objects, character by character', pieces(...(PARIS + ROME).split('')), BOTH],
    ['two objects with a comma', pieces(`${PARIS}, ${ROME}`), BOTH],
    [
      'two objects in a whole answer',
      message({ tool_calls: [piece('get_weather', PARIS + ROME)] }),
      BOTH,
    ],
    ['the same object joined', pieces(PARIS + PARIS), [WEATHER_CALL]],
    [
      'the same object with other spaces',
      pieces('{"city": "Paris"}', PARIS),
      ['get_weather({"city": "Paris"})'],
    ],
    ['a placeholder joined with the object', pieces(`{}${PARIS}`), [WEATHER_CALL]],
    ['two placeholders', pieces('{}', '{}'), ['get_weather({})']],
    ['text after the object', pieces(`${PARIS}\n</tool_call>`), [WEATHER_CALL]],
    ['text after the object, in pieces', pieces(PARIS, '\n``', '`'), [WEATHER_CALL]],
    ['another bracket after the object', pieces(`${PARIS}}`), [WEATHER_CALL]],
    ['text before the object', pieces(`Sure: ${PARIS}`), [WEATHER_CALL]],
    ['an object instead of text', pieces({ city: 'Paris' }), [WEATHER_CALL]],
    ['objects that grow', pieces({ city: 'Pa' }, { city: 'Paris' }), [WEATHER_CALL]],
    ['two objects instead of texts', pieces({ city: 'Paris' }, { city: 'Rome' }), BOTH],
    ['a list with one object', pieces([{ city: 'Paris' }]), [WEATHER_CALL]],
    ['white space', pieces(' \n'), ['get_weather({})']],
    ['each piece twice', pieces('{"city"', '{"city"', ':"Paris"}', ':"Paris"}'), [WEATHER_CALL]],
    [
      'all so far with other spaces',
      pieces('{"city": "Pa', PARIS),
      ['get_weather({"city": "Paris"})'],
    ],
    [
      'an object that contains its own beginning',
      pieces('{"city":', '{"city":1}}'),
      ['get_weather({"city":{"city":1}})'],
    ],
    [
      'line breaks that are not escaped',
      pieces('{"city":"Pa\nris"}'),
      ['get_weather({"city":"Pa\\nris"})'],
    ],
    [
      'brackets in texts',
      pieces('{"city":"}{"', `}${ROME}`),
      ['get_weather({"city":"}{"})', BOTH[1] ?? ''],
    ],
    // Models make such mistakes. The client tells them.
    ['text that is not JSON', pieces("{'city': 'Paris'}"), ["get_weather({'city': 'Paris'})"]],
    ['an object without an end', pieces('{"city":"Paris"'), ['get_weather({"city":"Paris")']],
  ])('are read: %s', async (_, answer, expected) => {
    const { run, calls: read } = await runOn(chatCompletionsModel, answer);
    expect([run.status, ...read]).toEqual(['requires_action', ...expected]);
  });

  test.each(MODELS)(
    'that are not JSON are sent back in an object: %s',
    async (path, createModel) => {
      const item = {
        type: 'function_call',
        call_id: 'a',
        name: 'get_weather',
        arguments: '{"city',
      };
      const isChat = path === '/chat/completions';
      const called = isChat
        ? toStream(...pieces('{"city'))
        : toStream(event('output_item.done', { output_index: 0, item }), completed());
      const answered = isChat ? chatText('Hi') : toStream(completed({ output_text: 'Hi' }));
      const server = await startFakeServer(({ index }) => ({
        body: index === 0 ? called : answered,
      }));
      const model = createModel({ baseUrl: server.url, log: () => undefined });
      const { submitOutputs } = await runModel(model, { assistant: { tools: [WEATHER] } });
      const { run } = await submitOutputs((call) => `Invalid arguments: ${call.arguments}`);
      expect(run.status).toBe('completed');
      const sent = JSON.stringify(server.requests[1]?.body);
      expect(sent).toContain(
        JSON.stringify(JSON.stringify({ invalid_arguments: '{"city' })).slice(1, -1),
      );
    },
  );
});

describe('calls are read', () => {
  const one = (more: object = {}) => piece('get_weather', PARIS, more);
  const other = (more: object = {}) => piece('get_weather', ROME, more);
  test.each<[string, FakeAnswer | Frames, string[]]>([
    ['from an object with indexes', inDelta({ tool_calls: { 0: one(), 1: other() } }), BOTH],
    [
      'from objects with indexes, in pieces',
      [
        chunk({ tool_calls: { 0: piece('get_weather', '{"city":', { id: 'a' }) } }),
        chunk({ tool_calls: { 1: other({ id: 'b' }) } }),
        ...inDelta({ tool_calls: { 0: piece(undefined, '"Paris"}') } }),
      ],
      BOTH,
    ],
    ['from an object with ids', inDelta({ tool_calls: { call_1: one(), call_2: other() } }), BOTH],
    ['from a list in a list', inDelta({ tool_calls: [[one(first)]] }), [WEATHER_CALL]],
    [
      'from a list with nothing in it',
      inDelta({ tool_calls: [null, one({ index: 1 })] }),
      [WEATHER_CALL],
    ],
    ['in another notation', inDelta({ toolCalls: [one(first)] }), [WEATHER_CALL]],
    [
      'with the index -1',
      [
        calls(one({ index: -1, id: 'a' })),
        ...inDelta({ tool_calls: [other({ index: -1, id: 'b' })] }),
      ],
      BOTH,
    ],
    [
      'with one index and other ids',
      [calls(one(first)), calls(one({ index: 0, id: 'b' })), ...CALLS_END],
      [WEATHER_CALL, WEATHER_CALL],
    ],
    [
      'with an id in the last fragment only',
      [
        calls(piece('get_weather', '{"city":', { index: 0 })),
        calls(piece(undefined, '"Paris"}', first)),
        ...CALLS_END,
      ],
      [WEATHER_CALL],
    ],
    [
      'with their type first',
      [calls({ ...first, type: 'function' }), calls(one({ index: 0 })), ...CALLS_END],
      [WEATHER_CALL],
    ],
    [
      'as a legacy call in pieces',
      [
        chunk({ function_call: { name: 'get_weather', arguments: '{"city":' } }),
        chunk({ function_call: { arguments: '"Paris"}' } }),
        chunk({}, 'function_call'),
        DONE,
      ],
      [WEATHER_CALL],
    ],
    [
      'as a legacy call with an object',
      message(
        { function_call: { name: 'get_weather', arguments: { city: 'Paris' } } },
        'function_call',
      ),
      [WEATHER_CALL],
    ],
    [
      'as a legacy call and a new one',
      inDelta({
        function_call: { name: 'get_weather', arguments: PARIS },
        tool_calls: [one(first)],
      }),
      [WEATHER_CALL],
    ],
    [
      'beside the delta, as a legacy call',
      [
        {
          choices: [
            { index: 0, delta: {}, function_call: { name: 'get_weather', arguments: PARIS } },
          ],
        },
        ...CALLS_END,
      ],
      [WEATHER_CALL],
    ],
    [
      'from the message after a text',
      [
        chunk({ content: 'Look' }),
        {
          choices: [
            {
              index: 0,
              message: { content: 'Look', tool_calls: [one()] },
              finish_reason: 'tool_calls',
            },
          ],
        },
        DONE,
      ],
      [WEATHER_CALL],
    ],
    [
      'from parts of the content',
      message(
        {
          content: [
            { type: 'text', text: 'Look' },
            { type: 'tool_use', id: 'a', name: 'get_weather', input: { city: 'Paris' } },
          ],
        },
        'tool_use',
      ),
      [WEATHER_CALL],
    ],
    [
      'with a name in another case',
      inDelta({ tool_calls: [piece('Get-Weather', PARIS, first)] }),
      [WEATHER_CALL],
    ],
    ['before a second end', [calls(one(first)), chunk({}, 'tool_calls'), ...END], [WEATHER_CALL]],
    [
      'with an end in each chunk',
      [one(first), other({ index: 1, id: 'b' })].map((call) =>
        chunk({ tool_calls: [call] }, 'stop'),
      ),
      BOTH,
    ],
  ])('%s', async (_, answer, expected) => {
    const { calls: read } = await runOn(chatCompletionsModel, answer);
    expect(read).toEqual(expected);
  });

  test.each(['tool_calls', 'function_call', 'tool_use'])(
    'and their loss fails the run: %s',
    async (reason) => {
      const { run } = await runOn(chatCompletionsModel, [
        chunk({ content: 'Let me look.' }, reason),
        DONE,
      ]);
      expect(run).toMatchObject({
        status: 'failed',
        last_error: { message: expect.stringContaining('announced a function call') },
      });
    },
  );

  const call = (more: object = {}) => ({
    type: 'function_call',
    id: 'f',
    call_id: 'c',
    name: 'get_weather',
    ...more,
  });
  const added = (item: object) => event('output_item.added', { output_index: 0, item });
  const done = (item: object, output_index: number | undefined = 0) =>
    event('output_item.done', { output_index, item });
  const args = (value: unknown) =>
    event('function_call_arguments.delta', { output_index: 0, item_id: 'f', delta: value });
  test.each<[string, Frames, string[]]>([
    [
      'with two objects joined',
      [added(call()), args(PARIS), args(ROME), done(call({ arguments: PARIS + ROME }))],
      BOTH,
    ],
    [
      'with text after the arguments',
      [done(call({ arguments: `${PARIS}\n` + '```' }))],
      [WEATHER_CALL],
    ],
    [
      'with an object after its text',
      [
        added(call()),
        args('{"city":'),
        args(' "Paris"}'),
        done(call({ arguments: { city: 'Paris' } })),
      ],
      ['get_weather({"city": "Paris"})'],
    ],
    ['with an object as delta', [added(call()), args({ city: 'Paris' })], [WEATHER_CALL]],
    [
      'with pieces that repeat all so far',
      [added(call()), args('{"ci'), args('{"city":"Pa'), args(PARIS)],
      [WEATHER_CALL],
    ],
    ['without arguments', [done(call({ name: 'get_time', arguments: null }))], ['get_time({})']],
    [
      'without their item',
      [
        event('function_call_arguments.done', {
          output_index: 0,
          name: 'get_weather',
          arguments: PARIS,
        }),
      ],
      [WEATHER_CALL],
    ],
    [
      'with one id',
      [done(call({ arguments: PARIS })), done(call({ id: 'g', arguments: ROME }), 1)],
      BOTH,
    ],
    [
      'with one index',
      [done(call({ arguments: PARIS })), done(call({ id: 'g', call_id: 'd', arguments: ROME }))],
      BOTH,
    ],
    [
      'with neither',
      [PARIS, ROME].map((text) =>
        done({ type: 'function_call', name: 'get_weather', arguments: text }, undefined),
      ),
      BOTH,
    ],
    [
      'as another type',
      [done({ type: 'tool_use', id: 'a', name: 'get_weather', input: { city: 'Paris' } })],
      [WEATHER_CALL],
    ],
    [
      'with a function',
      [done({ type: 'tool_call', id: 'a', function: { name: 'get_weather', arguments: PARIS } })],
      [WEATHER_CALL],
    ],
  ])('in a response: %s', async (_, answer, expected) => {
    const { calls: read } = await runOn(responsesModel, [...answer, completed()]);
    expect(read).toEqual(expected);
  });

  test('in a response: not if pieces of the arguments are lost', async () => {
    const { run } = await runOn(responsesModel, [
      added(call()),
      args('{"city":'),
      args('}'),
      done(call({ arguments: PARIS })),
      completed(),
    ]);
    expect(run).toMatchObject({
      status: 'failed',
      last_error: { message: expect.stringContaining('arguments') },
    });
  });
});
