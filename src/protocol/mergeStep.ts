import { mergeGrowing } from './mergeGrowing.js';
import type { RunStep } from './types.js';

/**
 * Returns the newer of two snapshots of a run step. An ended step stays ended, and tool calls and outputs are
 * kept.
 */
export function mergeStep(current: RunStep, incoming: RunStep): RunStep {
  return mergeGrowing(current, incoming, ({ step_details: details }) => details);
}
