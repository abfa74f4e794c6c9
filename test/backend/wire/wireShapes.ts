import type { OperationId } from '../../../src/protocol/types.js';

/**
 * Shapes of all responses and events in the published specifications of both versions: the fields, whether they are required
 * (no question mark), their types, null and literals. `parseShape` describes the notation. `map` is an object with any
 * values, `texts` an object with strings.
 *
 * Omitted: the code interpreter, which this backend rejects, and two required names that are not properties (`items` of file
 * pages, `strategy` of a truncation). Added: null for `first_id` and `last_id` of an empty page.
 */
export interface WireShapes {
  shapes: Readonly<Record<string, string>>;
  responses: Readonly<Partial<Record<OperationId, string>>>;
  events: Readonly<Record<string, string>>;
}

const page = (item: string) =>
  `{ object: string, data: ${item}[], first_id: string | null, last_id: string | null, has_more: boolean }`;
const deleted = (kind: string) => `{ id: string, deleted: boolean, object: '${kind}.deleted' }`;

const SHAPES = {
  ToolCall: `{ id: string, type: 'function', function: { name: string, arguments: string } }`,
  FunctionCall: `{ id: string, type: 'function', function: { name: string, arguments: string, output: string | null } }`,
  FunctionCallDelta: `{ index: integer, id?: string, type: 'function',
    function?: { name?: string, arguments?: string, output?: string | null } }`,
  MessageCreation: `{ type: 'message_creation', message_creation: { message_id: string } }`,
  MessageCreationDelta: `{ type: 'message_creation', message_creation?: { message_id?: string } }`,
  Usage: `{ completion_tokens: integer, prompt_tokens: integer, total_tokens: integer }`,
  Text: `{ type: 'text', text: { value: string, annotations: (FileCitation | FilePath)[] } }`,
  TextDelta: `{ index: integer, type: 'text', text?: { value?: string, annotations?: (FileCitationDelta | FilePathDelta)[] } }`,
  FilePath: `{ type: 'file_path', text: string, file_path: { file_id: string }, start_index: integer, end_index: integer }`,
  FilePathDelta: `{ index: integer, type: 'file_path', text?: string, file_path?: { file_id?: string },
    start_index?: integer, end_index?: integer }`,
  FileCitationDelta: `{ index: integer, type: 'file_citation', text?: string, file_citation?: { file_id?: string, quote?: string },
    start_index?: integer, end_index?: integer }`,
  MessageDelta: `{ id: string, object: 'thread.message.delta', delta: MessageGrowth }`,
  RunStepDelta: `{ id: string, object: 'thread.run.step.delta', delta: { step_details?: MessageCreationDelta | ToolCallsDelta } }`,
  Error: `{ code: string | null, message: string, param: string | null, type: string }`,
};

const RESPONSES = {
  listAssistants: page('Assistant'),
  createAssistant: 'Assistant',
  getAssistant: 'Assistant',
  modifyAssistant: 'Assistant',
  deleteAssistant: deleted('assistant'),
  createThread: 'Thread',
  getThread: 'Thread',
  modifyThread: 'Thread',
  deleteThread: deleted('thread'),
  listMessages: page('Message'),
  createMessage: 'Message',
  getMessage: 'Message',
  modifyMessage: 'Message',
  createThreadAndRun: 'Run',
  listRuns: page('Run'),
  createRun: 'Run',
  getRun: 'Run',
  modifyRun: 'Run',
  submitToolOutputsToRun: 'Run',
  cancelRun: 'Run',
  listRunSteps: page('RunStep'),
  getRunStep: 'RunStep',
} satisfies WireShapes['responses'];

const EVENTS = {
  'thread.created': 'Thread',
  'thread.run.created': 'Run',
  'thread.run.queued': 'Run',
  'thread.run.in_progress': 'Run',
  'thread.run.requires_action': 'Run',
  'thread.run.completed': 'Run',
  'thread.run.failed': 'Run',
  'thread.run.cancelling': 'Run',
  'thread.run.cancelled': 'Run',
  'thread.run.expired': 'Run',
  'thread.run.step.created': 'RunStep',
  'thread.run.step.in_progress': 'RunStep',
  'thread.run.step.delta': 'RunStepDelta',
  'thread.run.step.completed': 'RunStep',
  'thread.run.step.failed': 'RunStep',
  'thread.run.step.cancelled': 'RunStep',
  'thread.run.step.expired': 'RunStep',
  'thread.message.created': 'Message',
  'thread.message.in_progress': 'Message',
  'thread.message.delta': 'MessageDelta',
  'thread.message.completed': 'Message',
  'thread.message.incomplete': 'Message',
  error: 'Error',
  done: `'[DONE]'`,
};

