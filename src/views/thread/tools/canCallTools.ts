import type { FollowedRunState } from '../../../core/run/FollowedRun.js';

/** Returns true if a run has called tools. */
export function hasCalledTools({ steps }: Pick<FollowedRunState, 'steps'>): boolean {
  return steps.some(({ type }) => type !== 'message_creation');
}

/** Returns true if a run may call tools, so that it has steps to show. */
export function canCallTools({ run, steps }: FollowedRunState): boolean {
  return hasCalledTools({ steps }) || (run?.tools ?? []).length > 0;
}

/** Returns true if a run may call functions, whose outputs it waits for. */
export function canCallFunctions({ run }: FollowedRunState): boolean {
  return (run?.tools ?? []).some(({ type }) => type === 'function');
}

/** Returns true if a run has tools that read or write files, so that its answer may cite them. */
export function canUseFiles({ run }: FollowedRunState): boolean {
  return (run?.tools ?? []).some(({ type }) => type !== 'function');
}
