import { createContext, useContext } from 'react';
import type { AssistantsClient } from '../client/AssistantsClient.js';

/** Filled by AssistantsProvider. */
export const AssistantsClientContext = createContext<AssistantsClient | undefined>(undefined);

/**
 * The client of the AssistantsProvider above.
 *
 * @param caller The hook to name in the error.
 * @throws Error where there is no provider.
 */
export function useAssistantsClient(caller = 'useAssistantsClient'): AssistantsClient {
  const client = useContext(AssistantsClientContext);
  if (client === undefined) {
    throw new Error(
      `${caller}: no client in context. Wrap the tree in <AssistantsProvider client={...}>.`,
    );
  }
  return client;
}