const v1: WireShapes = {
  shapes: {
    ...SHAPES,
    Assistant: `{ id: string, object: 'assistant', created_at: integer, name: string | null, description: string | null,
      model: string, instructions: string | null, tools: Tool[], file_ids: string[], metadata: map | null }`,
    Tool: `{ type: 'retrieval' } | { type: 'function', function: { description?: string, name: string, parameters?: map } }`,
    AssistantFile: `{ id: string, object: 'assistant.file', created_at: integer, assistant_id: string }`,
    Thread: `{ id: string, object: 'thread', created_at: integer, metadata: map | null }`,
    Message: `{ id: string, object: 'thread.message', created_at: integer, thread_id: string,
      status: 'in_progress' | 'incomplete' | 'completed',
      incomplete_details: { reason: 'content_filter' | 'max_tokens' | 'run_cancelled' | 'run_expired' | 'run_failed' } | null,
      completed_at: integer | null, incomplete_at: integer | null, role: 'user' | 'assistant', content: (ImageFile | Text)[],
      assistant_id: string | null, run_id: string | null, file_ids: string[], metadata: map | null }`,
    ImageFile: `{ type: 'image_file', image_file: { file_id: string } }`,
    FileCitation: `{ type: 'file_citation', text: string, file_citation: { file_id: string, quote: string },
      start_index: integer, end_index: integer }`,
    MessageFile: `{ id: string, object: 'thread.message.file', created_at: integer, message_id: string }`,
    MessageGrowth: `{ role?: 'user' | 'assistant', content?: (ImageFileDelta | TextDelta)[], file_ids?: string[] }`,
    ImageFileDelta: `{ index: integer, type: 'image_file', image_file?: { file_id?: string } }`,
    Run: `{ id: string, object: 'thread.run', created_at: integer, thread_id: string, assistant_id: string,
      status: 'queued' | 'in_progress' | 'requires_action' | 'cancelling' | 'cancelled' | 'failed' | 'completed' | 'expired',
      required_action: { type: 'submit_tool_outputs', submit_tool_outputs: { tool_calls: ToolCall[] } } | null,
      last_error: { code: 'server_error' | 'rate_limit_exceeded' | 'invalid_prompt', message: string } | null,
      expires_at: integer | null, started_at: integer | null, cancelled_at: integer | null, failed_at: integer | null,
      completed_at: integer | null,
      incomplete_details: { reason?: 'max_completion_tokens' | 'max_prompt_tokens' } | null,
      model: string, instructions: string, tools: Tool[], file_ids: string[], metadata: map | null, usage: Usage | null,
      temperature?: number | null, max_prompt_tokens: integer | null, max_completion_tokens: integer | null,
      truncation_strategy: { type?: 'auto' | 'last_messages', last_messages?: integer | null } | null,
      tool_choice: 'none' | 'auto' | { type: 'function' | 'retrieval', function?: { name: string } } | null,
      response_format: 'none' | 'auto' | { type?: 'text' | 'json_object' } | null }`,
    RunStep: `{ id: string, object: 'thread.run.step', created_at: integer, assistant_id: string, thread_id: string,
      run_id: string, type: 'message_creation' | 'tool_calls',
      status: 'in_progress' | 'cancelled' | 'failed' | 'completed' | 'expired',
      step_details: MessageCreation | { type: 'tool_calls', tool_calls: (Retrieval | FunctionCall)[] },
      last_error: { code: 'server_error' | 'rate_limit_exceeded', message: string } | null,
      expired_at: integer | null, cancelled_at: integer | null, failed_at: integer | null, completed_at: integer | null,
      metadata: map | null, usage: Usage | null }`,
    Retrieval: `{ id: string, type: 'retrieval', retrieval: map }`,
    ToolCallsDelta: `{ type: 'tool_calls', tool_calls?: (RetrievalDelta | FunctionCallDelta)[] }`,
    RetrievalDelta: `{ index: integer, id?: string, type: 'retrieval', retrieval?: map }`,
  },
  responses: {
    ...RESPONSES,
    listAssistantFiles: page('AssistantFile'),
    createAssistantFile: 'AssistantFile',
    getAssistantFile: 'AssistantFile',
    deleteAssistantFile: deleted('assistant.file'),
    listMessageFiles: page('MessageFile'),
    getMessageFile: 'MessageFile',
  },
  events: EVENTS,
};

