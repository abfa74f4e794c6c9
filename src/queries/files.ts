import type { CallOptions, AssistantsClient } from '../client/client.js';
import type { Params, Result } from '../client/operations.js';
import type { FileObject } from '../protocol/types.js';
import { writeFile } from './cache.js';
import * as keys from './keys.js';
import { listOptions, type ListOptions } from './listOptions.js';
import { dropFromLists, removeSubtree } from './lists.js';
import { FRESH_MS, readOptions, tagged, type ReadOptions } from './readOptions.js';
import { keepEqual } from './share.js';
import { writeOptions, type WriteOptions } from './writeOptions.js';

/** What an upload takes: the file, and on the way `onUploadProgress` (0 to 1) and a `signal` to call it off. */
export type UploadFileParams = Params<'uploadFile'> & Pick<CallOptions, 'onUploadProgress' | 'signal'>;

/** listFiles: in the order of the server. */
export function listFilesOptions(client: AssistantsClient, { query }: Params<'listFiles'> = {}): ListOptions<FileObject> {
  return listOptions('listFiles', {
    queryKey: keys.fileList(client.scope, query),
    query,
    fetchPage: (page, signal) => client.listFiles(page, { signal }),
  });
}

/** getFile: everything of a file but its content. */
export function getFileOptions(client: AssistantsClient, { fileId }: Params<'getFile'>): ReadOptions<FileObject> {
  return readOptions('getFile', keys.fileDetail(client.scope, fileId), ({ signal }) =>
    client.getFile({ fileId }, { signal }),
  );
}

/** The names of some files, by id; a file that cannot be had has none. Source: getFile. */
export function fileNamesOptions(client: AssistantsClient, fileIds: readonly string[]): ReadOptions<Record<string, string>> {
  // oxlint-disable-next-line @tanstack/query/exhaustive-deps -- its scope stands for the client
  return {
    queryKey: tagged<Record<string, string>>(keys.fileNames(client.scope, fileIds)),
    async queryFn({ client: queryClient }) {
      const files = fileIds.map((fileId) => queryClient.fetchQuery({ ...getFileOptions(client, { fileId }), staleTime: Infinity }));
      const found = await Promise.allSettled(files);
      return Object.fromEntries(found.flatMap((each) => (each.status === 'fulfilled' ? [[each.value.id, each.value.filename]] : [])));
    },
    retry: false,
    // Files keep their names; those that could not be had are asked for again.
    staleTime: ({ state: { data = {} } }) => (Object.keys(data).length < fileIds.length ? FRESH_MS : Infinity),
    structuralSharing: keepEqual,
    meta: { operationId: 'getFile' },
  };
}

/** getFileContent: a Blob, which never changes and so never grows stale. It cannot be dehydrated. */
export function getFileContentOptions(
  client: AssistantsClient,
  { fileId }: Params<'getFileContent'>,
): ReadOptions<Blob> {
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
export function uploadFileOptions(client: AssistantsClient): WriteOptions<FileObject, UploadFileParams> {
  const upload = ({ body, onUploadProgress, signal }: UploadFileParams) =>
    client.uploadFile({ body }, { signal, ...(onUploadProgress && { onUploadProgress }) });
  return writeOptions(client, 'uploadFile', upload, {
    onSuccess(file, _params, _undo, { client: queryClient }) {
      writeFile(queryClient, client.scope, file);
    },
  });
}

/** deleteFile: out of the lists; its detail and content are forgotten. */
export function deleteFileOptions(client: AssistantsClient): WriteOptions<Result<'deleteFile'>, Params<'deleteFile'>> {
  return writeOptions(client, 'deleteFile', (params) => client.deleteFile(params), {
    onSuccess(_deleted, { fileId }, _undo, { client: queryClient }) {
      removeSubtree(queryClient, keys.file(client.scope, fileId));
      dropFromLists(queryClient, keys.fileLists(client.scope), fileId);
    },
  });
}
