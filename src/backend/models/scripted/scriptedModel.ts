import { demoScenario } from './demoScenario.js';
import type { Model } from '../model.js';
import { findReply, type ScriptedScenario } from './scenario.js';
import { play, type PlayOptions } from './script.js';

/**
 * A model that answers by a script, without network, key or clock: for demos, stories and tests. With no scenario it plays
 * `demoScenario`. The same conversation gets the same answer.
 *
 * ```ts
 * scriptedModel([
 *   { when: /weather/i, say: { call: 'get_weather', with: { city: 'Paris' } }, after: ({ outputs }) => `It is ${outputs[0]?.output}.` },
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
      const answer = await findReply(scenario, request);
      yield* isEvents(answer) ? answer : play(answer, request, options);
    },
  };
}

function isEvents<Events extends AsyncIterable<unknown>>(
  answer: Events | object | string,
): answer is Events {
  return typeof answer === 'object' && Symbol.asyncIterator in answer;
}
