import type { CallOptions, AssistantsClient } from '../client/AssistantsClient.js';
import type { OperationParams, OperationResult } from '../client/operations.js';
import type { FileObject } from '../protocol/types.js';
import { writeFile } from './cache/writeObjects.js';
import * as keys from './keys.js';
import {
  createInfiniteQueryOptions,
  type OperationInfiniteQueryFactoryOptions,
} from './createInfiniteQueryOptions.js';
import { removeFromLists, removeSubtree } from './cache/lists.js';
import {
  STALE_TIME_MS,
  createQueryOptions,
  tagged,
  type OperationQueryFactoryOptions,
} from './createQueryOptions.js';
import { reuseIfEqual } from './cache/structuralSharing.js';
import {
  createMutationOptions,
  type OperationMutationFactoryOptions,
} from './createMutationOptions.js';

/** What an upload takes: the file, and on the way `onUploadProgress` (0 to 1) and a `signal` to call it off. */
export type UploadFileParams = OperationParams<'uploadFile'> &
  Pick<CallOptions, 'onUploadProgress' | 'signal'>;

/** listFiles: in the order of the server. */
export function listFilesOptions(
  client: AssistantsClient,
  { query }: OperationParams<'listFiles'> = {},
): OperationInfiniteQueryFactoryOptions<FileObject> {
  return createInfiniteQueryOptions('listFiles', {
    queryKey: keys.fileList(client.scope, query),
    query,
    fetchPage: (page, signal) => client.listFiles(page, { signal }),
  });
}

/** getFile: everything of a file but its content. */
export function getFileOptions(
  client: AssistantsClient,
  { fileId }: OperationParams<'getFile'>,
): OperationQueryFactoryOptions<FileObject> {
  return createQueryOptions('getFile', keys.fileDetail(client.scope, fileId), ({ signal }) =>
    client.getFile({ fileId }, { signal }),
  );
}

/** The names of some files, by id; a file that cannot be had has none. Source: getFile. */
export function fileNamesOptions(
  client: AssistantsClient,
  fileIds: readonly string[],
): OperationQueryFactoryOptions<Record<string, string>> {
  // oxlint-disable-next-line @tanstack/query/exhaustive-deps -- its scope stands for the client
  return {
    queryKey: tagged<Record<string, string>>(keys.fileNames(client.scope, fileIds)),
    async queryFn({ client: queryClient }) {
      const files = fileIds.map((fileId) =>
        queryClient.fetchQuery({ ...getFileOptions(client, { fileId }), staleTime: Infinity }),
      );
      const found = await Promise.allSettled(files);
      return Object.fromEntries(
        found.flatMap((each) =>
          each.status === 'fulfilled' ? [[each.value.id, each.value.filename]] : [],
        ),
      );
    },
    retry: false,
    // Files keep their names; those that could not be had are asked for again.
    staleTime: ({ state: { data = {} } }) =>
      Object.keys(data).length < fileIds.length ? STALE_TIME_MS : Infinity,
    structuralSharing: reuseIfEqual,
    meta: { operationId: 'getFile' },
  };
}

/** getFileContent: a Blob, which never changes and so never grows stale. It cannot be dehydrated. */
export function getFileContentOptions(
  client: AssistantsClient,
  { fileId }: OperationParams<'getFileContent'>,
): OperationQueryFactoryOptions<Blob> {
  return {
    queryKey: tagged<Blob>(keys.fileContent(client.scope, fileId)),
    queryFn: ({ signal }) => client.getFileContent({ fileId }, { signal }),
    retry: false,
    staleTime: Infinity,
    structuralSharing: false,
    meta: { operationId: 'getFileContent' },
  };
}

/** uploadFile: into its detail, and to its place in the lists of its purpose. */
export function uploadFileOptions(
  client: AssistantsClient,
): OperationMutationFactoryOptions<FileObject, UploadFileParams> {
  const upload = ({ body, onUploadProgress, signal }: UploadFileParams) =>
    client.uploadFile({ body }, { signal, ...(onUploadProgress && { onUploadProgress }) });
  return createMutationOptions(client, 'uploadFile', upload, {
    onSuccess(file, _params, _undo, { client: queryClient }) {
      writeFile(queryClient, client.scope, file);
    },
  });
}

/** deleteFile: out of the lists; its detail and content are forgotten. */
export function deleteFileOptions(
  client: AssistantsClient,
): OperationMutationFactoryOptions<OperationResult<'deleteFile'>, OperationParams<'deleteFile'>> {
  return createMutationOptions(client, 'deleteFile', (params) => client.deleteFile(params), {
    onSuccess(_deleted, { fileId }, _undo, { client: queryClient }) {
      removeSubtree(queryClient, keys.file(client.scope, fileId));
      removeFromLists(queryClient, keys.fileLists(client.scope), fileId);
    },
  });
}
