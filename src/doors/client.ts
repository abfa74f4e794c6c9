// client
export { createAssistantsClient, type AssistantsClient, type AssistantsClientOptions, type CallOptions } from '../client/client.js';
export { AssistantsError, type AssistantsErrorFields, type AssistantsErrorKind } from '../client/errors.js';
export type { Params, Result } from '../client/operations.js';
export type { OnUploadProgress } from '../client/upload.js';
// end of client

// protocol
export { isActive, isSettled, mergeRun } from '../protocol/runStatus.js';
export type {
  Assistant,
  AssistantFile,
  AssistantStreamEvent,
  AssistantTool,
  CodeToolCall,
  CreateAssistantRequest,
  CreateMessageRequest,
  CreateRunRequest,
  CreateThreadAndRunRequest,
  CreateThreadRequest,
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
  RunStepStatus,
  RunStepToolCall,
  RunToolCall,
  TextContent,
  Thread,
  ToolOutput,
  Usage,
} from '../protocol/types.js';
// end of protocol

// queries
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
export { writeAssistant, writeMessage, writeRun, writeStep, writeThread } from '../queries/cache.js';
export {
  deleteFileOptions,
  getFileContentOptions,
  getFileOptions,
  listFilesOptions,
  uploadFileOptions,
  type UploadFileParams,
} from '../queries/files.js';
export * as keys from '../queries/keys.js';
export type { ListOptions } from '../queries/listOptions.js';
export { isLocalMessage, rowKeyOf } from '../queries/localMessages.js';
export { getMessageFileOptions, listMessageFilesOptions } from '../queries/messageFiles.js';
export {
  createMessageOptions,
  deleteMessageOptions,
  getMessageOptions,
  listMessagesOptions,
  modifyMessageOptions,
} from '../queries/messages.js';
export type { Cursor, ListData } from '../queries/pages.js';
export type { ReadOptions } from '../queries/readOptions.js';
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
export { syncMessages } from '../queries/syncMessages.js';
export {
  createThreadOptions,
  deleteThreadOptions,
  getThreadOptions,
  modifyThreadOptions,
} from '../queries/threads.js';
export type { WriteOptions } from '../queries/writeOptions.js';
// end of queries

// stream
export {
  followRun,
  type FollowedRun,
  type FollowedRunState,
  type FollowRunOptions,
  type RunTarget,
} from '../stream/followRun.js';
export { readRun, type ReadRunOptions } from '../stream/readRun.js';
export { emptyRunState, reduceRun, type RunState } from '../stream/reduceRun.js';
// end of stream
