import { mergeStepDelta } from '../../protocol/delta.js';
import type { RunStepDelta } from '../../protocol/types.js';
import { ModelError } from '../models/Model.js';
import type { Collections } from '../stores/Store.js';
import type { RunContext } from './RunContext.js';

type DeltaCall = NonNullable<
  (RunStepDelta['delta']['step_details'] & { type: 'tool_calls' })['tool_calls']
>[number];

/** Applies a delta of a tool call to a step in the overlay and publishes it. Returns the new step. */
export function growToolCall(
  { store, publish }: RunContext,
  step: Collections['steps'],
  call: DeltaCall,
): Collections['steps'] {
  const data: RunStepDelta = {
    id: step.id,
    object: 'thread.run.step.delta',
    delta: { step_details: { type: 'tool_calls', tool_calls: [call] } },
  };
  const merged = mergeStepDelta(step, data);
  if (merged === undefined)
    throw new ModelError('server_error', 'The model sent an invalid function call.');
  store.grow(data.id, { step_details: merged.step_details });
  publish({ event: 'thread.run.step.delta', data });
  return merged;
}
