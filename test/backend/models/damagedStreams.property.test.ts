import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assertProperty } from '../../assertProperty.js';
import { chatCompletionsModel } from '../../../src/backend/models/chatCompletionsModel.js';
import { responsesModel } from '../../../src/backend/models/responsesModel.js';
import type { Run } from '../../../src/protocol/types.js';
import { createRunHarness, getText } from '../createRunHarness.js';
import { type Damage, damageFrames, hasBrokenFrame, hasEnd, splitFrames } from './damageStream.js';
import {
  type Api,
  createChatEncoder,
  createResponsesEncoder,
  type Encoder,
  emulatedServers,
} from './emulatedServers.js';
import { WEATHER } from './fakeModelServer.js';

/** Stream of a server, and how it reaches the backend. */
interface DamagedStream {
  api: Api;
  frames: readonly string[];
  /** Content type of the response. */
  type: string;
  /** Length of the chunks, in bytes. */
  chunkLength: number;
}

const CALL = { name: 'get_weather', arguments: '{"city":"Paris"}' };
const encodeAnswers = (encode: Encoder): string[] => [
  encode.text('A whole text.'),
  encode.calls([CALL, CALL]),
  encode.calls([CALL], 'Let me look.'),
  encode.refusal('I would rather not.'),
];
const recorded: { api: Api; stream: string }[] = [
  ...emulatedServers
    .flatMap((server) => encodeAnswers(createChatEncoder(server)))
    .map((stream) => ({ api: 'chat' as const, stream })),
  ...encodeAnswers(createResponsesEncoder()).map((stream) => ({
    api: 'responses' as const,
    stream,
  })),
];

const position = fc.nat({ max: 40 });
const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({
    op: fc.constantFrom(
      'drop' as const,
      'repeat' as const,
      'nulls' as const,
      'retype' as const,
      'break' as const,
      'blank' as const,
      'heartbeat' as const,
      'cut' as const,
    ),
    at: position,
  }),
  fc.record({ op: fc.constant('swap' as const), at: position, to: position }),
);
const TYPES = ['text/event-stream', 'application/json', 'text/plain', 'text/html', ''];

const damagedStream: fc.Arbitrary<DamagedStream> = fc
  .record({
    source: fc.constantFrom(...recorded),
    damages: fc.array(damage, { maxLength: 4 }),
    type: fc.constantFrom(...TYPES),
    chunkLength: fc.oneof(fc.constant(100_000), fc.integer({ min: 1, max: 60 })),
  })
  .map(({ source: { api, stream }, damages, ...rest }) => ({
    api,
    frames: damageFrames(splitFrames(stream), damages),
    ...rest,
  }));

/** Creates a response whose body comes in chunks. */
function createResponse(text: string, type: string, chunkLength: number): Response {
  const bytes = new TextEncoder().encode(text);
  let start = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (start >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(start, start + chunkLength));
      start += chunkLength;
    },
  });
  return new Response(body, { headers: type === '' ? {} : { 'content-type': type } });
}

const CREATE_MODEL = { chat: chatCompletionsModel, responses: responsesModel };
const GOOD = {
  chat: createChatEncoder({ name: 'good', special: '' }).text('Fine.'),
  responses: createResponsesEncoder().text('Fine.'),
};

/** Plays a stream as the answer to a run, then lets the run and a second message have a good answer. */
async function play({ api, frames, type, chunkLength }: DamagedStream) {
  let isGood = false;
  const errors: unknown[] = [];
  const model = CREATE_MODEL[api]({
    baseUrl: 'http://model.test/v1',
    retry: { attempts: 0 },
    log: () => undefined,
    fetch: async () =>
      isGood
        ? createResponse(GOOD[api], 'text/event-stream', 100_000)
        : createResponse(frames.join(''), type, chunkLength),
  });
  const harness = await createRunHarness(
    { model, onError: (error) => errors.push(error) },
    { tools: [WEATHER] },
  );
  const thread = await harness.createThread('Weather?');
  const first = await settle(await harness.createRun(thread.id));
  const answers = (await harness.messages(thread.id)).filter(({ role }) => role === 'assistant');

  isGood = true;
  const continued = await submitOutputs(first);
  await harness.json('POST', `/threads/${thread.id}/messages`, { role: 'user', content: 'Next' });
  const next = await settle(await harness.createRun(thread.id));
  const last = getText((await harness.messages(thread.id)).at(-1));
  return { first, answers, continued, next, last, errors };

  async function settle(run: Run): Promise<Run> {
    await harness.backend.idle();
    return harness.getRun(run);
  }

  async function submitOutputs(run: Run): Promise<Run> {
    if (run.status !== 'requires_action') return run;
    const calls = run.required_action?.submit_tool_outputs.tool_calls ?? [];
    const tool_outputs = calls.map(({ id }) => ({ tool_call_id: id, output: 'Rain' }));
    const response = await harness.submitToolOutputs(run, { tool_outputs });
    expect(response.status).toBe(200);
    return settle(run);
  }
}

async function check(stream: DamagedStream): Promise<void> {
  const { first, answers, continued, next, last, errors } = await play(stream);
  // A fault of the backend itself would be reported here, or as a failure without the words of the model.
  expect(errors).toEqual([]);
  expect(first.last_error?.message ?? '').not.toMatch(/unexpected|undefined|not a function|null/i);

  const isWhole = hasEnd(stream.frames.join('')) && !hasBrokenFrame(stream.frames);
  const parts = answers.flatMap(({ content }) => content);
  const texts = parts.map((part) => (part.type === 'refusal' ? part.refusal : getPartText(part)));
  const mayBeCompleted = isWhole && texts.join('').trim() !== '';
  expect([mayBeCompleted, 'failed', 'incomplete', 'requires_action']).toContain(
    first.status === 'completed' ? true : first.status,
  );
  const expected = first.status === 'requires_action' ? 'completed' : first.status;
  for (const { status } of answers) {
    const isKnown = expected === 'completed' ? status === 'completed' : status !== 'in_progress';
    expect(isKnown).toBe(true);
  }
  const calls = first.required_action?.submit_tool_outputs.tool_calls ?? [];
  expect(new Set(calls.map(({ id }) => id)).size).toBe(calls.length);
  for (const call of calls) expect(call.function.name).not.toBe('');

  // Nothing makes the run or its thread useless.
  expect(continued.status).toBe(expected);
  expect([next.status, next.last_error, last]).toEqual(['completed', null, 'Fine.']);
}

function getPartText(part: { type: string; text?: { value: string } }): string {
  return part.text?.value ?? '';
}

it('ends each run truthfully after any damage, and keeps its thread usable', async () => {
  await assertProperty(fc.asyncProperty(damagedStream, check), {
    name: 'damagedStreams',
    full: 20_000,
    small: 500,
  });
});

it('reads a stream in any chunks and under any type like the whole', async () => {
  await assertProperty(
    fc.asyncProperty(
      fc.constantFrom(...recorded),
      fc.constantFrom(...TYPES),
      fc.integer({ min: 1, max: 40 }),
      async ({ api, stream }, type, chunkLength) => {
        const whole = { api, frames: [stream], type: 'text/event-stream', chunkLength: 100_000 };
        const expected = await play(whole);
        const actual = await play({ ...whole, type, chunkLength });
        expect(actual.first.status).toBe(expected.first.status);
        expect(actual.answers.map(getText)).toEqual(expected.answers.map(getText));
      },
    ),
    { name: 'damagedStreams-chunks', full: 1_000, small: 40 },
  );
});
