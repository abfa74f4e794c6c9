import type {
  AssistantTool,
  FileObject,
  MessageAnnotation,
  MessageContent,
  ReasoningEffort,
  Run,
  Usage,
} from '../../protocol/types.js';
import type { FoundPassage } from '../search/FoundPassage.js';

/** One entry of the conversation that a model is shown, oldest first. */
export type ModelMessage =
  | { role: 'user' | 'assistant'; content: MessageContent[]; files: FileObject[] }
  | { role: 'tool-calls'; calls: { id: string; name: string; arguments: string }[] }
  | { role: 'tool-outputs'; outputs: { callId: string; output: string }[] }
  /** A search of this run, best passage first. */
  | { role: 'search'; id: string; query: string; found: FoundPassage[] };

/** What a model is asked. */
export interface ModelRequest {
  /** The run being served; for its ids, metadata and settings (temperature, tool_choice, response_format, ...). */
  run: Run;
  /** Instructions of the run, additional instructions included. */
  instructions: string;
  messages: ModelMessage[];
  /** Without `file_search` once the run has searched often enough: then it is time to answer. */
  tools: AssistantTool[];
  /** How long the model may think; null for its own measure. */
  reasoningEffort: ReasoningEffort | null;
  /** Tokens of the run so far; null before its first answer, or when the model tells nothing. */
  usage: Usage | null;
  /** The files of the assistant and the thread; those of a message are with the message. */
  files: FileObject[];
  /** The bytes of a file; undefined when it is gone. */
  readFile(fileId: string): Promise<Uint8Array | undefined>;
  /** Aborted when the run is cancelled or expires. */
  signal: AbortSignal;
}

/**
 * What a model answers, piece by piece. Text, annotations, images and refusals grow one message until `message` begins
 * another or a tool call follows. `arguments` belongs to the last `toolCall`, or to the one that `callId` names.
 */
export type ModelEvent =
  | { type: 'text'; text: string }
  | { type: 'annotation'; annotation: MessageAnnotation }
  | { type: 'image'; fileId: string }
  | { type: 'refusal'; text: string }
  | { type: 'message' }
  | { type: 'toolCall'; id?: string; name: string }
  | { type: 'arguments'; callId?: string; text: string }
  /**
   * Searches the files of the run, for which it needs the tool `file_search`. A model whose last word is a search is asked
   * again, with what was found behind its messages.
   */
  | { type: 'search'; query: string; id?: string }
  | { type: 'file'; filename: string; bytes: Uint8Array; id: string }
  | { type: 'usage'; promptTokens: number; completionTokens: number }
  | {
      type: 'finish';
      reason:
        'stop' | 'tool_calls' | 'max_completion_tokens' | 'max_prompt_tokens' | 'content_filter';
    };

/** A source of answers. Throw a ModelError to fail the run with its code. */
export interface Model {
  respond(request: ModelRequest): AsyncIterable<ModelEvent>;
}

/** A failure that a run reports as `last_error`. */
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
