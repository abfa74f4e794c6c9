import { mergeStepDelta } from '../../protocol/delta.js';
import type { RunStep, RunStepDelta } from '../../protocol/types.js';
import { ModelError } from '../models/model.js';
import type { Work } from './work.js';

type DeltaCall = NonNullable<
  (RunStepDelta['delta']['step_details'] & { type: 'tool_calls' })['tool_calls']
>[number];

/** Puts a piece of a tool call into a step, shows it in the store and tells of it. Answers the step as it is then. */
export function growStep({ store, publish }: Work, step: RunStep, call: DeltaCall): RunStep {
  const data: RunStepDelta = {
    id: step.id,
    object: 'thread.run.step.delta',
    delta: { step_details: { type: 'tool_calls', tool_calls: [call] } },
  };
  const merged = mergeStepDelta(step, data);
  if (merged === undefined)
    throw new ModelError('server_error', 'The model gave a function call of an unknown shape.');
  store.grow(data.id, { step_details: merged.step_details });
  publish({ event: 'thread.run.step.delta', data });
  return merged;
}
