import type { RunStep, Usage } from '../../protocol/types.js';
import { ModelError, type ModelEvent } from '../models/Model.js';
import { createFileBatch } from './objectFactories.js';
import { createReasoningWriter } from './createReasoningWriter.js';
import { createStepWriter, type OpenMessage, type StepWriter } from './createStepWriter.js';
import { writeBuiltInCall } from './writeBuiltInCall.js';
import { growToolCall } from './growToolCall.js';
import type { RunContext } from './RunContext.js';
import { runFileSearch } from './runFileSearch.js';
import type { RunOutcome } from './settleObjects.js';
import { withCallData, withTurnData } from './stepProvider.js';

/** Next step of a run after a model response: it ends, waits for outputs of these calls, or asks the model again. */
export type AnswerResult = RunOutcome | { calls: RunStep } | { status: 'searched' };

/** Writes a model response to the store and to the event stream. */
export interface AnswerWriter {
  write: (event: ModelEvent) => Promise<void>;
  /**
   * Returns how the run continues. Call it after the last event of the response.
   *
   * @throws ModelError if the response has no content: such a run must not look like a success.
   */
  end: () => AnswerResult;
}

type EventOf<Type extends ModelEvent['type']> = Extract<ModelEvent, { type: Type }>;

/** Events that start a step of their own. While function calls are open they wait for the outputs. */
const STEP_EVENTS: ReadonlySet<ModelEvent['type']> = new Set([
  'text',
  'annotation',
  'image',
  'refusal',
  'message',
  'search',
  'builtInCall',
]);

/** Events that say nothing. */
const SILENT_EVENTS: ReadonlySet<ModelEvent['type']> = new Set([
  'usage',
  'finish',
  'reasoning',
  'providerData',
]);

const EMPTY_ANSWER =
  'The model ended its answer without a text or a function call. Try again, or use another model.';

/** A character that is shown. Some models send only marks of the direction, or spaces without a width. */
const VISIBLE = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Returns true if an event is content for the user, or a call. Text that shows nothing is not. */
function isContent(event: ModelEvent): boolean {
  if (event.type === 'text' || event.type === 'refusal') return VISIBLE.test(event.text);
  return event.type === 'image' || event.type === 'toolCall';
}

/** Creates a writer that turns model events into steps and messages, one at a time. */
export function createAnswerWriter(context: RunContext): AnswerWriter {
  const { memory } = context;
  const steps = createStepWriter(context);
  const reasoning = createReasoningWriter(context, steps);
  let outcome: RunOutcome = { status: 'completed' };
  let endsWithSearch = false;
  let hasContent = false;

  async function write(event: ModelEvent): Promise<void> {
    if (!SILENT_EVENTS.has(event.type)) reasoning.pause();
    if (steps.getOpen()?.kind === 'calls' && STEP_EVENTS.has(event.type)) {
      memory.heldEvents.push(event);
      return;
    }
    // Text before and after a call are two messages, even if both have to wait.
    if (event.type === 'toolCall' && memory.heldEvents.length > 0) {
      memory.heldEvents.push({ type: 'message' });
    }
    if (!SILENT_EVENTS.has(event.type)) endsWithSearch = event.type === 'search';
    hasContent ||= isContent(event);
    if (event.type === 'reasoning') reasoning.write(event.text);
    else if (event.type === 'usage') addUsage(context, event);
    else if (event.type === 'finish') outcome = getOutcome(event) ?? outcome;
    else await writeContent(context, steps, event);
  }

  return {
    write,
    end() {
      reasoning.pause();
      if (outcome.status !== 'completed') return outcome;
      const open = steps.getOpen();
      if (open?.kind === 'calls') return { calls: open.step };
      if (endsWithSearch) return { status: 'searched' };
      if (!hasContent) throw new ModelError('server_error', EMPTY_ANSWER);
      return outcome;
    },
  };
}

function writeContent(
  context: RunContext,
  steps: StepWriter,
  event: Exclude<ModelEvent, { type: 'usage' | 'finish' | 'reasoning' }>,
): Promise<unknown> | undefined {
  switch (event.type) {
    case 'text':
      return event.text === '' ? undefined : writeText(steps, event.text);
    case 'annotation':
      return writeAnnotation(steps, event);
    case 'refusal':
      return event.text === '' ? undefined : writeRefusal(steps, event.text);
    case 'image':
      return writeImage(steps, event);
    case 'message':
      return steps.close();
    case 'toolCall':
      return writeToolCall(context, steps, event);
    case 'arguments':
      return writeArguments(context, steps, event);
    case 'providerData':
      return writeProviderData(context, steps, event);
    case 'search':
      return steps.close().then(() => runFileSearch(context, event));
    case 'builtInCall':
      return writeBuiltInCall(context, steps, event);
    case 'file':
      return context.commit(() => createFileBatch(context, event));
  }
}

