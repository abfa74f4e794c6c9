import {
  useQueryClient,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useObjectUrl } from '../useObjectUrl.js';
import type { AssistantsError } from '../../client/AssistantsError.js';
import type { OperationParams, OperationResult } from '../../client/operations.js';
import type { FileObject } from '../../protocol/types.js';
import {
  type UploadFileParams,
  deleteFileOptions,
  getFileContentOptions,
  getFileOptions,
  listFilesOptions,
  uploadFileOptions,
} from '../../queries/files.js';
import * as keys from '../../queries/keys.js';
import { seedFromLists } from '../../queries/cache/lists.js';
import type { MaybeOperationParams } from './params.js';
import { useAssistantsClient } from '../useAssistantsClient.js';
import {
  useOperationInfiniteQuery,
  type UseOperationInfiniteQueryOptions,
} from './useOperationInfiniteQuery.js';
import { useOperationQuery, type UseOperationQueryOptions } from './useOperationQuery.js';
import { useOperationMutation, type UseOperationMutationOptions } from './useOperationMutation.js';

/** Lists files, in the order of the server. Source: listFiles. */
export function useFiles<Selected = FileObject[]>(
  params: MaybeOperationParams<'listFiles'> = {},
  options: UseOperationInfiniteQueryOptions<FileObject, Selected> = {},
): UseInfiniteQueryResult<Selected, AssistantsError> {
  return useOperationInfiniteQuery(
    useAssistantsClient('useFiles'),
    listFilesOptions,
    params,
    options,
  );
}

/** Reads the metadata of a file. Starts with the item of a cached list, if one has it. Source: getFile. */
export function useFile<Selected = FileObject>(
  params: MaybeOperationParams<'getFile'>,
  options: UseOperationQueryOptions<FileObject, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  const client = useAssistantsClient('useFile');
  const seed = seedFromLists<FileObject>(
    useQueryClient(),
    keys.fileLists(client.scope),
    params.fileId,
  );
  return useOperationQuery(client, getFileOptions, params, { ...seed, ...options });
}

/**
 * Uploads a file: `mutate({ body: { file, purpose }, onUploadProgress, signal })`. Writes the file into the cache of
 * `useFile` and at its place in the lists of its purpose. `onUploadProgress` is not called if the client has a custom
 * `fetch`. Source: uploadFile.
 */
export function useUploadFile(
  options: UseOperationMutationOptions<FileObject, UploadFileParams> = {},
): UseMutationResult<FileObject, AssistantsError, UploadFileParams> {
  return useOperationMutation(uploadFileOptions(useAssistantsClient('useUploadFile')), options);
}

/** Deletes a file. Removes it and its content from the cache and from the lists. Source: deleteFile. */
export function useDeleteFile(
  options: UseOperationMutationOptions<
    OperationResult<'deleteFile'>,
    OperationParams<'deleteFile'>
  > = {},
): UseMutationResult<
  OperationResult<'deleteFile'>,
  AssistantsError,
  OperationParams<'deleteFile'>
> {
  return useOperationMutation(deleteFileOptions(useAssistantsClient('useDeleteFile')), options);
}

/** Result of `useFileContent`. */
export interface FileContent {
  /** Object URL of the content, for an image or a download. Revoked when the file changes and on unmount. */
  url: string | undefined;
  /** Result of the query. `data` is the content as a Blob. */
  query: UseQueryResult<Blob, AssistantsError>;
}

/**
 * Reads the content of a file and creates an object URL for it. The cached content never becomes stale. Source:
 * getFileContent.
 */
export function useFileContent(
  params: MaybeOperationParams<'getFileContent'>,
  options: UseOperationQueryOptions<Blob> = {},
): FileContent {
  const client = useAssistantsClient('useFileContent');
  const query = useOperationQuery(client, getFileContentOptions, params, options);
  const { data: blob } = query;
  return { url: useObjectUrl(blob), query };
}