const v2: WireShapes = {
  shapes: {
    ...SHAPES,
    Assistant: `{ id: string, object: 'assistant', created_at: integer, name: string | null, description: string | null,
      model: string, instructions: string | null, tools: Tool[], tool_resources?: ToolResources | null, metadata: texts | null,
      temperature?: number | null, top_p?: number | null, response_format?: ResponseFormat | null }`,
    Tool: `{ type: 'file_search', file_search?: { max_num_results?: integer,
        ranking_options?: { ranker?: 'auto' | 'default_2024_08_21', score_threshold: number } } }
      | { type: 'function', function: { description?: string, name: string, parameters?: map, strict?: boolean | null } }`,
    ToolResources: `{ code_interpreter?: { file_ids?: string[] }, file_search?: { vector_store_ids?: string[] } }`,
    ResponseFormat: `'auto' | { type: 'text' } | { type: 'json_object' } | { type: 'json_schema',
      json_schema: { description?: string, name: string, schema?: map, strict?: boolean | null } }`,
    Thread: `{ id: string, object: 'thread', created_at: integer, tool_resources: ToolResources | null, metadata: texts | null }`,
    Message: `{ id: string, object: 'thread.message', created_at: integer, thread_id: string,
      status: 'in_progress' | 'incomplete' | 'completed',
      incomplete_details: { reason: 'content_filter' | 'max_tokens' | 'run_cancelled' | 'run_expired' | 'run_failed' } | null,
      completed_at: integer | null, incomplete_at: integer | null, role: 'user' | 'assistant',
      content: (ImageFile | ImageUrl | Text | Refusal)[], assistant_id: string | null, run_id: string | null,
      attachments: { file_id?: string, tools?: { type: 'file_search' }[] }[] | null, metadata: texts | null }`,
    ImageFile: `{ type: 'image_file', image_file: { file_id: string, detail?: 'auto' | 'low' | 'high' } }`,
    ImageUrl: `{ type: 'image_url', image_url: { url: string, detail?: 'auto' | 'low' | 'high' } }`,
    Refusal: `{ type: 'refusal', refusal: string }`,
    FileCitation: `{ type: 'file_citation', text: string, file_citation: { file_id: string },
      start_index: integer, end_index: integer }`,
    MessageGrowth: `{ role?: 'user' | 'assistant', content?: (ImageFileDelta | TextDelta | RefusalDelta | ImageUrlDelta)[] }`,
    ImageFileDelta: `{ index: integer, type: 'image_file', image_file?: { file_id?: string, detail?: 'auto' | 'low' | 'high' } }`,
    ImageUrlDelta: `{ index: integer, type: 'image_url', image_url?: { url?: string, detail?: 'auto' | 'low' | 'high' } }`,
    RefusalDelta: `{ index: integer, type: 'refusal', refusal?: string }`,
    Run: `{ id: string, object: 'thread.run', created_at: integer, thread_id: string, assistant_id: string,
      status: 'queued' | 'in_progress' | 'requires_action' | 'cancelling' | 'cancelled' | 'failed' | 'completed' | 'incomplete'
        | 'expired',
      required_action: { type: 'submit_tool_outputs', submit_tool_outputs: { tool_calls: ToolCall[] } } | null,
      last_error: { code: 'server_error' | 'rate_limit_exceeded' | 'invalid_prompt', message: string } | null,
      expires_at: integer | null, started_at: integer | null, cancelled_at: integer | null, failed_at: integer | null,
      completed_at: integer | null,
      incomplete_details: { reason?: 'max_completion_tokens' | 'max_prompt_tokens' } | null,
      model: string, instructions: string, tools: Tool[], metadata: texts | null, usage: Usage | null,
      temperature?: number | null, top_p?: number | null, max_prompt_tokens: integer | null,
      max_completion_tokens: integer | null,
      truncation_strategy: { type: 'auto' | 'last_messages', last_messages?: integer | null } | null,
      tool_choice: 'none' | 'auto' | 'required' | { type: 'function' | 'file_search', function?: { name: string } } | null,
      parallel_tool_calls: boolean, response_format: ResponseFormat | null }`,
    RunStep: `{ id: string, object: 'thread.run.step', created_at: integer, assistant_id: string, thread_id: string,
      run_id: string, type: 'message_creation' | 'tool_calls',
      status: 'in_progress' | 'cancelled' | 'failed' | 'completed' | 'expired',
      step_details: MessageCreation | { type: 'tool_calls', tool_calls: (FileSearch | FunctionCall)[] },
      last_error: { code: 'server_error' | 'rate_limit_exceeded', message: string } | null,
      expired_at: integer | null, cancelled_at: integer | null, failed_at: integer | null, completed_at: integer | null,
      metadata: texts | null, usage: Usage | null }`,
    FileSearch: `{ id: string, type: 'file_search', file_search: {
      ranking_options?: { ranker: 'auto' | 'default_2024_08_21', score_threshold: number },
      results?: { file_id: string, file_name: string, score: number, content?: { type?: 'text', text?: string }[] }[] } }`,
    ToolCallsDelta: `{ type: 'tool_calls', tool_calls?: (FileSearchDelta | FunctionCallDelta)[] }`,
    FileSearchDelta: `{ index: integer, id?: string, type: 'file_search', file_search: map }`,
  },
  responses: { ...RESPONSES, deleteMessage: deleted('thread.message') },
  events: { ...EVENTS, 'thread.run.incomplete': 'Run' },
};

/** By version. */
export const WIRE_SHAPES = { v1, v2 } satisfies Record<'v1' | 'v2', WireShapes>;
