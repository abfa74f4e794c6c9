import type { AssistantsClient } from '../client/AssistantsClient.js';
import type { OperationParams } from '../client/operations.js';
import type { MessageFile } from '../protocol/types.js';
import * as keys from './keys.js';
import {
  createInfiniteQueryOptions,
  type OperationInfiniteQueryOptions,
} from './createInfiniteQueryOptions.js';
import { createQueryOptions, type OperationQueryOptions } from './createQueryOptions.js';

/**
 * Options for listing the files of a message, newest first unless `query.order` is 'asc'. Version 1 only.
 * Source: listMessageFiles.
 */
export function listMessageFilesOptions(
  client: AssistantsClient,
  { threadId, messageId, query }: OperationParams<'listMessageFiles'>,
): OperationInfiniteQueryOptions<MessageFile> {
  return createInfiniteQueryOptions('listMessageFiles', {
    queryKey: keys.messageFileList(client.scope, threadId, messageId, query),
    query,
    fetchPage: (page, signal) =>
      client.listMessageFiles({ threadId, messageId, ...page }, { signal }),
  });
}

/** Options for reading a file of a message. Version 1 only. Source: getMessageFile. */
export function getMessageFileOptions(
  client: AssistantsClient,
  { threadId, messageId, fileId }: OperationParams<'getMessageFile'>,
): OperationQueryOptions<MessageFile> {
  return createQueryOptions(
    'getMessageFile',
    keys.messageFile(client.scope, threadId, messageId, fileId),
    ({ signal }) => client.getMessageFile({ threadId, messageId, fileId }, { signal }),
  );
}
