import type {
  Assistant,
  AssistantFile,
  AssistantStreamEvent,
  AssistantTool,
  FileObject,
  Message,
  MessageContent,
  MessageDelta,
  MessageFile,
  OperationId,
  Run,
  RunStep,
  RunStepDelta,
  Thread,
} from '../../../protocol/types.js';
import type { OperationResponses, Dialect } from '../operations.js';
import { FOUND_CONTENT, withoutFoundContent } from './include.js';
import type { Collections } from '../../stores/Store.js';

/** What an answer or an event holds. */
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
  | Thread;

/** The version that a request speaks, by its OpenAI-Beta header: version 2 without one. Undefined when it names no version. */
export function readDialect(headers: Headers): Dialect | undefined {
  const header = headers.get('openai-beta');
  if (header === null) return 'v2';
  const versions = header.split(',').map((one) => one.trim());
  if (versions.includes('assistants=v2')) return 'v2';
  return versions.includes('assistants=v1') ? 'v1' : undefined;
}

/** An answer of an operation, as one version shows it; a page item by item. `include`: the parts that were asked for. */
export function projectResponse(
  dialect: Dialect,
  answer: OperationResponses[OperationId],
  include: readonly string[] = [],
): object {
  if ('data' in answer)
    return { ...answer, data: answer.data.map((item) => project(dialect, item, include)) };
  return 'deleted' in answer ? answer : project(dialect, answer, include);
}

/** An object that holds the fields of both versions, as one version shows it. `include`: the parts that were asked for. */
export function project(
  dialect: Dialect,
  object: WireObject,
  include: readonly string[] = [],
): WireObject {
  return dialect === 'v1' ? inVersion1(object) : inVersion2(object, include);
}

/** An event that holds the fields of both versions, as one version shows it. Version 1 knows no incomplete run: it calls it completed. */
export function projectEvent(
  dialect: Dialect,
  event: AssistantStreamEvent,
  include: readonly string[] = [],
): AssistantStreamEvent {
  if (event.event === 'done' || event.event === 'error') return event;
  const name =
    dialect === 'v1' && event.event === 'thread.run.incomplete'
      ? 'thread.run.completed'
      : event.event;
  // The projection of an object is an object of the same kind, so the pair stays one of the union.
  return { event: name, data: project(dialect, event.data, include) } as AssistantStreamEvent;
}

function inVersion2(object: WireObject, include: readonly string[]): WireObject {
  switch (object.object) {
    case 'thread.run.step':
      return include.includes(FOUND_CONTENT) ? object : withoutFoundContent(object);
    case 'thread.run.step.delta':
      return include.includes(FOUND_CONTENT) ? object : withoutFoundContent(object);
    case 'assistant': {
      const { file_ids: _1, reasoning_effort: _2, ...rest }: KeptAssistant = object;
      return rest;
    }
    case 'thread.message': {
      const { file_ids: _files, ...rest } = object;
      return { ...rest, content: rest.content.map((part) => withAnnotations(part, unquoted)) };
    }
    case 'thread.run': {
      const { file_ids: _1, reasoning_effort: _2, ...rest }: KeptRun = object;
      return rest;
    }
    case 'thread.message.delta': {
      const { file_ids: _files, ...delta } = object.delta;
      const content = delta.content?.map((part) => withAnnotations(part, unquoted));
      return { ...object, delta: { ...delta, ...(content && { content }) } };
    }
    default:
      return object;
  }
}

function inVersion1(object: WireObject): WireObject {
  switch (object.object) {
    case 'assistant': {
      const kept: KeptAssistant = object;
      const {
        tool_resources: _1,
        temperature: _2,
        top_p: _3,
        response_format: _4,
        reasoning_effort: _5,
        ...rest
      } = kept;
      return { ...rest, tools: rest.tools.map(tool) };
    }
    case 'thread': {
      const { tool_resources: _, ...rest } = object;
      return rest;
    }
    case 'thread.message': {
      const { attachments: _, ...rest } = object;
      return { ...rest, content: rest.content.map(content) };
    }
    case 'thread.run':
      return run(object);
    case 'thread.run.step': {
      const { step_details: details } = object;
      if (details.type !== 'tool_calls') return object;
      return {
        ...object,
        step_details: { ...details, tool_calls: details.tool_calls.map(toolCall) },
      };
    }
    case 'thread.message.delta':
      return {
        ...object,
        delta: {
          ...object.delta,
          ...(object.delta.content && { content: object.delta.content.map(contentDelta) }),
        },
      };
    case 'thread.run.step.delta': {
      const details = object.delta.step_details;
      if (details?.type !== 'tool_calls' || details.tool_calls === undefined) return object;
      return {
        ...object,
        delta: { step_details: { ...details, tool_calls: details.tool_calls.map(toolCallDelta) } },
      };
    }
    default:
      return object;
  }
}

