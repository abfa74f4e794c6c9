import type { AssistantsClient } from '../client/AssistantsClient.js';
import type { OperationParams } from '../client/operations.js';
import type { MessageFile } from '../protocol/types.js';
import * as keys from './keys.js';
import {
  createInfiniteQueryOptions,
  type OperationInfiniteQueryFactoryOptions,
} from './createInfiniteQueryOptions.js';
import { createQueryOptions, type OperationQueryFactoryOptions } from './createQueryOptions.js';

/** listMessageFiles (version 1): newest first unless the query says otherwise. */
export function listMessageFilesOptions(
  client: AssistantsClient,
  { threadId, messageId, query }: OperationParams<'listMessageFiles'>,
): OperationInfiniteQueryFactoryOptions<MessageFile> {
  return createInfiniteQueryOptions('listMessageFiles', {
    queryKey: keys.messageFileList(client.scope, threadId, messageId, query),
    query,
    fetchPage: (page, signal) =>
      client.listMessageFiles({ threadId, messageId, ...page }, { signal }),
  });
}

/** getMessageFile (version 1). */
export function getMessageFileOptions(
  client: AssistantsClient,
  { threadId, messageId, fileId }: OperationParams<'getMessageFile'>,
): OperationQueryFactoryOptions<MessageFile> {
  return createQueryOptions(
    'getMessageFile',
    keys.messageFile(client.scope, threadId, messageId, fileId),
    ({ signal }) => client.getMessageFile({ threadId, messageId, fileId }, { signal }),
  );
}
