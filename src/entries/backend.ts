export type { FoundPassage } from '../backend/search/FoundPassage.js';
export {
  createBackend,
  type Backend,
  type BackendOptions,
  type DrainOptions,
} from '../backend/createBackend.js';
export { chatCompletionsModel } from '../backend/models/chatCompletionsModel.js';
export {
  ModelError,
  type Model,
  type ModelEvent,
  type ModelMessage,
  type ModelRequest,
} from '../backend/models/model.js';
export { responsesModel } from '../backend/models/responsesModel.js';
export type {
  ScriptedAnswer,
  ScriptedRule,
  ScriptedReply,
  ScriptedScenario,
  ScriptedTurn,
} from '../backend/models/scripted/scenario.js';
export type {
  ScriptedLine,
  PlayOptions,
  ScriptedScript,
} from '../backend/models/scripted/script.js';
export { demoScenario } from '../backend/models/scripted/demoScenario.js';
export { scriptedModel } from '../backend/models/scripted/scriptedModel.js';
export type { ModelServerOptions, RetryOptions } from '../backend/models/server/modelServer.js';
export type { Change, Collection, Collections, ListQuery, Store } from '../backend/stores/Store.js';
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
