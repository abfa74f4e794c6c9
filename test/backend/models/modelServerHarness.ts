import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll } from 'vitest';
import { chatCompletionsModel } from '../../../src/backend/models/chatCompletionsModel.js';
import type { Model } from '../../../src/backend/models/Model.js';
import { responsesModel } from '../../../src/backend/models/responsesModel.js';
import type { ModelServerOptions } from '../../../src/backend/models/server/ModelServerOptions.js';
import type { Run } from '../../../src/protocol/types.js';
import { createRunHarness, getText } from '../createRunHarness.js';

export const API_KEY = 'sk-very-secret-0123456789';

/** Factories of both kinds of model, with the path of their operation. */
export const MODELS: [path: string, createModel: (options: ModelServerOptions) => Model][] = [
  ['/chat/completions', chatCompletionsModel],
  ['/responses', responsesModel],
];

/** Request that the server received. */
export interface SentRequest {
  url: string;
  headers: Headers;
  body: Record<string, unknown>;
}

/** Starts a mock model server for the tests of a file. */
export function startMockServer(): LLMock {
  const server = new LLMock({ port: 0, host: '127.0.0.1' });
  beforeAll(() => server.start());
  afterAll(() => server.stop());
  return server;
}

/** Creates a fetch that records its requests. */
export function createRecordingFetch(
  send: (url: string, init: RequestInit) => Promise<Response> = fetch,
) {
  const sent: SentRequest[] = [];
  return {
    sent,
    fetch: (url: string, init: RequestInit): Promise<Response> => {
      const body = JSON.parse(typeof init.body === 'string' ? init.body : '') as Record<
        string,
        unknown
      >;
      sent.push({ url, headers: new Headers(init.headers), body });
      return send(url, init);
    },
  };
}

/**
 * Creates a fetch that returns these answers in turn and repeats the last one. An answer is a list of stream events, or
 * a function that returns a response.
 */
export function createMockFetch(
  ...answers: (readonly (object | string)[] | (() => Response | Promise<Response>))[]
) {
  let next = 0;
  return createRecordingFetch(async () => {
    const answer = answers[Math.min(next, answers.length - 1)] ?? [];
    next += 1;
    return typeof answer === 'function' ? answer() : createEventStream(answer);
  });
}

/** Creates a response that streams events. */
export function createEventStream(frames: readonly (object | string)[]): Response {
  const text = frames
    .map((frame) => `data: ${typeof frame === 'string' ? frame : JSON.stringify(frame)}\n\n`)
    .join('');
  return new Response(text, { headers: { 'content-type': 'text/event-stream' } });
}

/** Creates a backend with a model, sends a user message and runs the assistant until the run settles or requires action. */
export async function runModel(
  model: Model,
  {
    text = 'Hello',
    assistant = {},
    run = {},
    message = {},
  }: { text?: string; assistant?: object; run?: object; message?: object } = {},
) {
  const api = await createRunHarness({ model }, assistant);
  const thread = await api.json<{ id: string }>('POST', '/threads', {
    messages: [{ role: 'user', content: text, ...message }],
  });
  const created = await api.createRun(thread.id, run);
  await api.backend.idle();
  const messages = await api.messages(thread.id);
  const answers = messages.filter(({ role }) => role === 'assistant');
  return {
    api,
    thread,
    run: await api.getRun(created),
    steps: await api.listSteps(created),
    answers,
    text: answers.map(getText).join('\n'),
    /** Submits an output for each call of the run and waits until the run settles or requires action again. */
    submitOutputs: async (
      getOutput: (call: { name: string; arguments: string }) => string,
    ): Promise<{ run: Run; text: string }> => {
      const waitingRun = await api.getRun(created);
      const calls = waitingRun.required_action?.submit_tool_outputs.tool_calls ?? [];
      await api.submitToolOutputs(created, {
        tool_outputs: calls.map((call) => ({
          tool_call_id: call.id,
          output: getOutput(call.function),
        })),
      });
      await api.backend.idle();
      const all = await api.messages(thread.id);
      return { run: await api.getRun(created), text: getText(all.at(-1)) };
    },
  };
}
