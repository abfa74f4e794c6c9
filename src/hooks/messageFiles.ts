import type { UseInfiniteQueryResult, UseQueryResult } from '@tanstack/react-query';
import type { AssistantsError } from '../client/errors.js';
import type { MessageFile } from '../protocol/types.js';
import {
  getMessageFileOptions,
  listMessageFilesOptions,
} from '../queries/messageFiles.js';
import type { MaybeParams } from './params.js';
import { useAssistantsClient } from './useAssistantsClient.js';
import { useList, type ListHookOptions } from './useList.js';
import { useRead, type ReadHookOptions } from './useRead.js';

/** listMessageFiles (version 1): newest first unless the query says otherwise. */
export function useMessageFiles<Selected = MessageFile[]>(
  params: MaybeParams<'listMessageFiles'>,
  options: ListHookOptions<MessageFile, Selected> = {},
): UseInfiniteQueryResult<Selected, AssistantsError> {
  return useList(useAssistantsClient('useMessageFiles'), listMessageFilesOptions, params, options);
}

/** getMessageFile (version 1). */
export function useMessageFile<Selected = MessageFile>(
  params: MaybeParams<'getMessageFile'>,
  options: ReadHookOptions<MessageFile, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  return useRead(useAssistantsClient('useMessageFile'), getMessageFileOptions, params, options);
}
