import type { Collections } from '../stores/Store.js';

type Step = Collections['steps'];

/** Returns a step with the data of one of its calls. Data without a value changes nothing. */
export function withCallData(step: Step, callId: string, data: unknown): Step {
  if (data === undefined) return step;
  const { turn = 0, calls, ...rest } = step.provider ?? {};
  return { ...step, provider: { ...rest, turn, calls: { ...calls, [callId]: data } } };
}

/** Returns a step whose calls the server of the model has run. They are not part of the messages of later requests. */
export function withBuiltInMark(step: Step): Step {
  return { ...step, provider: { turn: 0, ...step.provider, isBuiltIn: true } };
}

/** Returns a step with the data of its answer. */
export function withTurnData(step: Step, data: unknown): Step {
  return { ...step, provider: { turn: 0, ...step.provider, data } };
}
