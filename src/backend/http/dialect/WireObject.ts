import type {
  Assistant,
  AssistantFile,
  FileObject,
  Message,
  MessageDelta,
  MessageFile,
  Run,
  RunStep,
  RunStepDelta,
  RunStepReasoningDelta,
  Thread,
  UsageDay,
  VectorStore,
  VectorStoreFile,
  VectorStoreFileBatch,
} from '../../../protocol/types.js';
import type { Collections } from '../../stores/Store.js';

/** Object of a response or an event. It holds the fields of both API versions. */
export type WireObject =
  | Assistant
  | AssistantFile
  | FileObject
  | Message
  | MessageDelta
  | MessageFile
  | Run
  | RunStep
  | RunStepDelta
  | RunStepReasoningDelta
  | Thread
  | UsageDay
  | VectorStore
  | VectorStoreFile
  | VectorStoreFileBatch;

/** Assistant with its internal fields. */
export type StoredAssistant = Assistant & Pick<Collections['assistants'], 'reasoning_effort'>;

/** Run with its internal fields. */
export type StoredRun = Run & Pick<Collections['runs'], 'reasoning_effort' | 'vector_store_ids'>;
