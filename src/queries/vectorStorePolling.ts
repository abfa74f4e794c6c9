import type { AssistantsError } from '../client/AssistantsError.js';
import { isFinalError } from './runPolling.js';

/** Reading a file usually takes less than a second. */
const POLL_MS = 1_000;
/** Time until the next poll after an error. */
const ERROR_POLL_MS = 10_000;

/** Returns the time until the next poll in milliseconds, for TanStack's `refetchInterval`; false if no file is being read. */
export function getReadingInterval(
  isReading: boolean,
  error: AssistantsError | null,
): number | false {
  if (!isReading || (error && isFinalError(error))) return false;
  return error ? ERROR_POLL_MS : POLL_MS;
}
