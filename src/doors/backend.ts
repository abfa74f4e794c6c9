export { createBackend, type Backend, type BackendOptions, type DrainOptions } from '../backend/backend.js';
export { chatCompletionsModel } from '../backend/models/chatCompletionsModel.js';
export {
  ModelError,
  type FoundPassage,
  type Model,
  type ModelEvent,
  type ModelMessage,
  type ModelRequest,
} from '../backend/models/model.js';
export { responsesModel } from '../backend/models/responsesModel.js';
export type { Answer, Rule, Said, Scenario, Turn } from '../backend/models/scenario.js';
export type { Line, PlayOptions, Script } from '../backend/models/script.js';
export { demoScenario } from '../backend/models/demoScenario.js';
export { scriptedModel } from '../backend/models/scriptedModel.js';
export type { ModelServerOptions, RetryOptions } from '../backend/models/server/modelServer.js';
export type { Change, Collection, Collections, ListQuery, Store } from '../backend/store.js';
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
} from '../protocol/types.js';
