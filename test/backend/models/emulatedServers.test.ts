import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { chatCompletionsModel } from '../../../src/backend/models/chatCompletionsModel.js';
import { responsesModel } from '../../../src/backend/models/responsesModel.js';
import type { Run } from '../../../src/protocol/types.js';
import { createRunHarness, getText, readUntil } from '../createRunHarness.js';
import {
  type Api,
  createChatEncoder,
  createResponsesEncoder,
  type EmulatedServer,
  emulatedServers,
} from './emulatedServers.js';
import { type FakeAnswer, type FakeRequest, startFakeServer, WEATHER } from './fakeModelServer.js';

const WORDS = 'Out of memory on device 42';
const CALLS = ['Paris', 'Tokyo'].map((city) => ({
  name: 'get_weather',
  arguments: JSON.stringify({ city }),
}));

/** Returns what the last user message asks for, and if the server has the outputs of its calls. */
function readRequest({ body }: FakeRequest): { scenario: string; hasOutputs: boolean } {
  const entries = (body['messages'] ?? body['input'] ?? []) as Record<string, unknown>[];
  const position = entries.findLastIndex((entry) => entry['role'] === 'user');
  const scenarios = [...JSON.stringify(entries[position] ?? '').matchAll(/Play (\w+)/g)];
  const hasOutputs = entries
    .slice(position)
    .some((entry) => entry['role'] === 'tool' || entry['type'] === 'function_call_output');
  return { scenario: scenarios.at(-1)?.[1] ?? 'text', hasOutputs };
}

/** Creates the function that answers as a server. The scenario is named in the last user message. */
function createAnswer(server: EmulatedServer, api: Api) {
  const encode = api === 'chat' ? createChatEncoder(server) : createResponsesEncoder();
  const refuse =
    server.refuse ??
    ((message: string, status: number) => ({ status, body: { error: { message } } }));
  const isStreamed = ({ body }: FakeRequest) => body['stream'] === true;
  return (request: FakeRequest): FakeAnswer => {
    const refusal = server.check?.(request, api);
    if (refusal) return refusal;
    const { scenario, hasOutputs } = readRequest(request);
    if (scenario === 'failBefore') return refuse(WORDS, 500);
    if (scenario === 'overflow')
      return refuse(server.overflow ?? 'The prompt is too long for the context window.', 400);
    if (!isStreamed(request)) return { body: encodeWhole(api, scenario, hasOutputs, refuse) };
    if (hasOutputs) return { body: encode.text('Rain, and sun.') };
    switch (scenario) {
      case 'calls':
        return { body: encode.calls(CALLS) };
      case 'mixed':
        return { body: encode.calls(CALLS.slice(0, 1), 'Let me look.') };
      case 'refusal':
        return { body: encode.refusal('I would rather not.') };
      case 'failAfter':
        return { body: encode.failure(WORDS) };
      case 'cancel':
        return { body: encode.open('Half a '), isOpen: true };
      case 'empty':
        return { body: encode.empty() };
      default:
        return { body: encode.text('Fine.') };
    }
  };
}

/** Encodes an answer of a server that does not stream with tools. */
function encodeWhole(
  api: Api,
  scenario: string,
  hasOutputs: boolean,
  refuse: NonNullable<EmulatedServer['refuse']>,
): object | string {
  const isCall = !hasOutputs && (scenario === 'calls' || scenario === 'mixed');
  const made = scenario === 'mixed' ? CALLS.slice(0, 1) : CALLS;
  const texts: Record<string, string> = { mixed: 'Let me look.', calls: '', empty: '' };
  const text = hasOutputs ? 'Rain, and sun.' : (texts[scenario] ?? 'Fine.');
  if (scenario === 'failAfter') return refuse(WORDS, 500).body;
  if (api === 'chat') {
    const tool_calls = made.map((call, index) => ({ id: `c${index}`, function: call }));
    const message =
      scenario === 'refusal'
        ? { refusal: 'I would rather not.' }
        : { content: text, ...(isCall ? { tool_calls } : {}) };
    return { choices: [{ message, finish_reason: isCall ? 'tool_calls' : 'stop' }] };
  }
  const content =
    scenario === 'refusal'
      ? [{ type: 'refusal', refusal: 'I would rather not.' }]
      : [{ type: 'output_text', text }];
  const output = [
    ...(text === '' ? [] : [{ type: 'message', id: 'm', content }]),
    ...(isCall
      ? made.map((call, index) => ({ type: 'function_call', call_id: `c${index}`, ...call }))
      : []),
  ];
  return { status: 'completed', output };
}

const CREATE_MODEL = { chat: chatCompletionsModel, responses: responsesModel };

