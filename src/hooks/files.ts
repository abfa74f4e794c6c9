import { useQueryClient, type UseInfiniteQueryResult, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { useMemo, useSyncExternalStore } from 'react';
import type { AssistantsError } from '../client/errors.js';
import type { Params, Result } from '../client/operations.js';
import type { FileObject } from '../protocol/types.js';
import {
  type UploadFileParams,
  deleteFileOptions,
  getFileContentOptions,
  getFileOptions,
  listFilesOptions,
  uploadFileOptions,
} from '../queries/files.js';
import * as keys from '../queries/keys.js';
import { seededFrom } from '../queries/lists.js';
import type { MaybeParams } from './params.js';
import { useAssistantsClient } from './useAssistantsClient.js';
import { useList, type ListHookOptions } from './useList.js';
import { useRead, type ReadHookOptions } from './useRead.js';
import { useWrite, type WriteHookOptions } from './useWrite.js';

/** listFiles: in the order of the server. */
export function useFiles<Selected = FileObject[]>(
  params: MaybeParams<'listFiles'> = {},
  options: ListHookOptions<FileObject, Selected> = {},
): UseInfiniteQueryResult<Selected, AssistantsError> {
  return useList(useAssistantsClient('useFiles'), listFilesOptions, params, options);
}

/** getFile: everything of a file but its content; shown from a list that holds it until it is there. */
export function useFile<Selected = FileObject>(
  params: MaybeParams<'getFile'>,
  options: ReadHookOptions<FileObject, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  const client = useAssistantsClient('useFile');
  const seed = seededFrom<FileObject>(useQueryClient(), keys.fileLists(client.scope), params.fileId);
  return useRead(client, getFileOptions, params, { ...seed, ...options });
}

/** uploadFile: `mutate({ body: { file, purpose }, onUploadProgress, signal })`. Progress is told by a client without a `fetch` of its own. */
export function useUploadFile(
  options: WriteHookOptions<FileObject, UploadFileParams> = {},
): UseMutationResult<FileObject, AssistantsError, UploadFileParams> {
  return useWrite(uploadFileOptions(useAssistantsClient('useUploadFile')), options);
}

/** deleteFile: out of the lists; detail and content are forgotten. */
export function useDeleteFile(
  options: WriteHookOptions<Result<'deleteFile'>, Params<'deleteFile'>> = {},
): UseMutationResult<Result<'deleteFile'>, AssistantsError, Params<'deleteFile'>> {
  return useWrite(deleteFileOptions(useAssistantsClient('useDeleteFile')), options);
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
  params: MaybeParams<'getFileContent'>,
  options: ReadHookOptions<Blob> = {},
): FileContent {
  const client = useAssistantsClient('useFileContent');
  const query = useRead(client, getFileContentOptions, params, options);
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
