import type { AssistantsClient } from '../../client/AssistantsClient.js';
import type { Assistant, CreateAssistantRequest } from '../../protocol/types.js';

/** Limit of the API in code points. */
const MAX_NAME_LENGTH = 256;

/**
 * Returns the body of createAssistant for a copy of an assistant. It has the same tools, files and vector store.
 *
 * @param name Name of the copy. Shortened to the limit of the API.
 */
export function copyAssistant(
  assistant: Assistant,
  name: string,
  apiVersion: AssistantsClient['apiVersion'],
): CreateAssistantRequest {
  const { model, description, instructions, tools, metadata, ...rest } = assistant;
  const common = {
    name: Array.from(name).slice(0, MAX_NAME_LENGTH).join(''),
    model,
    description,
    instructions,
    tools,
    metadata,
  };
  return apiVersion === 'v1'
    ? { ...common, ...pickGiven(rest, ['file_ids']) }
    : {
        ...common,
        ...pickGiven(rest, ['tool_resources', 'temperature', 'top_p', 'response_format']),
      };
}

/** Returns the members that a server has given a value. Other values are the defaults of the server. */
function pickGiven<Source extends object, Name extends keyof Source>(
  source: Source,
  names: readonly Name[],
): Partial<Pick<Source, Name>> {
  const given = names.filter((name) => source[name] !== undefined && source[name] !== null);
  return Object.fromEntries(given.map((name) => [name, source[name]])) as Partial<
    Pick<Source, Name>
  >;
}
