// Client
export type {
  AssistantsClient,
  AssistantsClientOptions,
  CallOptions,
  StreamingOperationId,
  StreamParams,
} from '../client/AssistantsClient.js';
export type { ServerCapability, ServerOptions, ServerPreset } from '../client/ServerOptions.js';
export {
  AssistantsError,
  type AssistantsErrorFields,
  type AssistantsErrorKind,
} from '../client/AssistantsError.js';
export { createAssistantsClient } from '../client/createAssistantsClient.js';
export type { OnUploadProgress } from '../client/fetchWithProgress.js';
export type { OperationParams, OperationResult } from '../client/operations.js';

// Wire types
export { isActive, isSettled, mergeRun } from '../protocol/runStatus.js';
export type {
  Assistant,
  AssistantFile,
  AttributeFilter,
  AssistantStreamEvent,
  AssistantTool,
  CodeToolCall,
  CreateAssistantRequest,
  CreateMessageRequest,
  CreateRunRequest,
  CreateThreadAndRunRequest,
  CreateThreadRequest,
  FileAttributes,
  FileCitation,
  FileObject,
  FilePath,
  FileSearchToolCall,
  FunctionDefinition,
  FunctionToolCall,
  Message,
  MessageAnnotation,
  MessageAttachment,
  MessageContent,
  MessageDelta,
  MessageFile,
  MessageStatus,
  Metadata,
  ModifyAssistantRequest,
  OperationId,
  Page,
  PageQuery,
  Run,
  RunStatus,
  RunStep,
  RunStepDelta,
  RunStepReasoning,
  RunStepReasoningDelta,
  RunStepStatus,
  RunStepToolCall,
  RunToolCall,
  SubmitToolOutputsRequest,
  TextContent,
  Thread,
  ToolCallAnswer,
  ToolCallApproval,
  ToolOutput,
  UrlCitation,
  Usage,
  VectorStore,
  VectorStoreFile,
  UsageDay,
  WebSearchToolCall,
  VectorStoreFileBatch,
  VectorStoreFileCounts,
  VectorStoreFileStatus,
  VectorStoreSearchResult,
  VectorStoreSearchResultsPage,
} from '../protocol/types.js';

// Option factories and cache
export {
  createAssistantFileOptions,
  deleteAssistantFileOptions,
  getAssistantFileOptions,
  listAssistantFilesOptions,
} from '../queries/assistantFiles.js';
export {
  createAssistantOptions,
  deleteAssistantOptions,
  getAssistantOptions,
  listAssistantsOptions,
  modifyAssistantOptions,
} from '../queries/assistants.js';
export { isOptimisticMessage, getRowKey } from '../queries/cache/optimisticMessages.js';
export type { Cursor, ListData } from '../queries/cache/pages.js';
export { syncMessages } from '../queries/cache/syncMessages.js';
export {
  writeAssistant,
  writeMessage,
  writeRun,
  writeStep,
  writeThread,
} from '../queries/cache/writeObjects.js';
export type { OperationInfiniteQueryOptions } from '../queries/createInfiniteQueryOptions.js';
export type { OperationMutationOptions } from '../queries/createMutationOptions.js';
export type { OperationQueryOptions } from '../queries/createQueryOptions.js';
export {
  deleteFileOptions,
  getFileContentOptions,
  getFileOptions,
  listFilesOptions,
  uploadFileOptions,
  type UploadFileParams,
} from '../queries/files.js';
export * as keys from '../queries/keys.js';
export { getMessageFileOptions, listMessageFilesOptions } from '../queries/messageFiles.js';
export {
  createMessageOptions,
  deleteMessageOptions,
  getMessageOptions,
  listMessagesOptions,
  modifyMessageOptions,
} from '../queries/messages.js';
export {
  cancelRunOptions,
  createRunOptions,
  createThreadAndRunOptions,
  getRunOptions,
  listRunsOptions,
  modifyRunOptions,
  newestRunOptions,
  submitToolOutputsToRunOptions,
} from '../queries/runs.js';
export { getRunStepOptions, listRunStepsOptions } from '../queries/runSteps.js';
export {
  createThreadOptions,
  deleteThreadOptions,
  getThreadOptions,
  listThreadsOptions,
  modifyThreadOptions,
} from '../queries/threads.js';
export { listUsageOptions } from '../queries/usage.js';
export {
  cancelVectorStoreFileBatchOptions,
  createVectorStoreFileBatchOptions,
  getVectorStoreFileBatchOptions,
  listVectorStoreBatchFilesOptions,
} from '../queries/vectorStoreFileBatches.js';
export {
  createVectorStoreFileOptions,
  deleteVectorStoreFileOptions,
  getVectorStoreFileContentOptions,
  getVectorStoreFileOptions,
  listVectorStoreFilesOptions,
  modifyVectorStoreFileOptions,
} from '../queries/vectorStoreFiles.js';
export {
  createVectorStoreOptions,
  deleteVectorStoreOptions,
  getVectorStoreOptions,
  listVectorStoresOptions,
  modifyVectorStoreOptions,
  searchVectorStoreOptions,
} from '../queries/vectorStores.js';

// Following runs
export type {
  FollowedRun,
  FollowedRunState,
  FollowRunOptions,
  RunSink,
  RunTarget,
} from '../core/run/FollowedRun.js';
export { followRun } from '../core/run/followRun.js';
export {
  readRun,
  type ReadRunOptions,
  type ReceivedEvent,
  type StreamIds,
} from '../core/run/readRun.js';
export { reduceRun } from '../core/run/reduceRun.js';
export { emptyRunState, type RunState } from '../core/run/RunState.js';
