import type { UseInfiniteQueryResult, UseQueryResult } from '@tanstack/react-query';
import type { AssistantsError } from '../../client/AssistantsError.js';
import type { MessageFile } from '../../protocol/types.js';
import { getMessageFileOptions, listMessageFilesOptions } from '../../queries/messageFiles.js';
import type { MaybeOperationParams } from './params.js';
import { useAssistantsClient } from '../useAssistantsClient.js';
import {
  useOperationInfiniteQuery,
  type OperationInfiniteQueryOptions,
} from './useOperationInfiniteQuery.js';
import { useOperationQuery, type OperationQueryOptions } from './useOperationQuery.js';

/** listMessageFiles (version 1): newest first unless the query says otherwise. */
export function useMessageFiles<Selected = MessageFile[]>(
  params: MaybeOperationParams<'listMessageFiles'>,
  options: OperationInfiniteQueryOptions<MessageFile, Selected> = {},
): UseInfiniteQueryResult<Selected, AssistantsError> {
  return useOperationInfiniteQuery(
    useAssistantsClient('useMessageFiles'),
    listMessageFilesOptions,
    params,
    options,
  );
}

/** getMessageFile (version 1). */
export function useMessageFile<Selected = MessageFile>(
  params: MaybeOperationParams<'getMessageFile'>,
  options: OperationQueryOptions<MessageFile, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  return useOperationQuery(
    useAssistantsClient('useMessageFile'),
    getMessageFileOptions,
    params,
    options,
  );
}
