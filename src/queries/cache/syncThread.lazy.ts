import type { QueryClient } from '@tanstack/react-query';
import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { toAssistantsError } from '../../client/AssistantsError.js';
import { warnOnce } from '../../common/warnOnce.js';
import * as keys from '../keys.js';

/** Marks the message lists of a thread as stale, and logs why they could not be synced. */
export function handleSyncFailure(
  queryClient: QueryClient,
  { scope }: AssistantsClient,
  threadId: string,
  reason: unknown,
): void {
  const { kind, status, message } = toAssistantsError(reason);
  if (kind === 'aborted') return;
  void queryClient.invalidateQueries({
    queryKey: keys.messageLists(scope, threadId),
    refetchType: 'none',
  });
  warnOnce(
    `sync messages: ${kind} ${status ?? ''}`,
    `The new messages of thread ${threadId} could not be loaded: ${message}`,
    reason,
  );
}
