/**
 * Short names for the generated wire types. Fields keep their JSON names, and times are in whole Unix seconds.
 * Enumerations list the values that are known today. A server may send others.
 */
import type * as wire from './schema.js';

/** Model with instructions and tools, stored under an id. */
export interface Assistant extends wire.AssistantObject {}
/** File attached to an assistant (version 1). `id` is the id of the file. */
export interface AssistantFile extends wire.AssistantFileObject {}
/** Conversation that holds messages and runs. */
export interface Thread extends wire.ThreadObject {}
/** Message in a thread, written by the user or an assistant. */
export interface Message extends wire.MessageObject {}
/** File attached to a message (version 1). `id` is the id of the file. */
export interface MessageFile extends wire.MessageFileObject {}
/** Execution of an assistant on a thread. */
export interface Run extends wire.RunObject {}
/** Step of a run: the creation of a message, or tool calls. */
export interface RunStep extends wire.RunStepObject {}
/** Metadata of a file that was uploaded or created by a run. */
export interface FileObject extends wire.FileObject {}
/** Set of files that can be searched. */
export interface VectorStore extends wire.VectorStoreObject {}
/** File in a vector store. `id` is the id of the file. */
export interface VectorStoreFile extends wire.VectorStoreFileObject {}
/** Files that were added to a vector store together. */
export interface VectorStoreFileBatch extends wire.VectorStoreFileBatchObject {}
/** Tokens of the runs of the caller that ended on a day. `id` is the date. */
export interface UsageDay extends wire.UsageObject {}
/** Passages of a vector store that match a query, best first. */
export interface VectorStoreSearchResultsPage extends wire.VectorStoreSearchResultsPage {}
/** Passage of a vector store that matches a query. */
export interface VectorStoreSearchResult extends wire.VectorStoreSearchResult {}

export type RunStatus = wire.RunStatus;
export type RunStepStatus = RunStep['status'];
export type MessageStatus = Message['status'];
/** Reasoning of the model that led to a run step. */
export interface RunStepReasoning extends wire.RunStepReasoning {}
export type Metadata = wire.Metadata;
export type ReasoningEffort = NonNullable<wire.ReasoningEffort>;
/** Strategy for splitting the files of a vector store into passages. */
export type ChunkingStrategy = wire.ChunkingStrategy;
/** Number of files of a vector store or a batch, by status. */
export interface VectorStoreFileCounts extends wire.VectorStoreFileCounts {}
export type VectorStoreFileStatus = wire.VectorStoreFileStatus;
/** Values of a file that searches can filter by. */
export type FileAttributes = NonNullable<wire.VectorStoreFileAttributes>;
/** Condition for the attributes of a file. */
export type AttributeFilter = wire.AttributeFilter;
/** Function call that a run in `requires_action` waits for. */
export interface RunToolCall extends wire.RunToolCallObject {}
/** Tool call in a run step, with its output once that is known. */
export type RunStepToolCall = wire.RunStepToolCall;
/** Part of a tool call in a delta of a run step. */
export type RunStepDeltaToolCall = wire.RunStepDeltaToolCall;
export interface FunctionToolCall extends wire.RunStepDetailsToolCallsFunctionObject {}
export interface FileSearchToolCall extends wire.RunStepDetailsToolCallsFileSearchObject {}
export interface CodeToolCall extends wire.RunStepDetailsToolCallsCodeObject {}
/** Extension. Search of the web that the server of the model has made. */
export interface WebSearchToolCall extends wire.RunStepDetailsToolCallsWebSearchObject {}
export interface FunctionDefinition extends wire.FunctionObject {}
export type AssistantTool = wire.AssistantTools[number];
export type MessageContent = wire.MessageContent;
export interface TextContent extends wire.MessageContentTextObject {}
export type MessageAnnotation = wire.MessageAnnotation;
export interface FileCitation extends wire.MessageContentTextAnnotationsFileCitationObject {}
export interface FilePath extends wire.MessageContentTextAnnotationsFilePathObject {}
/** Extension. Web page that a message cites. */
export interface UrlCitation extends wire.MessageContentTextAnnotationsUrlCitationObject {}
export type MessageAttachment = NonNullable<wire.MessageAttachments>[number];
/** Token usage of a settled run or step. */
export type Usage = NonNullable<wire.RunCompletionUsage>;
/** Value of `error` in the body of an error response. */
export interface WireError extends wire.Error {}

export interface CreateAssistantRequest extends wire.CreateAssistantRequest {}
export interface ModifyAssistantRequest extends wire.ModifyAssistantRequest {}
export interface CreateThreadRequest extends wire.CreateThreadRequest {}
export interface CreateMessageRequest extends wire.CreateMessageRequest {}
export interface CreateRunRequest extends wire.CreateRunRequest {}
export interface CreateThreadAndRunRequest extends wire.CreateThreadAndRunRequest {}
export interface CreateVectorStoreRequest extends wire.CreateVectorStoreRequest {}
export interface ModifyVectorStoreRequest extends wire.ModifyVectorStoreRequest {}
export interface CreateVectorStoreFileRequest extends wire.CreateVectorStoreFileRequest {}
export interface CreateVectorStoreFileBatchRequest extends wire.CreateVectorStoreFileBatchRequest {}
export interface SearchVectorStoreRequest extends wire.SearchVectorStoreRequest {}
export type ToolOutput = wire.SubmitToolOutputsRunRequest['tool_outputs'][number];
/** Decision of the user about a call that a server runs, such as an MCP server. For Azure AI Foundry. */
export interface ToolCallApproval {
  tool_call_id: string;
  approve: boolean;
  /** Headers for the requests to the server of the tool. */
  headers?: Record<string, string>;
}
/** Answer to a call that a run waits for. */
export type ToolCallAnswer = ToolOutput | ToolCallApproval;
/** Answers to all calls that a run waits for: outputs, or, on Azure AI Foundry, approvals. */
export type SubmitToolOutputsRequest =
  | wire.SubmitToolOutputsRunRequest
  | {
      tool_outputs?: ToolOutput[];
      tool_approvals: ToolCallApproval[];
      stream?: boolean | null;
    };

export interface MessageDelta extends wire.MessageDeltaObject {}
export interface RunStepDelta extends wire.RunStepDeltaObject {}
/** Change of the reasoning of a run step. */
export interface RunStepReasoningDelta extends wire.RunStepReasoningDeltaObject {}
/** Event of an event stream: name and parsed data. */
export type AssistantStreamEvent = wire.AssistantStreamEvent;

/** Page of a list. `first_id` and `last_id` are null if the page is empty. */
export interface Page<Item> {
  object: string;
  data: Item[];
  first_id?: string | null;
  last_id?: string | null;
  has_more: boolean;
}

/** Paging parameters of every list. */
export interface PageQuery {
  /** Number of items, 1 to 100. @default 20 */
  limit?: number;
  /** Order by `created_at`. @default 'desc' (newest first) */
  order?: 'asc' | 'desc';
  /** Id of the item before the page (exclusive). */
  after?: string;
  /** Id of the item after the page (exclusive). */
  before?: string;
}

export type OperationId = keyof wire.operations;
export type { operations, paths } from './schema.js';
