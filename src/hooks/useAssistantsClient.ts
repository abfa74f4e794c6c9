import { createContext, useContext } from 'react';
import type { AssistantsClient } from '../client/AssistantsClient.js';

/** Provided by `AssistantsProvider`. */
export const AssistantsClientContext = createContext<AssistantsClient | undefined>(undefined);

/**
 * Returns the client of the nearest `AssistantsProvider`.
 *
 * @param hookName Hook to name in the error message.
 * @throws Error outside of `AssistantsProvider`
 */
export function useAssistantsClient(hookName = 'useAssistantsClient'): AssistantsClient {
  const client = useContext(AssistantsClientContext);
  if (client === undefined) {
    throw new Error(
      `${hookName} must be used inside <AssistantsProvider>. Wrap your tree in <AssistantsProvider client={client}>.`,
    );
  }
  return client;
}
