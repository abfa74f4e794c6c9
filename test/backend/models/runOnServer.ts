import type { chatCompletionsModel } from '../../../src/backend/models/chatCompletionsModel.js';
import {
  chunk,
  DONE,
  type FakeAnswer,
  startFakeServer,
  toStream,
  WEATHER,
} from './fakeModelServer.js';
import { runModel } from './modelServerHarness.js';

/** Events of a stream, or texts that are sent as they are. */
export type Frames = readonly (object | string)[];

export const PARIS = '{"city":"Paris"}';
export const ROME = '{"city":"Rome"}';
/** End of a stream of chat completions. */
export const END = [chunk({}, 'stop'), DONE];
export const CALLS_END = [chunk({}, 'tool_calls'), DONE];

/** Runs an assistant with the functions `get_weather` and `get_time` on a server that always gives the same answer. */
export async function runOn(createModel: typeof chatCompletionsModel, answer: FakeAnswer | Frames) {
  const server = await startFakeServer(() =>
    'body' in answer ? answer : { body: toStream(...answer) },
  );
  const retry = { minDelayMs: 1 };
  const model = createModel({ baseUrl: server.url, retry, log: () => undefined });
  const tools = [WEATHER, { type: 'function', function: { name: 'get_time' } }];
  const { run, text, steps } = await runModel(model, { assistant: { tools } });
  const pending = run.required_action?.submit_tool_outputs.tool_calls ?? [];
  return {
    run,
    text,
    reasoning: steps.map((step) => step.reasoning?.text ?? '').join(''),
    calls: pending.map((one) => `${one.function.name}(${one.function.arguments})`),
    requestCount: server.requests.length,
  };
}

/** Creates a call, or a fragment of one. */
export const piece = (name: string | undefined, args: unknown, more: object = {}) => ({
  function: { name, arguments: args },
  ...more,
});

/** Creates an event of a response. */
export const event = (type: string, more: object = {}) => ({ type: `response.${type}`, ...more });
export const completed = (response: object = {}) =>
  event('completed', { response: { status: 'completed', ...response } });
export const delta = (text: unknown) =>
  event('output_text.delta', { output_index: 0, delta: text });
