import { AssistantsError } from '../../client/AssistantsError.js';
import type { RunStatus } from '../../protocol/types.js';
import type { RunIds } from './getRunIds.js';

/** Creates the error for tool outputs that the run does not require. */
export function createOutputsNotRequiredError(status: RunStatus | undefined): AssistantsError {
  const actual = status === undefined ? 'is not known yet' : `has the status '${status}'`;
  const message = `Tool outputs were not submitted: the run ${actual}. Submit them in status 'requires_action'.`;
  return new AssistantsError('run', message, { operation: 'submitToolOutputsToRun' });
}

/** Creates the error for tool outputs that are submitted while others are queued. */
export function createOutputsQueuedError(): AssistantsError {
  const message =
    'Tool outputs were not submitted: others are queued already. Submit all outputs in one call.';
  return new AssistantsError('tool', message, { operation: 'submitToolOutputsToRun' });
}

/** Creates the error that a followed run rejects with after `detach`. */
export function createDetachedError(cause: unknown): AssistantsError {
  const message = 'The run is no longer followed after detach(). It continues on the server.';
  return new AssistantsError('aborted', message, { cause });
}

/** Creates the error for a run that the server has not ended although its expiry is past. */
export function createExpiredError({ runId }: RunIds): AssistantsError {
  const message =
    'Polling stopped: the server has not ended the run at its expiry. Start a new one.';
  return new AssistantsError('timeout', message, { operation: 'getRun', runId });
}

/** Creates the error for a creation whose response named no run. */
export function createUnknownRunError(): AssistantsError {
  const message =
    'The event stream ended before its first run event. List the runs of the thread to find it.';
  return new AssistantsError('stream', message);
}

/** Creates the error for a stream that ended too early while polling is not allowed. */
export function createEarlyEndError(): AssistantsError {
  const message =
    "The event stream ended before the run settled. The transport 'auto' continues by polling.";
  return new AssistantsError('stream', message, { retryable: true });
}
