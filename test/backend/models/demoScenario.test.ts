import { describe, expect, test } from 'vitest';
import type { ModelMessage } from '../../../src/backend/models/Model.js';
import { scriptedModel } from '../../../src/backend/models/scripted/scriptedModel.js';
import type { AssistantTool, FileObject } from '../../../src/protocol/types.js';
import { collect } from '../createRunHarness.js';
import { createModelRequest, joinText } from './createModelRequest.js';

const GET_WEATHER: AssistantTool = {
  type: 'function',
  function: {
    name: 'get_weather',
    parameters: { type: 'object', properties: { location: { type: 'string' } } },
  },
};

const ask = (...request: Parameters<typeof createModelRequest>) =>
  collect(scriptedModel().respond(createModelRequest(...request)));

/** Returns the function calls of an answer with parsed arguments. */
async function getCalls(question: string) {
  const events = await ask(question, [], { tools: [GET_WEATHER] });
  const calls: { name: string; text: string }[] = [];
  for (const event of events) {
    if (event.type === 'toolCall') calls.push({ name: event.name, text: '' });
    const last = calls.at(-1);
    if (event.type === 'arguments' && last) last.text += event.text;
  }
  return calls.map(({ name, text }): unknown => [name, JSON.parse(text)]);
}

describe('weather', () => {
  test.each([
    ['What is the weather in Paris?', ['Paris']],
    ['weather in Paris and Tokyo', ['Paris', 'Tokyo']],
    [
      'How is the weather in São Paulo, New York and Köln today?',
      ['São Paulo', 'New York', 'Köln'],
    ],
    ['What is the weather like?', ['Paris']],
  ])('%s', async (question, places) => {
    expect(await getCalls(question)).toEqual(
      places.map((location) => ['get_weather', { location }]),
    );
  });

  test('is not invented if the assistant has no weather function', async () => {
    const events = await ask('What is the weather in Paris?');

    expect(events.map(({ type }) => type)).not.toContain('toolCall');
    expect(joinText(events)).toMatch(/no weather function/);
  });

  const createOutputs = (...outputs: [place: string, output: string][]): ModelMessage[] => [
    {
      role: 'tool-calls',
      calls: outputs.map(([place], index) => ({
        id: `call_${index}`,
        name: 'get_weather',
        arguments: JSON.stringify({ location: place }),
      })),
    },
    {
      role: 'tool-outputs',
      outputs: outputs.map(([, output], index) => ({ callId: `call_${index}`, output })),
    },
  ];

  test('is derived from an output of any shape', async () => {
    const json = joinText(
      await ask('weather in Paris', createOutputs(['Paris', '{"temperature":21,"sky":"clear"}'])),
    );
    const text = joinText(await ask('weather in Paris', createOutputs(['Paris', 'warm and dry'])));

    expect(json).toContain('**Paris**');
    expect(json).toContain('- temperature: **21**\n- sky: **clear**');
    expect(text).toContain('> warm and dry');
  });

  test('of several places is a table with escaped cells', async () => {
    const answer = joinText(
      await ask('weather', createOutputs(['Paris', '{"sky":"a|b\\nc"}'], ['Tokyo', 'wet'])),
    );

    expect(answer).toContain('| Paris | sky a\\|b c |\n| Tokyo | wet |');
  });

  test('is formatted if the arguments are not JSON', async () => {
    const broken: ModelMessage[] = [
      { role: 'tool-calls', calls: [{ id: 'call_a', name: 'get_weather', arguments: '{"loc' }] },
      { role: 'tool-outputs', outputs: [{ callId: 'call_a', output: 'null' }] },
    ];

    expect(joinText(await ask('weather', broken))).toContain('that place');
  });
});

describe('failures on request', () => {
  test.each([
    ['Please fail', 'server_error'],
    ['hit the rate limit', 'rate_limit_exceeded'],
    ['send an invalid prompt', 'invalid_prompt'],
  ])('%s', async (question, code) => {
    await expect(ask(question)).rejects.toMatchObject({ code });
  });

  test('Please refuse', async () => {
    expect((await ask('Please refuse')).map(({ type }) => type)).toContain('refusal');
  });
});

describe('sources and files', () => {
  test('cites a file of the assistant with its first line', async () => {
    const file: FileObject = {
      id: 'file-a',
      object: 'file',
      bytes: 10,
      created_at: 1,
      filename: 'handbook.md',
      purpose: 'assistants',
    };
    const events = await ask('Name your sources', [], { files: [file] });

    expect(joinText(events)).toContain('The first line of file-a');
    expect(events.find((event) => event.type === 'annotation')?.annotation).toMatchObject({
      type: 'file_citation',
      file_citation: { file_id: 'file-a', quote: 'The first line of file-a' },
    });
  });

  test('creates and cites a file if there is none', async () => {
    const events = await ask('Name your sources');

    const file = events.find((event) => event.type === 'file');
    const annotations = events.flatMap((event) =>
      event.type === 'annotation' ? [event.annotation] : [],
    );
    expect(annotations).toMatchObject([
      { type: 'file_path', file_path: { file_id: file?.id } },
      { type: 'file_citation', file_citation: { file_id: file?.id } },
    ]);
  });

  test('creates a file on request', async () => {
    const events = await ask('Make me a file');

    expect(events.find((event) => event.type === 'file')?.filename).toBe('teas.csv');
  });
});

describe('conversation', () => {
  test('remembers the name of the user', async () => {
    expect(
      joinText(
        await ask('What is my name?', [], { before: ['Hi, my name is Ada', 'Tell me more'] }),
      ),
    ).toContain('**Ada**');
  });

  test('uses the newest name', async () => {
    expect(
      joinText(await ask('Who am I?', [], { before: ['My name is Ada', 'call me Grace'] })),
    ).toContain('**Grace**');
  });

  test('reports that it does not know the name', async () => {
    expect(joinText(await ask('What is my name?'))).toMatch(/not told me/);
  });

  test('says that it is scripted', async () => {
    expect(joinText(await ask('Who are you?'))).toMatch(/scripted/);
    expect(joinText(await ask('Are you a real model?'))).toMatch(/scripted/);
  });
});

describe('answers in markdown', () => {
  test.each([
    ['hello', /\| Ask me \| And see \|/],
    ['What can you do?', /\| Ask me \| And see \|/],
    ['Show me some markdown', /^## [\s\S]*\| Tea \|[\s\S]*```ts/],
    ['Give me some code', /```ts/],
    ['Write something long', /^# A walk[\s\S]{1500,}/],
    ['qwertyuiop', /no script/],
  ])('%s', async (question, pattern) => {
    expect(joinText(await ask(question))).toMatch(pattern);
  });
});