/** Starts a server and a backend in front of it. */
async function open(server: EmulatedServer, api: Api) {
  const fake = await startFakeServer(createAnswer(server, api));
  const model = CREATE_MODEL[api]({
    baseUrl: fake.url,
    retry: { attempts: 0, minDelayMs: 1, maxDelayMs: 1 },
    log: () => undefined,
  });
  const harness = await createRunHarness({ model }, { tools: [WEATHER], instructions: 'Be kind.' });
  const thread = await harness.createThread();
  const say = (content: unknown) =>
    harness.json('POST', `/threads/${thread.id}/messages`, { role: 'user', content });

  async function settle(run: Run): Promise<Run> {
    await harness.backend.idle();
    const current = await harness.getRun(run);
    if (current.status !== 'requires_action') return current;
    const pending = current.required_action?.submit_tool_outputs.tool_calls ?? [];
    const ids = pending.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const response = await harness.submitToolOutputs(run, {
      tool_outputs: ids.map((id, index) => ({ tool_call_id: id, output: `Output ${index}` })),
    });
    expect(response.status).toBe(200);
    return settle(run);
  }

  async function play(content: unknown): Promise<Run> {
    await say(content);
    return settle(await harness.createRun(thread.id));
  }

  return {
    ...harness,
    thread,
    play,
    say,
    async readAnswers(run: Run) {
      const messages = await harness.messages(thread.id);
      return messages.filter((message) => message.run_id === run.id);
    },
    /** The thread must take the next message after anything. */
    async expectUsable() {
      const run = await play('Play text');
      expect([run.status, run.last_error]).toEqual(['completed', null]);
      expect(getText((await harness.messages(thread.id)).at(-1))).toBe('Fine.');
    },
  };
}

const table = emulatedServers.flatMap((server) =>
  (['chat', 'responses'] as const).map((api) => [server.name, api, server] as const),
);

describe.each(table)('%s, %s', (_, api, server) => {
  test('text', async () => {
    const page = await open(server, api);
    const run = await page.play('Play text');
    expect([run.status, run.last_error]).toEqual(['completed', null]);
    expect((await page.readAnswers(run)).map(getText)).toEqual(['Fine.']);
    await page.expectUsable();
  });

  test('two parallel calls with outputs', async () => {
    const page = await open(server, api);
    const run = await page.play('Play calls');
    expect([run.status, run.last_error]).toEqual(['completed', null]);
    expect((await page.readAnswers(run)).map(getText)).toEqual(['Rain, and sun.']);
    const steps = await page.listSteps(run);
    expect(JSON.stringify(steps)).toMatch(/Paris.*Output 0.*Tokyo.*Output 1/);
    await page.expectUsable();
  });

  test('text, a call, text', async () => {
    const page = await open(server, api);
    const run = await page.play('Play mixed');
    expect([run.status, run.last_error]).toEqual(['completed', null]);
    expect((await page.readAnswers(run)).map(getText)).toEqual(['Let me look.', 'Rain, and sun.']);
    await page.expectUsable();
  });

  test('a refusal', async () => {
    const page = await open(server, api);
    const run = await page.play('Play refusal');
    const parts = (await page.readAnswers(run)).flatMap(({ content }) => content);
    const isFiltered = run.status === 'incomplete';
    expect([run.status, parts.map(({ type }) => type)]).toEqual(
      isFiltered ? ['incomplete', []] : ['completed', ['refusal']],
    );
    expect(isFiltered).toBe(api === 'chat' && /Azure|Gemini|GLM|Bedrock/.test(server.name));
    await page.expectUsable();
  });

  test.each([
    ['before the first token', 'Play failBefore'],
    ['after the first token', 'Play failAfter'],
  ])('a failure %s', async (_position, content) => {
    const page = await open(server, api);
    const run = await page.play(content);
    expect(run).toMatchObject({
      status: 'failed',
      last_error: { code: 'server_error', message: expect.stringContaining(WORDS) },
    });
    const answers = await page.readAnswers(run);
    expect(answers.filter(({ status }) => status !== 'incomplete')).toEqual([]);
    await page.expectUsable();
  });

  test('a prompt that is too long', async () => {
    const page = await open(server, api);
    const run = await page.play('Play overflow');
    expect(run).toMatchObject({
      status: 'failed',
      last_error: {
        code: 'invalid_prompt',
        message: expect.stringContaining(server.overflow ?? 'too long for the context window'),
      },
    });
    await page.expectUsable();
  });

  test('an image', async () => {
    const page = await open(server, api);
    const run = await page.play([
      { type: 'text', text: 'Play text' },
      { type: 'image_url', image_url: { url: 'https://example.com/cup.png' } },
    ]);
    expect([run.status, run.last_error]).toEqual(['completed', null]);
    await page.expectUsable();
  });

  test('a cancel in the middle', async () => {
    const page = await open(server, api);
    await page.say('Play cancel');
    const isWhole = server.name === 'LM Studio';
    const frames = page.streamRun(page.thread.id, isWhole ? { tools: [] } : {});
    const read = await readUntil(frames, 'thread.message.delta');
    const run = read.find(({ event }) => event === 'thread.run.created')?.data as Run;
    expect((await page.cancelRun(run)).status).toBe(200);
    await page.backend.idle();
    expect((await page.getRun(run)).status).toBe('cancelled');
    expect((await page.readAnswers(run)).map(({ status }) => status)).toEqual(['incomplete']);
    await page.expectUsable();
  });

  test('an answer without content', async () => {
    const page = await open(server, api);
    const run = await page.play('Play empty');
    expect(run).toMatchObject({
      status: 'failed',
      last_error: { code: 'server_error', message: expect.stringMatching(/without a text/) },
    });
    await page.expectUsable();
  });
});

test('docs/backend.md lists the emulated servers', () => {
  const page = readFileSync(new URL('../../../docs/backend.md', import.meta.url), 'utf8');
  const rows = page.split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    return cells.length === 4 ? [cells.slice(1, 3)] : [];
  });
  for (const { name, special } of emulatedServers) expect(rows).toContainEqual([name, special]);
});
