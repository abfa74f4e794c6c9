import { AssistantsError } from '../../client/AssistantsError.js';
import type { Message, Run } from '../../protocol/types.js';
import type { FollowedRunState } from '../run/FollowedRun.js';
import { isFollowing } from '../run/runPhase.js';
import { isFailedRun, isSuperseded } from './runOutcome.js';

/**
 * Status of a conversation:
 * - 'idle': nothing is active.
 * - 'loading': the first messages are being loaded.
 * - 'sending': a message is being sent, or a run is being created.
 * - 'queued': the run is queued on the server.
 * - 'running': the assistant answers.
 * - 'awaiting-tools': the run waits for tool outputs; see `pendingToolCalls`.
 * - 'cancelling': the run is being cancelled.
 * - 'error': nothing is active, and `error` is set.
 */
export type ConversationStatus =
  'idle' | 'loading' | 'sending' | 'queued' | 'running' | 'awaiting-tools' | 'cancelling' | 'error';

/** Returns the status of a conversation. A run that is followed comes first, then sending, errors and loading. */
export function getConversationStatus(
  followed: Pick<FollowedRunState, 'phase' | 'run'>,
  { isSending, isLoading, hasError }: { isSending: boolean; isLoading: boolean; hasError: boolean },
): ConversationStatus {
  if (isFollowing(followed)) return getRunStatus(followed.run);
  if (isSending) return 'sending';
  if (hasError) return 'error';
  return isLoading ? 'loading' : 'idle';
}

function getRunStatus(run: Run | undefined): ConversationStatus {
  switch (run?.status) {
    case undefined:
      return 'sending';
    case 'queued':
      return 'queued';
    case 'requires_action':
      return 'awaiting-tools';
    case 'cancelling':
      return 'cancelling';
    // Treat unknown statuses as active.
    default:
      return 'running';
  }
}

/**
 * Returns the failure of following a run, or of the run itself. Undefined if there is none, or newer messages supersede the run.
 *
 * @param stored The newest message of the thread, and whether the messages are loaded.
 */
export function getRunError(
  { phase, run, error }: Pick<FollowedRunState, 'phase' | 'run' | 'error'>,
  stored: { newest: Message | undefined; isLoaded: boolean },
): AssistantsError | undefined {
  if (phase === 'failed') return error;
  if (!run?.last_error || !isFailedRun(run)) return undefined;
  // A run that had ended before the thread was opened: the messages show if its failure still matters.
  if (phase === 'detached' && !stored.isLoaded) return undefined;
  if (isSuperseded(run, stored.newest)) return undefined;
  return new AssistantsError('run', run.last_error.message, {
    code: run.last_error.code,
    runId: run.id,
  });
}
