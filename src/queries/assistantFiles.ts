import type { QueryClient } from '@tanstack/react-query';
import type { AssistantsClient } from '../client/AssistantsClient.js';
import type { OperationParams, OperationResult } from '../client/operations.js';
import type { Assistant, AssistantFile } from '../protocol/types.js';
import { writeDetail } from './cache/writeObjects.js';
import * as keys from './keys.js';
import {
  createInfiniteQueryOptions,
  type OperationInfiniteQueryFactoryOptions,
} from './createInfiniteQueryOptions.js';
import { removeFromLists, patchInLists, upsertInLists, removeSubtree } from './cache/lists.js';
import { createQueryOptions, type OperationQueryFactoryOptions } from './createQueryOptions.js';
import {
  createMutationOptions,
  type OperationMutationFactoryOptions,
} from './createMutationOptions.js';

/** listAssistantFiles (version 1): newest first unless the query says otherwise. */
export function listAssistantFilesOptions(
  client: AssistantsClient,
  { assistantId, query }: OperationParams<'listAssistantFiles'>,
): OperationInfiniteQueryFactoryOptions<AssistantFile> {
  return createInfiniteQueryOptions('listAssistantFiles', {
    queryKey: keys.assistantFileList(client.scope, assistantId, query),
    query,
    fetchPage: (page, signal) => client.listAssistantFiles({ assistantId, ...page }, { signal }),
  });
}

/** getAssistantFile (version 1). */
export function getAssistantFileOptions(
  client: AssistantsClient,
  { assistantId, fileId }: OperationParams<'getAssistantFile'>,
): OperationQueryFactoryOptions<AssistantFile> {
  return createQueryOptions(
    'getAssistantFile',
    keys.assistantFile(client.scope, assistantId, fileId),
    ({ signal }) => client.getAssistantFile({ assistantId, fileId }, { signal }),
  );
}

/** createAssistantFile (version 1): into its detail, the lists, and the assistant's `file_ids`. */
export function createAssistantFileOptions(
  client: AssistantsClient,
): OperationMutationFactoryOptions<AssistantFile, OperationParams<'createAssistantFile'>> {
  return createMutationOptions(
    client,
    'createAssistantFile',
    (params) => client.createAssistantFile(params),
    {
      onSuccess(file, { assistantId }, _undo, { client: queryClient }) {
        writeDetail(queryClient, keys.assistantFile(client.scope, assistantId, file.id), file);
        upsertInLists(queryClient, keys.assistantFileLists(client.scope, assistantId), file);
        changeFileIds(queryClient, client, assistantId, (ids) =>
          ids.includes(file.id) ? ids : [...ids, file.id],
        );
      },
    },
  );
}

/** deleteAssistantFile (version 1): out of its detail, the lists, and the assistant's `file_ids`. The file itself stays. */
export function deleteAssistantFileOptions(
  client: AssistantsClient,
): OperationMutationFactoryOptions<
  OperationResult<'deleteAssistantFile'>,
  OperationParams<'deleteAssistantFile'>
> {
  return createMutationOptions(
    client,
    'deleteAssistantFile',
    (params) => client.deleteAssistantFile(params),
    {
      onSuccess(_deleted, { assistantId, fileId }, _undo, { client: queryClient }) {
        removeSubtree(queryClient, keys.assistantFile(client.scope, assistantId, fileId));
        removeFromLists(queryClient, keys.assistantFileLists(client.scope, assistantId), fileId);
        changeFileIds(queryClient, client, assistantId, (ids) => ids.filter((id) => id !== fileId));
      },
    },
  );
}

/** Assistants of version 2 have no `file_ids`, and are left alone. */
function changeFileIds(
  queryClient: QueryClient,
  { scope }: AssistantsClient,
  assistantId: string,
  change: (ids: string[]) => string[],
): void {
  const changed = (assistant: Assistant): Assistant =>
    assistant.file_ids ? { ...assistant, file_ids: change(assistant.file_ids) } : assistant;
  const detailKey = keys.assistantDetail(scope, assistantId);
  const cached = queryClient.getQueryData<Assistant>(detailKey);
  if (cached) writeDetail(queryClient, detailKey, changed(cached));
  patchInLists<Assistant>(queryClient, keys.assistantLists(scope), assistantId, changed);
}
