import type { OperationId } from '../protocol/types.js';

/** Operations that `ThreadView`, the `Thread.*` parts and `useConversation` use, for `allow`. */
export const threadViewOperations = [
  'createThread',
  'createThreadAndRun',
  'listMessages',
  'createMessage',
  'deleteMessage',
  'listRuns',
  'createRun',
  'getRun',
  'cancelRun',
  'submitToolOutputsToRun',
  'listRunSteps',
  'getRunStep',
  'uploadFile',
  'getFile',
  'getFileContent',
] as const satisfies readonly OperationId[];

/**
 * Operations that `ThreadList`, `ThreadHeader` and `useThreads` use, for `allow`. `listThreads` needs `ownership` with
 * `list`.
 */
export const threadListOperations = [
  'listThreads',
  'getThread',
  'deleteThread',
  'listMessages',
  'listRuns',
  'getRun',
  'listRunSteps',
  'getAssistant',
] as const satisfies readonly OperationId[];

/**
 * Operations that `AssistantList` and `AssistantEditor` use, for `allow`. `listAssistants` must be in
 * `policy.sharedLists`, too.
 */
export const assistantsViewOperations = [
  'listAssistants',
  'getAssistant',
  'createAssistant',
  'modifyAssistant',
  'uploadFile',
  'getFile',
  'createVectorStore',
  'listVectorStoreFiles',
  'deleteVectorStoreFile',
  'createVectorStoreFileBatch',
] as const satisfies readonly OperationId[];

/** Operations that list, upload, download and delete files, for `allow`. `listFiles` must be in `policy.sharedLists`, too. */
export const filesViewOperations = [
  'listFiles',
  'uploadFile',
  'getFile',
  'getFileContent',
  'deleteFile',
] as const satisfies readonly OperationId[];
