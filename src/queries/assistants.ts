import type { AssistantsClient } from '../client/AssistantsClient.js';
import type { OperationParams, OperationResult } from '../client/operations.js';
import type { Assistant } from '../protocol/types.js';
import { writeAssistant } from './cache/writeObjects.js';
import * as keys from './keys.js';
import {
  createInfiniteQueryOptions,
  type OperationInfiniteQueryOptions,
} from './createInfiniteQueryOptions.js';
import { removeFromLists, updateInLists, removeSubtree } from './cache/lists.js';
import { createQueryOptions, type OperationQueryOptions } from './createQueryOptions.js';
import { createMutationOptions, type OperationMutationOptions } from './createMutationOptions.js';

/** Options for listing assistants, newest first unless `query.order` is 'asc'. Source: listAssistants. */
export function listAssistantsOptions(
  client: AssistantsClient,
  { query }: OperationParams<'listAssistants'> = {},
): OperationInfiniteQueryOptions<Assistant> {
  return createInfiniteQueryOptions('listAssistants', {
    queryKey: keys.assistantList(client.scope, query),
    query,
    fetchPage: (page, signal) => client.listAssistants(page, { signal }),
  });
}

/** Options for reading an assistant. Source: getAssistant. */
export function getAssistantOptions(
  client: AssistantsClient,
  { assistantId }: OperationParams<'getAssistant'>,
): OperationQueryOptions<Assistant> {
  return createQueryOptions(
    'getAssistant',
    keys.assistantDetail(client.scope, assistantId),
    ({ signal }) => client.getAssistant({ assistantId }, { signal }),
  );
}

/**
 * Options for creating an assistant. Writes the assistant into its detail query and at its place in the lists.
 * Source: createAssistant.
 */
export function createAssistantOptions(
  client: AssistantsClient,
): OperationMutationOptions<Assistant, OperationParams<'createAssistant'>> {
  return createMutationOptions(client, 'createAssistant', {
    onSuccess: (assistant, _params, _onMutateResult, context) =>
      writeAssistant(context.client, client.scope, assistant),
  });
}

/**
 * Options for modifying an assistant. Updates its detail query and the lists optimistically, and rolls back on an
 * error. Source: modifyAssistant.
 */
export function modifyAssistantOptions(
  client: AssistantsClient,
): OperationMutationOptions<
  Assistant,
  OperationParams<'modifyAssistant'>,
  { before: Assistant | undefined }
> {
  return createMutationOptions(client, 'modifyAssistant', {
    onMutate({ assistantId, body }, { client: queryClient }) {
      const { queryKey } = getAssistantOptions(client, { assistantId });
      const before = queryClient.getQueryData(queryKey);
      if (before) writeAssistant(queryClient, client.scope, applyChanges(before, body));
      else
        updateInLists<Assistant>(queryClient, getListsKey(client), assistantId, (item) =>
          applyChanges(item, body),
        );
      return { before };
    },
    onSuccess: (assistant, _params, _onMutateResult, context) =>
      writeAssistant(context.client, client.scope, assistant),
    async onError(_error, { assistantId }, onMutateResult, { client: queryClient }) {
      if (onMutateResult?.before) writeAssistant(queryClient, client.scope, onMutateResult.before);
      else await queryClient.invalidateQueries({ queryKey: getListsKey(client) });
      const { queryKey } = getAssistantOptions(client, { assistantId });
      await queryClient.invalidateQueries({ queryKey, exact: true });
    },
  });
}

/**
 * Options for deleting an assistant. Removes its detail query, its files and its entry in the lists.
 * Source: deleteAssistant.
 */
export function deleteAssistantOptions(
  client: AssistantsClient,
): OperationMutationOptions<
  OperationResult<'deleteAssistant'>,
  OperationParams<'deleteAssistant'>
> {
  return createMutationOptions(client, 'deleteAssistant', {
    onSuccess(_deleted, { assistantId }, _onMutateResult, { client: queryClient }) {
      removeSubtree(queryClient, keys.assistant(client.scope, assistantId));
      removeFromLists(queryClient, getListsKey(client), assistantId);
    },
  });
}

function getListsKey(client: AssistantsClient) {
  return keys.assistantLists(client.scope);
}

/**
 * Returns the expected result of a modification. `tool_resources` is left out, because only the server knows its
 * result.
 */
function applyChanges(
  assistant: Assistant,
  { tool_resources: _ignored, ...body }: OperationParams<'modifyAssistant'>['body'],
): Assistant {
  const changes = Object.fromEntries(
    Object.entries(body).filter(([, value]) => value !== undefined),
  );
  return { ...assistant, ...changes };
}
