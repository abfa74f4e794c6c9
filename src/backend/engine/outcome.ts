import type { Message, Run, RunStep, RunStepStatus, Usage } from '../../protocol/types.js';

/** How a run ends. `incomplete` carries the reason of its message; a run itself has no word for `content_filter`. */
export type Outcome =
  | { status: 'completed' }
  | { status: 'cancelled' }
  | { status: 'expired' }
  | { status: 'failed'; error: NonNullable<Run['last_error']> }
  | {
      status: 'incomplete';
      reason: 'max_completion_tokens' | 'max_prompt_tokens' | 'content_filter';
    };

type IncompleteReason = NonNullable<Message['incomplete_details']>['reason'];

/** A run at its end. `now` in seconds; `usage` null when the model told nothing. */
export function settleRun<R extends Run>(
  run: R,
  outcome: Outcome,
  now: number,
  usage: Usage | null,
): R {
  return {
    ...run,
    status: outcome.status,
    required_action: null,
    expires_at: null,
    usage,
    last_error: outcome.status === 'failed' ? outcome.error : null,
    completed_at: outcome.status === 'completed' ? now : null,
    cancelled_at: outcome.status === 'cancelled' ? now : null,
    failed_at: outcome.status === 'failed' ? now : null,
    incomplete_details: outcome.status === 'incomplete' ? runDetails(outcome.reason) : null,
  };
}

/** The step that was open when its run ended, or when the run went on to the next one (`completed`). `now` in seconds. */
export function settleStep(
  step: RunStep,
  outcome: Outcome,
  now: number,
  usage: Usage | null,
): RunStep {
  const status = stepStatus(step, outcome);
  return {
    ...step,
    status,
    usage,
    last_error: status === 'failed' ? stepError(outcome) : null,
    completed_at: status === 'completed' ? now : null,
    cancelled_at: status === 'cancelled' ? now : null,
    failed_at: status === 'failed' ? now : null,
    expired_at: status === 'expired' ? now : null,
  };
}

/** The message that was being written when its run ended. `now` in seconds. */
export function settleMessage<M extends Message>(message: M, outcome: Outcome, now: number): M {
  if (outcome.status === 'completed') return { ...message, status: 'completed', completed_at: now };
  const reason = messageReason(outcome);
  return { ...message, status: 'incomplete', incomplete_at: now, incomplete_details: { reason } };
}

function runDetails(
  reason: (Outcome & { status: 'incomplete' })['reason'],
): Run['incomplete_details'] {
  return reason === 'content_filter' ? {} : { reason };
}

/** A step cannot be incomplete: a cut message is all that this step will do; a cut function call is of no use. */
function stepStatus(step: RunStep, { status }: Outcome): RunStepStatus {
  if (status !== 'incomplete') return status;
  return step.type === 'message_creation' ? 'completed' : 'failed';
}

function stepError(outcome: Outcome): RunStep['last_error'] {
  if (outcome.status !== 'failed') {
    return {
      code: 'server_error',
      message: 'The answer was cut in the middle of a function call.',
    };
  }
  const { code, message } = outcome.error;
  return { code: code === 'rate_limit_exceeded' ? code : 'server_error', message };
}

function messageReason(outcome: Exclude<Outcome, { status: 'completed' }>): IncompleteReason {
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
