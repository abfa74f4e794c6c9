import type { QueryClient } from '@tanstack/react-query';
import type { AssistantsClient } from '../client/AssistantsClient.js';
import type { OperationParams, OperationResult } from '../client/operations.js';
import type { Assistant, AssistantFile } from '../protocol/types.js';
import { writeDetail } from './cache/writeObjects.js';
import * as keys from './keys.js';
import {
  createInfiniteQueryOptions,
  type OperationInfiniteQueryOptions,
} from './createInfiniteQueryOptions.js';
import { removeFromLists, updateInLists, upsertInLists, removeSubtree } from './cache/lists.js';
import { createQueryOptions, type OperationQueryOptions } from './createQueryOptions.js';
import { createMutationOptions, type OperationMutationOptions } from './createMutationOptions.js';

/**
 * Options for listing the files of an assistant, newest first unless `query.order` is 'asc'. Version 1 only.
 * Source: listAssistantFiles.
 */
export function listAssistantFilesOptions(
  client: AssistantsClient,
  { assistantId, query }: OperationParams<'listAssistantFiles'>,
): OperationInfiniteQueryOptions<AssistantFile> {
  return createInfiniteQueryOptions('listAssistantFiles', {
    queryKey: keys.assistantFileList(client.scope, assistantId, query),
    query,
    fetchPage: (page, signal) => client.listAssistantFiles({ assistantId, ...page }, { signal }),
  });
}

/** Options for reading a file of an assistant. Version 1 only. Source: getAssistantFile. */
export function getAssistantFileOptions(
  client: AssistantsClient,
  { assistantId, fileId }: OperationParams<'getAssistantFile'>,
): OperationQueryOptions<AssistantFile> {
  return createQueryOptions(
    'getAssistantFile',
    keys.assistantFile(client.scope, assistantId, fileId),
    ({ signal }) => client.getAssistantFile({ assistantId, fileId }, { signal }),
  );
}

/**
 * Options for attaching a file to an assistant. Writes the file into its detail query, the lists and the `file_ids` of
 * the assistant. Version 1 only. Source: createAssistantFile.
 */
export function createAssistantFileOptions(
  client: AssistantsClient,
): OperationMutationOptions<AssistantFile, OperationParams<'createAssistantFile'>> {
  return createMutationOptions(client, 'createAssistantFile', {
    onSuccess(file, { assistantId }, _onMutateResult, { client: queryClient }) {
      writeDetail(queryClient, keys.assistantFile(client.scope, assistantId, file.id), file);
      upsertInLists(queryClient, keys.assistantFileLists(client.scope, assistantId), file);
      updateFileIds(queryClient, client, assistantId, (ids) =>
        ids.includes(file.id) ? ids : [...ids, file.id],
      );
    },
  });
}

/**
 * Options for detaching a file from an assistant. Removes the file from its detail query, the lists and the `file_ids`
 * of the assistant. The file itself is not deleted. Version 1 only. Source: deleteAssistantFile.
 */
export function deleteAssistantFileOptions(
  client: AssistantsClient,
): OperationMutationOptions<
  OperationResult<'deleteAssistantFile'>,
  OperationParams<'deleteAssistantFile'>
> {
  return createMutationOptions(client, 'deleteAssistantFile', {
    onSuccess(_deleted, { assistantId, fileId }, _onMutateResult, { client: queryClient }) {
      removeSubtree(queryClient, keys.assistantFile(client.scope, assistantId, fileId));
      removeFromLists(queryClient, keys.assistantFileLists(client.scope, assistantId), fileId);
      updateFileIds(queryClient, client, assistantId, (ids) => ids.filter((id) => id !== fileId));
    },
  });
}

/** Updates the `file_ids` of a cached assistant. Assistants of version 2 have none and do not change. */
function updateFileIds(
  queryClient: QueryClient,
  { scope }: AssistantsClient,
  assistantId: string,
  update: (ids: string[]) => string[],
): void {
  const updateAssistant = (assistant: Assistant): Assistant =>
    assistant.file_ids ? { ...assistant, file_ids: update(assistant.file_ids) } : assistant;
  const detailKey = keys.assistantDetail(scope, assistantId);
  const cached = queryClient.getQueryData<Assistant>(detailKey);
  if (cached) writeDetail(queryClient, detailKey, updateAssistant(cached));
  updateInLists<Assistant>(queryClient, keys.assistantLists(scope), assistantId, updateAssistant);
}
