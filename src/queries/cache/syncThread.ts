import type { QueryClient } from '@tanstack/react-query';
import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { syncMessages } from './syncMessages.js';

/**
 * Calls `syncMessages`, but never rejects: a failure is logged during development, and marks the lists as stale. Then
 * they are refetched when the window regains the focus, or the page the network.
 */
export async function syncThread(
  { queryClient, client }: { queryClient: QueryClient; client: AssistantsClient },
  threadId: string,
): Promise<void> {
  try {
    await syncMessages(queryClient, client, threadId);
  } catch (reason) {
    await import('./syncThread.lazy.js').then(
      (module) => module.handleSyncFailure(queryClient, client, threadId, reason),
      () => undefined,
    );
  }
}
