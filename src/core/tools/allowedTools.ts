import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { getLocalStorage } from '../../common/getLocalStorage.js';
import { createAllowedTools, type AllowedTools } from './createAllowedTools.js';

const allowedTools = new WeakMap<AssistantsClient, AllowedTools>();

/** Returns the allowed tools of the user of a client. */
export function getAllowedTools(client: AssistantsClient): AllowedTools {
  const known = allowedTools.get(client) ?? createAllowedTools(getLocalStorage(), client.scope);
  allowedTools.set(client, known);
  return known;
}
