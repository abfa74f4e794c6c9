import type {
  Assistant,
  AssistantTool,
  Message,
  MessageContent,
  MessageDelta,
  Run,
  RunStep,
  RunStepDelta,
  RunStepDeltaToolCall,
  RunStepToolCall,
} from '../../../protocol/types.js';
import { mapCitations, type WireAnnotation } from './mapCitations.js';
import { removeProvider } from './removeProvider.js';
import type { StoredAssistant, StoredRun, WireObject } from './WireObject.js';

/** Removes the fields of version 2 and internal fields, and translates tools and content to version 1. */
export function projectToV1(object: WireObject): WireObject {
  switch (object.object) {
    case 'assistant':
      return projectAssistant(object);
    case 'thread': {
      const { tool_resources: _, ...rest } = object;
      return rest;
    }
    case 'thread.message':
      return projectMessage(object);
    case 'thread.message.delta':
      return projectMessageDelta(object);
    case 'thread.run':
      return projectRun(object);
    case 'thread.run.step':
      return projectStep(object);
    case 'thread.run.step.delta':
      return projectStepDelta(object);
    default:
      return object;
  }
}

function projectAssistant(assistant: StoredAssistant): Assistant {
  const {
    tool_resources: _1,
    temperature: _2,
    top_p: _3,
    response_format: _4,
    reasoning_effort: _5,
    ...rest
  } = assistant;
  return { ...rest, tools: rest.tools.map(projectTool) };
}

function projectRun(run: StoredRun): Run {
  const {
    top_p: _1,
    parallel_tool_calls: _2,
    reasoning_effort: _3,
    vector_store_ids: _4,
    ...rest
  } = run;
  return {
    ...rest,
    // Version 1 has no incomplete runs.
    status: rest.status === 'incomplete' ? 'completed' : rest.status,
    tools: rest.tools.map(projectTool),
    tool_choice: projectToolChoice(rest.tool_choice),
    response_format: projectResponseFormat(rest.response_format),
  };
}

function projectToolChoice(choice: Run['tool_choice']): Run['tool_choice'] {
  if (choice === 'required') return 'auto';
  const isFileSearch = typeof choice === 'object' && choice?.type === 'file_search';
  return isFileSearch ? { type: 'retrieval' } : choice;
}

function projectResponseFormat(format: Run['response_format']): Run['response_format'] {
  const isJsonSchema = typeof format === 'object' && format?.type === 'json_schema';
  return isJsonSchema ? { type: 'json_object' } : format;
}

function projectTool(tool: AssistantTool): AssistantTool {
  if (tool.type === 'file_search') return { type: 'retrieval' };
  if (tool.type !== 'function') return tool;
  const { strict: _, ...definition } = tool.function;
  return { type: 'function', function: definition };
}

function projectMessage(message: Message): Message {
  const { attachments: _, ...rest } = message;
  return { ...rest, content: rest.content.map(projectContent) };
}

/** Version 1 has text and image files only. Other content becomes text. */
function projectContent(part: MessageContent): MessageContent {
  switch (part.type) {
    case 'refusal':
      return { type: 'text', text: { value: part.refusal, annotations: [] } };
    case 'image_url':
      return { type: 'text', text: { value: part.image_url.url, annotations: [] } };
    case 'image_file':
      return { type: 'image_file', image_file: { file_id: part.image_file.file_id } };
    case 'text':
      return mapCitations(part, addQuote);
    default:
      return part;
  }
}

function projectMessageDelta(event: MessageDelta): MessageDelta {
  const { content } = event.delta;
  return {
    ...event,
    delta: { ...event.delta, ...(content && { content: content.map(projectContentDelta) }) },
  };
}

type ContentDelta = NonNullable<MessageDelta['delta']['content']>[number];

function projectContentDelta(part: ContentDelta): ContentDelta {
  switch (part.type) {
    case 'refusal':
      return { index: part.index, type: 'text', text: { value: part.refusal ?? '' } };
    case 'image_url':
      return { index: part.index, type: 'text', text: { value: part.image_url?.url ?? '' } };
    case 'image_file': {
      const { detail: _, ...file } = part.image_file ?? {};
      return { ...part, image_file: file };
    }
    case 'text':
      return mapCitations(part, addQuote);
    default:
      return part;
  }
}

/** Version 1 requires a quote in each citation, even if it is unknown. */
function addQuote<Annotation extends WireAnnotation>(annotation: Annotation): Annotation {
  const { file_citation: citation } = annotation;
  return { ...annotation, file_citation: { ...citation, quote: citation?.quote ?? '' } };
}

function projectStep(stored: RunStep): RunStep {
  const step = removeProvider(stored);
  const { step_details: details } = step;
  if (details.type !== 'tool_calls') return step;
  return {
    ...step,
    step_details: { ...details, tool_calls: details.tool_calls.map(projectToolCall) },
  };
}

function projectToolCall(call: RunStepToolCall): RunStepToolCall {
  return call.type === 'file_search' ? { id: call.id, type: 'retrieval', retrieval: {} } : call;
}

function projectStepDelta(event: RunStepDelta): RunStepDelta {
  const details = event.delta.step_details;
  if (details?.type !== 'tool_calls' || details.tool_calls === undefined) return event;
  const toolCalls = details.tool_calls.map(projectToolCallDelta);
  return { ...event, delta: { step_details: { ...details, tool_calls: toolCalls } } };
}

function projectToolCallDelta(call: RunStepDeltaToolCall): RunStepDeltaToolCall {
  if (call.type !== 'file_search') return call;
  return {
    index: call.index,
    ...(call.id === undefined ? {} : { id: call.id }),
    type: 'retrieval',
    retrieval: {},
  };
}
