export type { FoundPassage } from '../backend/search/FoundPassage.js';
export { FILE_LIMITS, type FileLimits } from '../backend/search/fileLimits.js';
export {
  EmbeddingsError,
  type EmbeddingsModel,
  type EmbedOptions,
} from '../backend/search/vectors/EmbeddingsModel.js';
export type { FileWorker } from '../backend/search/worker/FileWorker.js';
export type { BackendUser, FindUser } from '../backend/domain/BackendUser.js';
export type { RunUsage } from '../backend/engine/RunUsage.js';
export type { BackendOptions } from '../backend/BackendOptions.js';
export { createBackend, type Backend } from '../backend/createBackend.js';
export type { DrainOptions } from '../backend/createLifecycle.js';
export { chatCompletionsModel } from '../backend/models/chatCompletionsModel.js';
export {
  type BuiltInCall,
  ModelError,
  type Model,
  type ModelEvent,
  type ModelMessage,
  type ModelRequest,
  type ModelTurn,
} from '../backend/models/Model.js';
export { embeddingsModel, type EmbeddingsModelOptions } from '../backend/models/embeddingsModel.js';
export { responsesModel, type ResponsesModelOptions } from '../backend/models/responsesModel.js';
export type { BuiltInTool } from '../backend/models/BuiltInTool.js';
export type {
  ScriptedAnswer,
  ScriptedRule,
  ScriptedReply,
  ScriptedScenario,
  ScriptedTurn,
} from '../backend/models/scripted/findReply.js';
export type { PlayOptions } from '../backend/models/scripted/play.js';
export type { ScriptedLine, ScriptedLines } from '../backend/models/scripted/ScriptedLine.js';
export { demoScenario } from '../backend/models/scripted/demoScenario.js';
export { scriptedModel } from '../backend/models/scripted/scriptedModel.js';
export type { ModelLogEntry } from '../backend/models/server/ModelLogEntry.js';
export type { ModelCompatibility } from '../backend/models/server/ModelCompatibility.js';
export type {
  ModelServerOptions,
  RetryOptions,
} from '../backend/models/server/ModelServerOptions.js';
export type {
  Change,
  Collection,
  Collections,
  EventsRecord,
  ListQuery,
  SharedEvents,
  SharedQuotas,
  SharedVectorIndex,
  StepProvider,
  Store,
  VectorIndexQuery,
} from '../backend/stores/Store.js';
export { indexedDbStore, type IndexedDbStoreOptions } from '../backend/stores/indexedDbStore.js';
export type { BlobStore } from '../backend/stores/blobs/BlobStore.js';
export { memoryStore } from '../backend/stores/memoryStore.js';
export type {
  Assistant,
  AssistantTool,
  ChunkingStrategy,
  FileObject,
  Message,
  MessageAnnotation,
  MessageContent,
  ReasoningEffort,
  Run,
  RunStep,
  Thread,
  Usage,
  VectorStore,
  VectorStoreFile,
  VectorStoreFileBatch,
} from '../protocol/types.js';
export { exportStore, type ExportStoreOptions } from '../backend/transfer/exportStore.js';
export { fileFolder } from '../backend/transfer/fileFolder.js';
export { importFolder, type ImportFolderOptions } from '../backend/transfer/importFolder.js';
export { importServer, type ImportServerOptions } from '../backend/transfer/importServer.js';
export type { SourceServerOptions } from '../backend/transfer/createSourceServer.js';
export type { TransferProgress } from '../backend/transfer/createProgress.js';
export { zipFolder, type ZipFolderOptions } from '../backend/transfer/zipFolder.js';
export { TransferError } from '../backend/transfer/TransferError.js';
export {
  memoryFolder,
  type FolderFile,
  type TransferFolder,
  type WritableFolder,
} from '../backend/transfer/TransferFolder.js';
export {
  formatReport,
  type MissingContent,
  type TransferCounts,
  type TransferKind,
  type TransferProblem,
  type TransferReport,
} from '../backend/transfer/TransferReport.js';
