import type { AssistantsClient } from '../client/client.js';
import type { Params } from '../client/operations.js';
import type { MessageFile } from '../protocol/types.js';
import * as keys from './keys.js';
import { listOptions, type ListOptions } from './listOptions.js';
import { readOptions, type ReadOptions } from './readOptions.js';

/** listMessageFiles (version 1): newest first unless the query says otherwise. */
export function listMessageFilesOptions(
  client: AssistantsClient,
  { threadId, messageId, query }: Params<'listMessageFiles'>,
): ListOptions<MessageFile> {
  return listOptions('listMessageFiles', {
    queryKey: keys.messageFileList(client.scope, threadId, messageId, query),
    query,
    fetchPage: (page, signal) => client.listMessageFiles({ threadId, messageId, ...page }, { signal }),
  });
}

/** getMessageFile (version 1). */
export function getMessageFileOptions(
  client: AssistantsClient,
  { threadId, messageId, fileId }: Params<'getMessageFile'>,
): ReadOptions<MessageFile> {
  return readOptions('getMessageFile', keys.messageFile(client.scope, threadId, messageId, fileId), ({ signal }) =>
    client.getMessageFile({ threadId, messageId, fileId }, { signal }),
  );
}