async function writeText(steps: StepWriter, text: string): Promise<OpenMessage> {
  const open = await steps.openMessage();
  const index = open.message.content.length - 1;
  if (open.message.content[index]?.type !== 'text') {
    const value = { value: text, annotations: [] };
    steps.growMessage(open, { index: index + 1, type: 'text', text: value });
  } else if (text !== '') {
    steps.growMessage(open, { index, type: 'text', text: { value: text } });
  }
  return open;
}

async function writeRefusal(steps: StepWriter, refusal: string): Promise<void> {
  const open = await steps.openMessage();
  const last = open.message.content.length - 1;
  const index = open.message.content[last]?.type === 'refusal' ? last : last + 1;
  steps.growMessage(open, { index, type: 'refusal', refusal });
}

async function writeAnnotation(
  steps: StepWriter,
  { annotation }: EventOf<'annotation'>,
): Promise<void> {
  const open = await writeText(steps, '');
  const index = open.message.content.length - 1;
  const block = open.message.content[index];
  const position = block?.type === 'text' ? block.text.annotations.length : 0;
  steps.growMessage(open, {
    index,
    type: 'text',
    text: { annotations: [{ index: position, ...annotation }] },
  });
}

async function writeImage(steps: StepWriter, { fileId }: EventOf<'image'>): Promise<void> {
  const open = await steps.openMessage();
  const index = open.message.content.length;
  steps.growMessage(open, { index, type: 'image_file', image_file: { file_id: fileId } });
}

async function writeToolCall(
  context: RunContext,
  steps: StepWriter,
  { id, name }: EventOf<'toolCall'>,
): Promise<void> {
  const open = await steps.openCalls();
  open.step = growToolCall(context, open.step, {
    index: getToolCalls(open.step).length,
    id: id ?? context.generateId('call_'),
    type: 'function',
    function: { name, arguments: '', output: null },
  });
}

async function writeArguments(
  context: RunContext,
  steps: StepWriter,
  { callId, text }: EventOf<'arguments'>,
): Promise<void> {
  const open = steps.getOpen();
  const calls = open ? getToolCalls(open.step) : [];
  const index =
    callId === undefined ? calls.length - 1 : calls.findIndex(({ id }) => id === callId);
  if (open?.kind !== 'calls' || index < 0) {
    const message = 'The model sent arguments for a function call that it did not start.';
    throw new ModelError('server_error', message);
  }
  const delta = { index, type: 'function', function: { arguments: text } } as const;
  open.step = growToolCall(context, open.step, delta);
}

/** Stores data of the model on the open step of calls, or else on the step that follows, which is that of a search. */
function writeProviderData(
  { store, memory }: RunContext,
  steps: StepWriter,
  { callId, data }: EventOf<'providerData'>,
): undefined {
  const open = steps.getOpen();
  if (open?.kind === 'calls') {
    open.step =
      callId === undefined ? withTurnData(open.step, data) : withCallData(open.step, callId, data);
    const { id, provider } = open.step;
    if (provider !== undefined) store.grow(id, { provider });
  } else if (callId === undefined) {
    memory.pendingData = data;
  }
}

function getToolCalls({ step_details: details }: RunStep) {
  return details.type === 'tool_calls' ? details.tool_calls : [];
}

function getOutcome({ reason }: EventOf<'finish'>): RunOutcome | undefined {
  if (reason === 'stop' || reason === 'tool_calls') return undefined;
  return { status: 'incomplete', reason };
}

function addUsage({ memory }: RunContext, event: EventOf<'usage'>): void {
  memory.usage = sumUsage(memory.usage, event);
  memory.stepUsage = sumUsage(memory.stepUsage, event);
}

function sumUsage(
  usage: Usage | null,
  { promptTokens, completionTokens }: EventOf<'usage'>,
): Usage {
  const prompt_tokens = (usage?.prompt_tokens ?? 0) + promptTokens;
  const completion_tokens = (usage?.completion_tokens ?? 0) + completionTokens;
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
}
