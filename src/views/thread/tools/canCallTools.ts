import type { FollowedRunState } from '../../../core/run/FollowedRun.js';

/** Whether a run has called tools. */
export function hasCalledTools({ steps }: Pick<FollowedRunState, 'steps'>): boolean {
  return steps.some(({ type }) => type !== 'message_creation');
}

/** Whether a run has tools to call, so that there will be steps to show. */
export function canCallTools({ run, steps }: FollowedRunState): boolean {
  return hasCalledTools({ steps }) || (run?.tools ?? []).length > 0;
}

/** Whether a run has functions to call, so that it may wait for their outputs. */
export function canCallFunctions({ run }: FollowedRunState): boolean {
  return (run?.tools ?? []).some(({ type }) => type === 'function');
}

/** Whether a run has tools that read or make files, so that its answer may have sources to show. */
export function canUseFiles({ run }: FollowedRunState): boolean {
  return (run?.tools ?? []).some(({ type }) => type !== 'function');
}
