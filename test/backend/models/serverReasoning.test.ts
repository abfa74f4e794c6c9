import { describe, expect, test } from 'vitest';
import { chatCompletionsModel } from '../../../src/backend/models/chatCompletionsModel.js';
import { responsesModel } from '../../../src/backend/models/responsesModel.js';
import { getText } from '../createRunHarness.js';
import { chunk, startFakeServer, toStream } from './fakeModelServer.js';
import { MODELS, runModel } from './modelServerHarness.js';
import { completed, delta, END, event, type Frames, runOn } from './runOnServer.js';

const texts = (...pieces: string[]): Frames => pieces.map((content) => chunk({ content }));
const field = (fields: object): Frames => [chunk(fields), chunk({ content: 'Hi' })];

describe('reasoning is kept apart', () => {
  test.each<[string, Frames, string]>([
    ['in nested tags', texts('<think>a <think>b</think> c</think>Hi'), 'a <think>b</think> c'],
    [
      'in nested tags in pieces',
      texts('<think>a <th', 'ink>b</thi', 'nk> c</think>', 'Hi'),
      'a <think>b</think> c',
    ],
    [
      'between more tags',
      texts('<think><think>a <think>b <think>c</think></think></think>Hi'),
      'a <think>b <think>c</think></think>',
    ],
    [
      'that mentions a tag',
      texts('<think>Is <think> a tag?</think>', '\n\nHi'),
      'Is <think> a tag?',
    ],
    ['after two opening tags', texts('<think>\n<think>', 'a</think>Hi'), '\na'],
    ['before two closing tags', texts('<think>a</think></think>Hi'), 'a'],
    ['before two closing tags in pieces', texts('<think>a</think>', '\n</thi', 'nk>\n\nHi'), 'a'],
    ['with the closing tag of another', texts('<think>a</thinking>Hi'), 'a'],
    ['in a tag with attributes', texts('<think dur', 'ation="3">a</think>Hi'), 'a'],
    ['in two blocks', texts('<think>a</think>\n<think>b</think>Hi'), 'ab'],
    ['in <thinking> in pieces', texts('<thin', 'king>a</thin', 'king>Hi'), 'a'],
    ['in [THINK] in pieces', texts('[TH', 'INK]a[/TH', 'INK]Hi'), 'a'],
    ['between marks', texts('<|START_THINKING|>a<|END_THINKING|><|START_', 'RESPONSE|>Hi'), 'a'],
    ['in a channel', texts('<|channel>tho', 'ught a<channel|>Hi'), ' a'],
    [
      'in a field, with a closing tag left over',
      [chunk({ reasoning_content: 'a' }), ...texts('</thi', 'nk>Hi')],
      'a',
    ],
    ['in two fields', field({ reasoning: 'a', reasoning_content: 'a' }), 'a'],
    [
      'in a detail without a list',
      field({ reasoning_details: { type: 'reasoning.text', text: 'a' } }),
      'a',
    ],
    [
      'in blocks',
      field({ thinking_blocks: [{ type: 'thinking', thinking: 'a', signature: 's' }] }),
      'a',
    ],
    ['in thinking_content', field({ thinking_content: 'a' }), 'a'],
    ['in thought', field({ thought: 'a' }), 'a'],
    ['in reasoning_text', field({ reasoning_text: 'a' }), 'a'],
    [
      'beside the delta',
      [{ choices: [{ index: 0, delta: { content: '' }, reasoning_content: 'a' }] }, ...texts('Hi')],
      'a',
    ],
    [
      'in parts with redacted ones',
      field({
        content: [
          { type: 'thinking', thinking: 'a' },
          { type: 'redacted_thinking', data: 'zz' },
        ],
      }),
      'a',
    ],
  ])('%s', async (_, answer, expected) => {
    const { run, text, reasoning } = await runOn(chatCompletionsModel, [...answer, ...END]);
    expect([run.status, text, reasoning]).toEqual(['completed', 'Hi', expected]);
  });

  const reasoned = (item: object): object =>
    event('output_item.done', { output_index: 0, item: { type: 'reasoning', ...item } });
  const message = (fields: object): object =>
    completed({ output: [{ type: 'message', content: [], ...fields }] });
  test.each<[string, Frames]>([
    ['in nested tags', [delta('<think>a</think></think>Hi'), completed()]],
    [
      'in tags of the final text',
      [delta('<think>a</think>'), delta('Hi'), message({ content: '<think>a</think>Hi' })],
    ],
    [
      'in an object',
      [
        event('reasoning.delta', { output_index: 1, delta: { text: 'a' } }),
        delta('Hi'),
        completed(),
      ],
    ],
    ['in a summary that is a text', [reasoned({ summary: 'a' }), delta('Hi'), completed()]],
    ['in the text of an item', [reasoned({ text: 'a' }), delta('Hi'), completed()]],
    [
      'in a part of a message',
      [
        message({
          content: [
            { type: 'reasoning_text', text: 'a' },
            { type: 'output_text', text: 'Hi' },
          ],
        }),
      ],
    ],
    ['in a field of a message', [message({ reasoning_content: 'a', content: 'Hi' })]],
  ])('in a response: %s', async (_, answer) => {
    const { run, text, reasoning } = await runOn(responsesModel, answer);
    expect([run.status, text, reasoning]).toEqual(['completed', 'Hi', 'a']);
  });
});

