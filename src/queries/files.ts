import type { CallOptions, AssistantsClient } from '../client/AssistantsClient.js';
import type { OperationParams, OperationResult } from '../client/operations.js';
import type { FileObject } from '../protocol/types.js';
import { writeFile } from './cache/writeObjects.js';
import { removeFromVectorStores } from './cache/writeVectorStores.js';
import * as keys from './keys.js';
import {
  createInfiniteQueryOptions,
  type OperationInfiniteQueryOptions,
} from './createInfiniteQueryOptions.js';
import { removeFromLists, removeSubtree } from './cache/lists.js';
import {
  NETWORK_POLICY,
  STALE_TIME_MS,
  createQueryOptions,
  tagQueryKey,
  type OperationQueryOptions,
} from './createQueryOptions.js';
import { reuseIfEqual } from './cache/structuralSharing.js';
import { createMutationOptions, type OperationMutationOptions } from './createMutationOptions.js';

/**
 * Variables of the upload mutation: the file with its purpose, `onUploadProgress` (called with 0 to 1) and a `signal`
 * that aborts the upload.
 */
export type UploadFileParams = OperationParams<'uploadFile'> &
  Pick<CallOptions, 'onUploadProgress' | 'signal'>;

/** Options for listing files, in the order of the server. Source: listFiles. */
export function listFilesOptions(
  client: AssistantsClient,
  { query }: OperationParams<'listFiles'> = {},
): OperationInfiniteQueryOptions<FileObject> {
  return createInfiniteQueryOptions('listFiles', {
    queryKey: keys.fileList(client.scope, query),
    query,
    fetchPage: (page, signal) => client.listFiles(page, { signal }),
  });
}

/** Options for reading the metadata of a file. Source: getFile. */
export function getFileOptions(
  client: AssistantsClient,
  { fileId }: OperationParams<'getFile'>,
): OperationQueryOptions<FileObject> {
  return createQueryOptions('getFile', keys.fileDetail(client.scope, fileId), ({ signal }) =>
    client.getFile({ fileId }, { signal }),
  );
}

/** Name and size of a file, which messages show. */
export interface FileSummary {
  name: string;
  /** In bytes. Undefined if the server reports none. */
  size: number | undefined;
}

/** Names and sizes of files by id. */
export type FileSummaries = Readonly<Record<string, FileSummary>>;

/**
 * Options for reading the names and sizes of several files, as an object by file id. Files that cannot be read are left out.
 * Source: getFile.
 */
export function fileSummariesOptions(
  client: AssistantsClient,
  fileIds: readonly string[],
): OperationQueryOptions<FileSummaries> {
  // oxlint-disable-next-line @tanstack/query/exhaustive-deps -- the key has the scope of the client
  return {
    queryKey: tagQueryKey<FileSummaries>(keys.fileSummaries(client.scope, fileIds)),
    async queryFn({ client: queryClient }) {
      const files = fileIds.map((fileId) =>
        queryClient.fetchQuery({ ...getFileOptions(client, { fileId }), staleTime: Infinity }),
      );
      const results = await Promise.allSettled(files);
      return Object.fromEntries(
        results.flatMap((result) =>
          result.status === 'fulfilled' ? [[result.value.id, summarize(result.value)]] : [],
        ),
      );
    },
    ...NETWORK_POLICY,
    // Files do not change. The query becomes stale only if some files could not be read.
    staleTime: ({ state: { data = {} } }) =>
      Object.keys(data).length < fileIds.length ? STALE_TIME_MS : Infinity,
    structuralSharing: reuseIfEqual,
    meta: { operationId: 'getFile' },
  };
}

function summarize({ filename, bytes }: FileObject): FileSummary {
  // Responses without a size have 0.
  return { name: filename, size: bytes > 0 ? bytes : undefined };
}

/**
 * Options for reading the content of a file as a Blob. Content does not change, so the query never becomes stale. It
 * cannot be dehydrated. Source: getFileContent.
 */
export function getFileContentOptions(
  client: AssistantsClient,
  { fileId }: OperationParams<'getFileContent'>,
): OperationQueryOptions<Blob> {
  return {
    queryKey: tagQueryKey<Blob>(keys.fileContent(client.scope, fileId)),
    queryFn: ({ signal }) => client.getFileContent({ fileId }, { signal }),
    ...NETWORK_POLICY,
    staleTime: Infinity,
    structuralSharing: false,
    meta: { operationId: 'getFileContent' },
  };
}

/**
 * Options for uploading a file. Writes the file into its detail query and at its place in the lists of its purpose.
 * Source: uploadFile.
 */
export function uploadFileOptions(
  client: AssistantsClient,
): OperationMutationOptions<FileObject, UploadFileParams> {
  const options = createMutationOptions(client, 'uploadFile', {
    onSuccess(file, _params, _onMutateResult, { client: queryClient }) {
      writeFile(queryClient, client.scope, file);
    },
  });
  return {
    ...options,
    mutationFn: ({ body, onUploadProgress, signal }) =>
      client.uploadFile({ body }, { signal, ...(onUploadProgress && { onUploadProgress }) }),
  };
}

/**
 * Options for deleting a file. Removes its detail query, its content and its entry in the lists, and refetches vector
 * stores, which lose the file. Source: deleteFile.
 */
export function deleteFileOptions(
  client: AssistantsClient,
): OperationMutationOptions<OperationResult<'deleteFile'>, OperationParams<'deleteFile'>> {
  return createMutationOptions(client, 'deleteFile', {
    async onSuccess(_deleted, { fileId }, _onMutateResult, { client: queryClient }) {
      removeSubtree(queryClient, keys.file(client.scope, fileId));
      removeFromLists(queryClient, keys.fileLists(client.scope), fileId);
      await removeFromVectorStores(queryClient, client.scope, fileId);
    },
  });
}
