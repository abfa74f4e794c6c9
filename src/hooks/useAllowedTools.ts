import { useCallback, useSyncExternalStore } from 'react';
import { getAllowedTools } from '../core/tools/allowedTools.js';
import { useAssistantsClient } from './useAssistantsClient.js';

/** Result of `useAllowedTools`. */
export interface UseAllowedToolsResult {
  /**
   * Names of the tools, in the order in which the user has allowed them. Functions that a server runs, such as an MCP server, are
   * named `server/function`.
   */
  readonly names: readonly string[];
  /** Asks the user again before each call of a tool. */
  readonly revoke: (toolName: string) => void;
}

const NONE: readonly string[] = [];

/**
 * Returns the tools of an assistant whose calls the user always allows, for example for a list in the settings of the app. They
 * are stored in the browser, by the `scope` of the client.
 *
 * @param assistantId Without an id, there are no tools.
 */
export function useAllowedTools(assistantId: string | null | undefined): UseAllowedToolsResult {
  const allowedTools = getAllowedTools(useAssistantsClient());
  const id = assistantId ?? '';
  const names = useSyncExternalStore(
    allowedTools.subscribe,
    () => allowedTools.list(id),
    () => NONE,
  );
  const revoke = useCallback(
    (toolName: string) => allowedTools.revoke(id, toolName),
    [allowedTools, id],
  );
  return { names, revoke };
}
