import type { RunStep, RunStepDelta } from '../../../protocol/types.js';
import type { StepProvider } from '../../stores/Store.js';

/** Removes the data of the model from a stored step, which is for the model only. */
export function removeProvider<Step extends RunStep | RunStepDelta>(
  step: Step & { provider?: StepProvider },
): Step;
export function removeProvider(stored: { provider?: StepProvider }): object {
  const { provider: _, ...step } = stored;
  return step;
}
