import type { AssistantTool, FileObject, MessageAnnotation, MessageContent, Run } from '../../protocol/types.js';

/** One entry of the conversation that a model is shown, oldest first. */
export type ModelMessage =
  | { role: 'user' | 'assistant'; content: MessageContent[]; files: FileObject[] }
  | { role: 'tool-calls'; calls: { id: string; name: string; arguments: string }[] }
  | { role: 'tool-outputs'; outputs: { callId: string; output: string }[] };

/** What a model is asked. */
export interface ModelRequest {
  /** The run being served; for its ids, metadata and settings (temperature, tool_choice, response_format, ...). */
  run: Run;
  /** Instructions of the run, additional instructions included. */
  instructions: string;
  messages: ModelMessage[];
  tools: AssistantTool[];
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
  | { type: 'file'; filename: string; bytes: Uint8Array; id: string }
  | { type: 'usage'; promptTokens: number; completionTokens: number }
  | { type: 'finish'; reason: 'stop' | 'tool_calls' | 'max_completion_tokens' | 'max_prompt_tokens' | 'content_filter' };

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
