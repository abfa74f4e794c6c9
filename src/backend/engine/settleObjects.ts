import type { Message, Run, RunStep, RunStepStatus, Usage } from '../../protocol/types.js';

/** End of a run. `content_filter` is a reason for messages only; runs have no such reason. */
export type RunOutcome =
  | { status: 'completed' }
  | { status: 'cancelled' }
  | { status: 'expired' }
  | { status: 'failed'; error: NonNullable<Run['last_error']> }
  | {
      status: 'incomplete';
      reason: 'max_completion_tokens' | 'max_prompt_tokens' | 'content_filter';
    };

type IncompleteReason = NonNullable<Message['incomplete_details']>['reason'];

/** Returns the settled run. `usage` is null if the model reported none. */
export function settleRun<R extends Run>(
  run: R,
  outcome: RunOutcome,
  nowSeconds: number,
  usage: Usage | null,
): R {
  return {
    ...run,
    status: outcome.status,
    required_action: null,
    expires_at: null,
    usage,
    last_error: outcome.status === 'failed' ? outcome.error : null,
    completed_at: outcome.status === 'completed' ? nowSeconds : null,
    cancelled_at: outcome.status === 'cancelled' ? nowSeconds : null,
    failed_at: outcome.status === 'failed' ? nowSeconds : null,
    incomplete_details: outcome.status === 'incomplete' ? toRunDetails(outcome.reason) : null,
  };
}

/** Returns the settled step: at the end of its run, or `completed` before the next step. */
export function settleStep<S extends RunStep>(
  step: S,
  outcome: RunOutcome,
  nowSeconds: number,
  usage: Usage | null,
): S {
  const status = getStepStatus(step, outcome);
  return {
    ...step,
    status,
    usage,
    last_error: status === 'failed' ? getStepError(step, outcome) : null,
    completed_at: status === 'completed' ? nowSeconds : null,
    cancelled_at: status === 'cancelled' ? nowSeconds : null,
    failed_at: status === 'failed' ? nowSeconds : null,
    expired_at: status === 'expired' ? nowSeconds : null,
  };
}

/** Returns the settled message. */
export function settleMessage<M extends Message>(
  message: M,
  outcome: RunOutcome,
  nowSeconds: number,
): M {
  if (outcome.status === 'completed')
    return { ...message, status: 'completed', completed_at: nowSeconds };
  const reason = getIncompleteReason(outcome);
  return {
    ...message,
    status: 'incomplete',
    incomplete_at: nowSeconds,
    incomplete_details: { reason },
  };
}

function toRunDetails(
  reason: (RunOutcome & { status: 'incomplete' })['reason'],
): Run['incomplete_details'] {
  return reason === 'content_filter' ? {} : { reason };
}

/** Steps cannot be incomplete: a truncated message completes its step, a truncated function call fails it. */
function getStepStatus(step: RunStep, { status }: RunOutcome): RunStepStatus {
  if (status !== 'incomplete') return status;
  return step.type === 'message_creation' ? 'completed' : 'failed';
}

function getStepError(
  { step_details: details }: RunStep,
  outcome: RunOutcome,
): RunStep['last_error'] {
  if (outcome.status !== 'failed') {
    const hasCalls = details.type === 'tool_calls' && details.tool_calls.length > 0;
    const place = hasCalls ? 'a function call' : 'its reasoning';
    return {
      code: 'server_error',
      message: `The response was truncated in the middle of ${place}.`,
    };
  }
  const { code, message } = outcome.error;
  return { code: code === 'rate_limit_exceeded' ? code : 'server_error', message };
}

function getIncompleteReason(
  outcome: Exclude<RunOutcome, { status: 'completed' }>,
): IncompleteReason {
  switch (outcome.status) {
    case 'cancelled':
      return 'run_cancelled';
    case 'expired':
      return 'run_expired';
    case 'failed':
      return 'run_failed';
    case 'incomplete':
      return outcome.reason === 'content_filter' ? 'content_filter' : 'max_tokens';
  }
}
