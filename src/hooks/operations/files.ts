import {
  useQueryClient,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useMemo, useSyncExternalStore } from 'react';
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
  type OperationInfiniteQueryOptions,
} from './useOperationInfiniteQuery.js';
import { useOperationQuery, type OperationQueryOptions } from './useOperationQuery.js';
import { useOperationMutation, type OperationMutationOptions } from './useOperationMutation.js';

/** listFiles: in the order of the server. */
export function useFiles<Selected = FileObject[]>(
  params: MaybeOperationParams<'listFiles'> = {},
  options: OperationInfiniteQueryOptions<FileObject, Selected> = {},
): UseInfiniteQueryResult<Selected, AssistantsError> {
  return useOperationInfiniteQuery(
    useAssistantsClient('useFiles'),
    listFilesOptions,
    params,
    options,
  );
}

/** getFile: everything of a file but its content; shown from a list that holds it until it is there. */
export function useFile<Selected = FileObject>(
  params: MaybeOperationParams<'getFile'>,
  options: OperationQueryOptions<FileObject, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  const client = useAssistantsClient('useFile');
  const seed = seedFromLists<FileObject>(
    useQueryClient(),
    keys.fileLists(client.scope),
    params.fileId,
  );
  return useOperationQuery(client, getFileOptions, params, { ...seed, ...options });
}

/** uploadFile: `mutate({ body: { file, purpose }, onUploadProgress, signal })`. Progress is told by a client without a `fetch` of its own. */
export function useUploadFile(
  options: OperationMutationOptions<FileObject, UploadFileParams> = {},
): UseMutationResult<FileObject, AssistantsError, UploadFileParams> {
  return useOperationMutation(uploadFileOptions(useAssistantsClient('useUploadFile')), options);
}

/** deleteFile: out of the lists; detail and content are forgotten. */
export function useDeleteFile(
  options: OperationMutationOptions<
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

/** What `useFileContent` returns. */
export interface FileContent {
  /** An object URL of the content, for an image or a download. Revoked when the file changes and on unmount. */
  url: string | undefined;
  /** TanStack's result; its data is the Blob. */
  query: UseQueryResult<Blob, AssistantsError>;
}

/** getFileContent: the content of a file as a URL. */
export function useFileContent(
  params: MaybeOperationParams<'getFileContent'>,
  options: OperationQueryOptions<Blob> = {},
): FileContent {
  const client = useAssistantsClient('useFileContent');
  const query = useOperationQuery(client, getFileContentOptions, params, options);
  const { data: blob } = query;
  const store = useMemo(() => objectUrl(blob), [blob]);
  return { url: useSyncExternalStore(store.subscribe, store.getUrl, noUrl), query };
}

/** An object URL that lives as long as somebody subscribes. */
function objectUrl(blob: Blob | undefined) {
  let url: string | undefined;
  const subscribe = (listener: () => void) => {
    if (blob === undefined) return noUrl;
    const made = URL.createObjectURL(blob);
    url = made;
    listener();
    return () => {
      URL.revokeObjectURL(made);
      url = undefined;
    };
  };
  return { getUrl: () => url, subscribe };
}

function noUrl(): undefined {
  return undefined;
}
