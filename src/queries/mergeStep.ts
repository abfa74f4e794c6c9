import { growthOf } from '../protocol/growth.js';
import type { RunStep } from '../protocol/types.js';

/**
 * The newer of two snapshots of one run step, whatever order they arrived in: one that has ended stays so, and no tool call
 * or output is lost again.
 */
export function mergeStep(current: RunStep, incoming: RunStep): RunStep {
  if (incoming.status !== 'in_progress') return incoming;
  if (current.status !== 'in_progress') return current;
  return growthOf(incoming.step_details) < growthOf(current.step_details) ? current : incoming;
}
