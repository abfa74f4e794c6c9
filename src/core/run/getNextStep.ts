import type { AssistantsError } from '../../client/AssistantsError.js';
import type { OperationParams } from '../../client/operations.js';
import { isSettled } from '../../protocol/runStatus.js';
import type { Run } from '../../protocol/types.js';
import { createEarlyEndError, createUnknownRunError } from './followErrors.js';
import { getRunIds, type RunIds } from './getRunIds.js';
import type { FollowState, QueuedSubmit } from './reduceFollow.js';

/** A run that is created before it is followed. */
export type CreationTarget =
  | { type: 'createRun'; params: OperationParams<'createRun'> }
  | { type: 'createThreadAndRun'; params: OperationParams<'createThreadAndRun'> };

export interface FollowConfig {
  target: { type: 'existing'; ids: RunIds } | CreationTarget;
  /** False if the run is only streamed. */
  canPoll: boolean;
  /** True if a creation can be repeated with its idempotency key. */
  canRepeatCreation: boolean;
}

/** Next effect of the loop that follows a run. */
export type FollowStep =
  | { type: 'create'; target: CreationTarget }
  /** Repeats a creation whose response was lost. */
  | { type: 'repeatCreation'; target: CreationTarget }
  /** Looks in the thread for a run whose creation was lost. */
  | { type: 'findRun'; threadId: string }
  | { type: 'submit'; run: Run; submit: QueuedSubmit }
  /** Continues the stream of the run after an event, or starts it with the newest segment if `after` is undefined. */
  | { type: 'rejoin'; ids: RunIds; after: string | undefined }
  | { type: 'poll'; ids: RunIds; isDue: boolean }
  | { type: 'finish'; run: Run }
  | { type: 'fail'; error: AssistantsError };

/** Decides what the loop that follows a run does next. */
export function getNextStep(state: FollowState, config: FollowConfig): FollowStep {
  const { followed, queuedSubmit, isPollDue } = state;
  const { run, error } = followed;
  if (run === undefined) return getStepWithoutRun(state, config);
  if (isSettled(run.status)) return { type: 'finish', run };
  if (queuedSubmit) return { type: 'submit', run, submit: queuedSubmit };
  const isWaiting = run.status === 'requires_action';
  if (!isWaiting && state.canRejoin && !isPollDue)
    return { type: 'rejoin', ids: getRunIds(run), after: state.lastEventId };
  if (!isWaiting && !config.canPoll) return { type: 'fail', error: error ?? createEarlyEndError() };
  return { type: 'poll', ids: getRunIds(run), isDue: isPollDue };
}

function getStepWithoutRun(
  { followed, creation, isPollDue }: FollowState,
  { target, canPoll, canRepeatCreation }: FollowConfig,
): FollowStep {
  if (target.type === 'existing') return { type: 'poll', ids: target.ids, isDue: isPollDue };
  if (creation === 'pending') return { type: 'create', target };
  if (creation === 'lost' && canPoll) {
    if (canRepeatCreation) return { type: 'repeatCreation', target };
    if (target.type === 'createRun') return { type: 'findRun', threadId: target.params.threadId };
  }
  return { type: 'fail', error: followed.error ?? createUnknownRunError() };
}
