import type {
  AssistantTool,
  CodeToolCall,
  FileObject,
  FileSearchToolCall,
  MessageAnnotation,
  MessageContent,
  ReasoningEffort,
  Run,
  Usage,
  WebSearchToolCall,
} from '../../protocol/types.js';
import type { FoundPassage } from '../search/FoundPassage.js';

/** Entry of the conversation that a model receives. */
export type ModelMessage =
  | { role: 'user' | 'assistant'; content: MessageContent[]; files: FileObject[] }
  | { role: 'tool-calls'; calls: { id: string; name: string; arguments: string }[] }
  | { role: 'tool-outputs'; outputs: { callId: string; output: string }[] }
  /** File search of this run with its passages, best first. `notice` names files that were not searched completely. */
  | { role: 'search'; id: string; query: string; found: FoundPassage[]; notice?: string };

/** Earlier answer of a run. */
export interface ModelTurn {
  /** Indexes of the entries in `ModelRequest.messages` that hold the text, calls and outputs of this answer. */
  messages: number[];
  /** Data that the model attached to the answer with a `providerData` event. */
  providerData?: unknown;
  /** Data that the model attached to calls, by the ids of the calls. */
  calls: Readonly<Record<string, unknown>>;
}

/** Request that a model answers. */
export interface ModelRequest {
  /** Current run, with its ids, metadata and settings (temperature, tool_choice, response_format, ...). */
  run: Run;
  /** Instructions of the run, additional instructions included. */
  instructions: string;
  /** Conversation, oldest first. */
  messages: ModelMessage[];
  /** Earlier answers of this run, oldest first. */
  turns: ModelTurn[];
  /**
   * Functions, and `file_search`. Lacks `file_search` once the run has reached its limit of searches, so that the model
   * has to answer.
   */
  tools: AssistantTool[];
  /** Effort for reasoning; null for the default of the model. */
  reasoningEffort: ReasoningEffort | null;
  /** Tokens of the run so far; null before its first answer, or if the model reports no usage. */
  usage: Usage | null;
  /** Files of the assistant and the thread. Files of a message are part of the message. */
  files: FileObject[];
  /** Returns the bytes of a file, or undefined if the file no longer exists. */
  readFile(fileId: string): Promise<Uint8Array | undefined>;
  /**
   * Returns the text of a file, extracted in a worker. Empty if it has none. Undefined if the file no longer exists.
   */
  readText(file: FileObject): Promise<string | undefined>;
  /** Returns a file, or undefined if it no longer exists. */
  getFile(fileId: string): Promise<FileObject | undefined>;
  /** Aborts when the run is cancelled or expires. */
  signal: AbortSignal;
}

/** Call of a tool that the server of the model has run itself. */
export type BuiltInCall = CodeToolCall | FileSearchToolCall | WebSearchToolCall;

/**
 * Event of a streamed answer. Text, annotations, images and refusals extend one message until a `message` event starts the
 * next one or a tool call follows. `arguments` belongs to the tool call that `callId` names, or else to the latest `toolCall`.
 */
export type ModelEvent =
  | { type: 'text'; text: string }
  /**
   * Reasoning of the model, which is not part of its answer. Belongs to the open message or calls of the answer, or else to what
   * follows. The run step stores its first 65,536 characters.
   */
  | { type: 'reasoning'; text: string }
  | { type: 'annotation'; annotation: MessageAnnotation }
  | { type: 'image'; fileId: string }
  | { type: 'refusal'; text: string }
  | { type: 'message' }
  | { type: 'toolCall'; id?: string; name: string }
  | { type: 'arguments'; callId?: string; text: string }
  /**
   * Searches the files of the run, which requires the tool `file_search`. If an answer ends with a search, the model is
   * called again with the passages appended to its messages.
   */
  | { type: 'search'; query: string; id?: string; providerData?: unknown }
  /**
   * Shows a call of a tool that the server of the model runs itself, as a run step. Sent when the call starts, when
   * only its id and type matter, and again with `isDone` and its results. `query` is what a file search has searched
   * for.
   */
  | { type: 'builtInCall'; call: BuiltInCall; isDone: boolean; query?: string }
  /**
   * Attaches JSON data to a function call of this answer, or without `callId` to the answer. The model receives it back with the
   * outputs of the calls. Clients never receive it.
   */
  | { type: 'providerData'; callId?: string; data: unknown }
  | { type: 'file'; filename: string; bytes: Uint8Array; id: string }
  | { type: 'usage'; promptTokens: number; completionTokens: number }
  | {
      type: 'finish';
      reason:
        'stop' | 'tool_calls' | 'max_completion_tokens' | 'max_prompt_tokens' | 'content_filter';
    };

/** Language model that answers the runs of a backend. */
export interface Model {
  /**
   * Streams the answer to a request. Called again after tool outputs and searches. A run fails if its model ends an
   * answer without a text, an image, a refusal or a call.
   *
   * @throws ModelError to fail the run with its code and message.
   */
  respond(request: ModelRequest): AsyncIterable<ModelEvent>;
  /**
   * Types of the tools that the server of the model runs itself. With `code_interpreter` among them, the backend
   * accepts that tool.
   * @default none
   */
  readonly builtInTools?: readonly string[];
  /** Returns the names that an assistant can have as its `model`, for `GET /models`. @default no names */
  listModels?(signal: AbortSignal): Promise<readonly string[]>;
}

/** Failure of a model. The run reports its code and message as `last_error`. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  constructor(
    readonly code: 'server_error' | 'rate_limit_exceeded' | 'invalid_prompt',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
