/**
 * The objects of the wire under short names. Each is the generated schema and nothing else: fields keep the names they
 * have in JSON, times are whole Unix seconds. Enumerations list what is known today; treat every one as open.
 */
import type * as wire from './schema.js';

/** A model with instructions and tools, kept under an id. */
export interface Assistant extends wire.AssistantObject {}
/** A file attached to an assistant (version 1). `id` is the file's own. */
export interface AssistantFile extends wire.AssistantFileObject {}
/** A conversation. */
export interface Thread extends wire.ThreadObject {}
/** What was said in a thread, by a person or an assistant. */
export interface Message extends wire.MessageObject {}
/** A file attached to a message (version 1). `id` is the file's own. */
export interface MessageFile extends wire.MessageFileObject {}
/** An assistant at work on a thread. */
export interface Run extends wire.RunObject {}
/** One thing a run did: it wrote a message, or it called tools. */
export interface RunStep extends wire.RunStepObject {}
/** An uploaded file, or one made by a run; without its content. */
export interface FileObject extends wire.FileObject {}

export type RunStatus = wire.RunStatus;
export type RunStepStatus = RunStep['status'];
export type MessageStatus = Message['status'];
export type Metadata = wire.Metadata;
export type ReasoningEffort = NonNullable<wire.ReasoningEffort>;
/** How the files of a vector store are cut into passages. */
export type ChunkingStrategy = wire.ChunkingStrategy;
/** A function that a run in `requires_action` waits for. */
export interface RunToolCall extends wire.RunToolCallObject {}
/** A tool call as a run step keeps it: with its output once that is known. */
export type RunStepToolCall = wire.RunStepToolCall;
export interface FunctionToolCall extends wire.RunStepDetailsToolCallsFunctionObject {}
export interface FileSearchToolCall extends wire.RunStepDetailsToolCallsFileSearchObject {}
export interface CodeToolCall extends wire.RunStepDetailsToolCallsCodeObject {}
export interface FunctionDefinition extends wire.FunctionObject {}
export type AssistantTool = wire.AssistantTools[number];
export type MessageContent = wire.MessageContent;
export interface TextContent extends wire.MessageContentTextObject {}
export type MessageAnnotation = wire.MessageAnnotation;
export interface FileCitation extends wire.MessageContentTextAnnotationsFileCitationObject {}
export interface FilePath extends wire.MessageContentTextAnnotationsFilePathObject {}
export type MessageAttachment = NonNullable<wire.MessageAttachments>[number];
/** Tokens of a settled run or step. */
export type Usage = NonNullable<wire.RunCompletionUsage>;
/** The body of an error answer, inside `error`. */
export interface WireError extends wire.Error {}

export interface CreateAssistantRequest extends wire.CreateAssistantRequest {}
export interface ModifyAssistantRequest extends wire.ModifyAssistantRequest {}
export interface CreateThreadRequest extends wire.CreateThreadRequest {}
export interface CreateMessageRequest extends wire.CreateMessageRequest {}
export interface CreateRunRequest extends wire.CreateRunRequest {}
export interface CreateThreadAndRunRequest extends wire.CreateThreadAndRunRequest {}
export type ToolOutput = wire.SubmitToolOutputsRunRequest['tool_outputs'][number];

export interface MessageDelta extends wire.MessageDeltaObject {}
export interface RunStepDelta extends wire.RunStepDeltaObject {}
/** One frame of an event stream, as name and parsed data. */
export type AssistantStreamEvent = wire.AssistantStreamEvent;

/** A page of a list. `first_id` and `last_id` are null when it is empty. */
export interface Page<Item> {
  object: string;
  data: Item[];
  first_id?: string | null;
  last_id?: string | null;
  has_more: boolean;
}

/** Paging of every list: `limit` 1 to 100 (20), `order` by creation (desc), exclusive cursors. */
export interface PageQuery {
  limit?: number;
  order?: 'asc' | 'desc';
  after?: string;
  before?: string;
}

export type OperationId = keyof wire.operations;
export type { operations, paths } from './schema.js';
