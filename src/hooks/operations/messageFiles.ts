import type { UseInfiniteQueryResult, UseQueryResult } from '@tanstack/react-query';
import type { AssistantsError } from '../../client/AssistantsError.js';
import type { MessageFile } from '../../protocol/types.js';
import { getMessageFileOptions, listMessageFilesOptions } from '../../queries/messageFiles.js';
import type { MaybeOperationParams } from './params.js';
import { useAssistantsClient } from '../useAssistantsClient.js';
import {
  useOperationInfiniteQuery,
  type UseOperationInfiniteQueryOptions,
} from './useOperationInfiniteQuery.js';
import { useOperationQuery, type UseOperationQueryOptions } from './useOperationQuery.js';

/**
 * Lists the files of a message, newest first unless `query.order` is 'asc'. Version 1 only. Source: listMessageFiles.
 */
export function useMessageFiles<Selected = MessageFile[]>(
  params: MaybeOperationParams<'listMessageFiles'>,
  options: UseOperationInfiniteQueryOptions<MessageFile, Selected> = {},
): UseInfiniteQueryResult<Selected, AssistantsError> {
  return useOperationInfiniteQuery(
    useAssistantsClient('useMessageFiles'),
    listMessageFilesOptions,
    params,
    options,
  );
}

/** Reads a file of a message. Version 1 only. Source: getMessageFile. */
export function useMessageFile<Selected = MessageFile>(
  params: MaybeOperationParams<'getMessageFile'>,
  options: UseOperationQueryOptions<MessageFile, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  return useOperationQuery(
    useAssistantsClient('useMessageFile'),
    getMessageFileOptions,
    params,
    options,
  );
}
