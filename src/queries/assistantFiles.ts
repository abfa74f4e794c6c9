import type { QueryClient } from '@tanstack/react-query';
import type { AssistantsClient } from '../client/client.js';
import type { Params, Result } from '../client/operations.js';
import type { Assistant, AssistantFile } from '../protocol/types.js';
import { writeDetail } from './cache.js';
import * as keys from './keys.js';
import { listOptions, type ListOptions } from './listOptions.js';
import { dropFromLists, patchInLists, putInLists, removeSubtree } from './lists.js';
import { readOptions, type ReadOptions } from './readOptions.js';
import { writeOptions, type WriteOptions } from './writeOptions.js';

/** listAssistantFiles (version 1): newest first unless the query says otherwise. */
export function listAssistantFilesOptions(
  client: AssistantsClient,
  { assistantId, query }: Params<'listAssistantFiles'>,
): ListOptions<AssistantFile> {
  return listOptions('listAssistantFiles', {
    queryKey: keys.assistantFileList(client.scope, assistantId, query),
    query,
    fetchPage: (page, signal) => client.listAssistantFiles({ assistantId, ...page }, { signal }),
  });
}

/** getAssistantFile (version 1). */
export function getAssistantFileOptions(
  client: AssistantsClient,
  { assistantId, fileId }: Params<'getAssistantFile'>,
): ReadOptions<AssistantFile> {
  return readOptions('getAssistantFile', keys.assistantFile(client.scope, assistantId, fileId), ({ signal }) =>
    client.getAssistantFile({ assistantId, fileId }, { signal }),
  );
}

/** createAssistantFile (version 1): into its detail, the lists, and the assistant's `file_ids`. */
export function createAssistantFileOptions(
  client: AssistantsClient,
): WriteOptions<AssistantFile, Params<'createAssistantFile'>> {
  return writeOptions(client, 'createAssistantFile', (params) => client.createAssistantFile(params), {
    onSuccess(file, { assistantId }, _undo, { client: queryClient }) {
      writeDetail(queryClient, keys.assistantFile(client.scope, assistantId, file.id), file);
      putInLists(queryClient, keys.assistantFileLists(client.scope, assistantId), file);
      changeFileIds(queryClient, client, assistantId, (ids) => (ids.includes(file.id) ? ids : [...ids, file.id]));
    },
  });
}

/** deleteAssistantFile (version 1): out of its detail, the lists, and the assistant's `file_ids`. The file itself stays. */
export function deleteAssistantFileOptions(
  client: AssistantsClient,
): WriteOptions<Result<'deleteAssistantFile'>, Params<'deleteAssistantFile'>> {
  return writeOptions(client, 'deleteAssistantFile', (params) => client.deleteAssistantFile(params), {
    onSuccess(_deleted, { assistantId, fileId }, _undo, { client: queryClient }) {
      removeSubtree(queryClient, keys.assistantFile(client.scope, assistantId, fileId));
      dropFromLists(queryClient, keys.assistantFileLists(client.scope, assistantId), fileId);
      changeFileIds(queryClient, client, assistantId, (ids) => ids.filter((id) => id !== fileId));
    },
  });
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
