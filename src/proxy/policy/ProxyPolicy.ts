import type { OperationId } from '../../protocol/types.js';
import type { OwnedType } from '../ownership/Ownership.js';

/** Names that callers may use, or `'any'`. */
export type AllowedNames = readonly string[] | 'any';

/** Settings of a run or an assistant that influence the model or the cost. */
export type RunSetting =
  | 'max_completion_tokens'
  | 'max_prompt_tokens'
  | 'parallel_tool_calls'
  | 'reasoning_effort'
  | 'response_format'
  | 'temperature'
  | 'tool_choice'
  | 'top_p'
  | 'truncation_strategy';

/**
 * Parts of requests that callers may decide. Each is denied by default: a request that names one gets a 403, or a 404 for an id.
 * Ids of objects that the caller has created are always allowed.
 */
export interface ProxyPolicy {
  /**
   * Ids of assistants that all callers may run and read, with their instructions. They cannot be changed, except with `'any'`
   * and `authorize`.
   *
   * @default none
   */
  assistants?: AllowedNames;
  /** Ids of files that all callers may read and attach. @default none */
  files?: AllowedNames;
  /** Ids of vector stores that all callers may search. @default none */
  vectorStores?: AllowedNames;
  /** Models that a run or an assistant may name. @default none */
  models?: AllowedNames;
  /** Allows `instructions` and `additional_instructions`. @default false */
  instructions?: boolean;
  /** Types of tools, such as `file_search`, and names of functions that a run or an assistant may have. @default none */
  tools?: AllowedNames;
  /**
   * Allows `tool_resources`, and files of assistants and vector stores. Their files and vector stores must be allowed,
   * too.
   *
   * @default false
   */
  toolResources?: boolean;
  /** Allows files and images in messages. The files must be allowed, too. @default false */
  attachments?: boolean;
  /** Allows images that the API loads from the web. @default false */
  imageUrls?: boolean;
  /** Allows messages with the role `assistant`, which editing a message and `fork` need. @default false */
  assistantMessages?: boolean;
  /**
   * Keys of `metadata` that callers may set. Changing an object replaces all of its metadata, so keep data that your server
   * relies on somewhere else.
   *
   * @default none
   */
  metadata?: AllowedNames;
  /** Settings that a run or an assistant may have. @default none */
  settings?: readonly RunSetting[] | 'any';
  /** Values of `purpose` for uploads. @default ['assistants', 'vision', 'user_data'] */
  purposes?: readonly string[];
  /** Allows passages of files in the results of file searches (`include[]`). @default false */
  searchResults?: boolean;
  /** Lists whose objects all callers may see, such as `listAssistants` and `listFiles`. @default none */
  sharedLists?: readonly OperationId[];
}

/** Returns true if a name is allowed. */
export function isAllowedName(names: AllowedNames | undefined, name: unknown): boolean {
  return names === 'any' || (typeof name === 'string' && (names ?? []).includes(name));
}

/** Returns the ids of the objects of a type that all callers may read. */
export function getSharedIds(type: OwnedType, policy: ProxyPolicy): AllowedNames {
  switch (type) {
    case 'assistant':
      return policy.assistants ?? [];
    case 'file':
      return policy.files ?? [];
    case 'vector_store':
      return policy.vectorStores ?? [];
    case 'thread':
      return [];
  }
}
