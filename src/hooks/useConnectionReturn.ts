import { useEffect, useState } from 'react';
import type { Conversation } from '../core/conversation/Conversation.js';
import { lazyModule } from '../core/lazyModule.js';
import { useAssistantsClient } from './useAssistantsClient.js';
import { useLazyModule } from './useLazyModule.js';

const connectionModule = lazyModule(
  'the check of the connection',
  async () => (await import('../core/conversation/waitForConnection.js')).waitForConnection,
);

/** Error of which only the kind and the code matter. */
interface FailureKind {
  kind?: string | undefined;
  code?: string | null | undefined;
}

/**
 * Returns true once the server of a conversation can be reached again after a network error. Requests something small until
 * then, while the page is visible. The code of the page may come from elsewhere, so an error of loading it is not checked.
 */
export function useConnectionReturn(
  conversation: Conversation,
  error: FailureKind | null | undefined,
): boolean {
  const client = useAssistantsClient();
  const [endedError, setEndedError] = useState<FailureKind>();
  const isConnectionLost = error?.kind === 'network' && error.code !== 'not_loaded';
  const networkError = isConnectionLost ? error : undefined;
  const { value: waitForConnection } = useLazyModule(connectionModule, networkError !== undefined);
  useEffect(() => {
    if (!networkError || !waitForConnection) return undefined;
    const controller = new AbortController();
    const { threadId } = conversation.getState();
    void waitForConnection(client, threadId, controller.signal).then(() => {
      if (!controller.signal.aborted) setEndedError(networkError);
    });
    return () => controller.abort();
  }, [client, conversation, networkError, waitForConnection]);
  return networkError !== undefined && networkError === endedError;
}
