import type { Model } from '../Model.js';
import { demoScenario } from './demoScenario.js';
import { findReply, type ScriptedScenario } from './findReply.js';
import { play, type PlayOptions } from './play.js';

/**
 * Creates a model that answers from a script, for demos, stories and tests. It needs no network, API key or clock, and gives
 * the same conversation the same answer.
 *
 * @param scenario Rules or a function that select the answers. @default demoScenario
 *
 * @example
 * ```ts
 * import { scriptedModel } from 'assistants-react/backend';
 *
 * const model = scriptedModel([
 *   {
 *     when: /weather/i,
 *     say: { call: 'get_weather', with: { city: 'Paris' } },
 *     after: ({ outputs }) => `It is ${outputs[0]?.output}.`,
 *   },
 *   { when: 'fail', say: ['Let me see. ', { fail: 'server_error' }] },
 *   { say: ({ text }) => `You said: ${text}` },
 * ]);
 * ```
 */
export function scriptedModel(
  scenario: ScriptedScenario = demoScenario,
  options: PlayOptions = {},
): Model {
  return {
    async *respond(request) {
      const reply = await findReply(scenario, request);
      yield* isEventStream(reply) ? reply : play(reply, request, options);
    },
    listModels: async () => ['scripted'],
  };
}

function isEventStream<Events extends AsyncIterable<unknown>>(
  reply: Events | object | string,
): reply is Events {
  return typeof reply === 'object' && Symbol.asyncIterator in reply;
}
