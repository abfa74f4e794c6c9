import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import type { AssistantsError } from '../client/errors.js';
import type { Params, Result } from '../client/operations.js';
import type { Thread } from '../protocol/types.js';
import {
  createThreadOptions,
  deleteThreadOptions,
  getThreadOptions,
  modifyThreadOptions,
} from '../queries/threads.js';
import type { MaybeParams } from './params.js';
import { useAssistantsClient } from './useAssistantsClient.js';
import { useRead, type ReadHookOptions } from './useRead.js';
import { useWrite, type WriteHookOptions } from './useWrite.js';

/** getThread. */
export function useThread<Selected = Thread>(
  params: MaybeParams<'getThread'>,
  options: ReadHookOptions<Thread, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  return useRead(useAssistantsClient('useThread'), getThreadOptions, params, options);
}

/** createThread: into its detail. */
export function useCreateThread(
  options: WriteHookOptions<Thread, Params<'createThread'>> = {},
): UseMutationResult<Thread, AssistantsError, Params<'createThread'>> {
  return useWrite(createThreadOptions(useAssistantsClient('useCreateThread')), options);
}

/** modifyThread: into its detail. */
export function useModifyThread(
  options: WriteHookOptions<Thread, Params<'modifyThread'>> = {},
): UseMutationResult<Thread, AssistantsError, Params<'modifyThread'>> {
  return useWrite(modifyThreadOptions(useAssistantsClient('useModifyThread')), options);
}

/** deleteThread: everything of the thread is cancelled and forgotten. */
export function useDeleteThread(
  options: WriteHookOptions<Result<'deleteThread'>, Params<'deleteThread'>> = {},
): UseMutationResult<Result<'deleteThread'>, AssistantsError, Params<'deleteThread'>> {
  return useWrite(deleteThreadOptions(useAssistantsClient('useDeleteThread')), options);
}