/** As the store keeps them. */
type KeptAssistant = Assistant & Pick<Collections['assistants'], 'reasoning_effort'>;
type KeptRun = Run & Pick<Collections['runs'], 'reasoning_effort'>;

function run(object: Run): Run {
  const { top_p: _1, parallel_tool_calls: _2, reasoning_effort: _3, ...rest }: KeptRun = object;
  const choice = rest.tool_choice;
  const format = rest.response_format;
  return {
    ...rest,
    status: rest.status === 'incomplete' ? 'completed' : rest.status,
    tools: rest.tools.map(tool),
    tool_choice:
      choice === 'required'
        ? 'auto'
        : typeof choice === 'object' && choice?.type === 'file_search'
          ? { type: 'retrieval' }
          : choice,
    response_format:
      typeof format === 'object' && format?.type === 'json_schema'
        ? { type: 'json_object' }
        : format,
  };
}

function tool(object: AssistantTool): AssistantTool {
  if (object.type === 'file_search') return { type: 'retrieval' };
  if (object.type !== 'function') return object;
  const { strict: _, ...definition } = object.function;
  return { type: 'function', function: definition };
}

/** Version 1 has texts and images of files: what else there is becomes a text in its place. */
function content(part: MessageContent): MessageContent {
  switch (part.type) {
    case 'refusal':
      return { type: 'text', text: { value: part.refusal, annotations: [] } };
    case 'image_url':
      return { type: 'text', text: { value: part.image_url.url, annotations: [] } };
    case 'image_file':
      return { type: 'image_file', image_file: { file_id: part.image_file.file_id } };
    case 'text':
      return withAnnotations(part, quoted);
    default:
      return part;
  }
}

interface Annotated {
  type: string;
  file_citation?: { quote?: string };
}

/** Of a text, or a delta of one, each annotation as a version cites. */
function withAnnotations<Part extends { type: string; text?: { annotations?: Annotated[] } }>(
  part: Part,
  cite: <Annotation extends Annotated>(annotation: Annotation) => Annotation,
): Part {
  const annotations = part.text?.annotations?.map((annotation) =>
    annotation.type === 'file_citation' ? cite(annotation) : annotation,
  );
  return annotations === undefined ? part : { ...part, text: { ...part.text, annotations } };
}

/** Version 1 cites with the words, even where none are known. */
function quoted<Annotation extends Annotated>(annotation: Annotation): Annotation {
  const { file_citation: citation } = annotation;
  return { ...annotation, file_citation: { ...citation, quote: citation?.quote ?? '' } };
}

/** Version 2 has a place for the words in a delta and none in the message: they are in neither, so that both stay equal. */
function unquoted<Annotation extends Annotated>(annotation: Annotation): Annotation {
  const { quote: _, ...citation } = annotation.file_citation ?? {};
  return { ...annotation, file_citation: citation };
}

type ContentDelta = NonNullable<MessageDelta['delta']['content']>[number];

function contentDelta(part: ContentDelta): ContentDelta {
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
      return withAnnotations(part, quoted);
    default:
      return part;
  }
}

type ToolCall = Extract<RunStep['step_details'], { type: 'tool_calls' }>['tool_calls'][number];

function toolCall(call: ToolCall): ToolCall {
  return call.type === 'file_search' ? { id: call.id, type: 'retrieval', retrieval: {} } : call;
}

type ToolCallDelta = NonNullable<
  Extract<NonNullable<RunStepDelta['delta']['step_details']>, { type: 'tool_calls' }>['tool_calls']
>[number];

function toolCallDelta(call: ToolCallDelta): ToolCallDelta {
  if (call.type !== 'file_search') return call;
  return {
    index: call.index,
    ...(call.id === undefined ? {} : { id: call.id }),
    type: 'retrieval',
    retrieval: {},
  };
}