test.each<[string, Frames, string]>([
  ['that is not closed', texts('<think>a b'), 'failed'],
  ['that is cut off', [...texts('<think>a <think>b</think> c'), chunk({}, 'length')], 'incomplete'],
])('reasoning never becomes the text of an answer: %s', async (_, answer, status) => {
  const { run, text } = await runOn(chatCompletionsModel, [...answer, ...END]);
  expect([run.status, text]).toEqual([status, '']);
});

test.each(['`</think>` closes it.\nYes.', '<thinkpad> is fine', '<think', '< think > about it'])(
  'text that mentions tags is text: %s',
  async (content) => {
    const { text, reasoning } = await runOn(chatCompletionsModel, [...texts(content), ...END]);
    expect([text, reasoning]).toEqual([content, '']);
  },
);

describe.each(MODELS)('a template that writes the opening tag: %s', (path, createModel) => {
  const stream = (...pieces: string[]) =>
    path === '/chat/completions'
      ? toStream(...texts(...pieces), ...END)
      : toStream(...pieces.map(delta), completed());

  /** Returns the texts and the reasoning of the answers to messages, one after another. */
  async function converse(answers: readonly string[]) {
    const server = await startFakeServer(({ index }) => ({ body: answers[index] ?? '' }));
    const log: unknown[] = [];
    const model = createModel({ baseUrl: server.url, log: (entry) => log.push(entry) });
    const { api, thread } = await runModel(model);
    const read: string[][] = [];
    for (const _ of answers.slice(1)) {
      await api.json('POST', `/threads/${thread.id}/messages`, { role: 'user', content: 'Next' });
      const run = await api.createRun(thread.id);
      await api.backend.idle();
      const steps = await api.listSteps(run);
      read.push([
        getText((await api.messages(thread.id)).at(-1)),
        steps.map((step) => step.reasoning?.text ?? '').join(''),
      ]);
    }
    return { read, log };
  }

  test('is learnt from an answer with a closing tag only', async () => {
    const thoughts = stream('Let me', ' see.\n</th', 'ink>\n', '\nHi');
    const { read, log } = await converse([thoughts, thoughts, stream('Without', ' thoughts')]);
    expect(read[0]).toEqual(['Hi', 'Let me see.\n']);
    // Text that may be the answer is not lost.
    expect(read[1]?.[0]).toBe('Without thoughts');
    expect(log).toMatchObject([{ event: 'modelAdjusted', change: 'reasoningStart: false' }]);
  });

  test('is not learnt from a text about tags', async () => {
    const about = stream('Write\n<think>\n', 'a long thought about nothing at all\n', '</think>\n');
    const { read, log } = await converse([about, stream('Hi')]);
    expect([read, log]).toEqual([[['Hi', '']], []]);
  });
});
