import { mergeGrowing } from './mergeGrowing.js';
import type { RunStep } from './types.js';

/** The newer of two snapshots of one run step: one that has ended stays so, and no tool call or output is lost again. */
export function mergeStep(current: RunStep, incoming: RunStep): RunStep {
  return mergeGrowing(current, incoming, ({ step_details: details }) => details);
}
