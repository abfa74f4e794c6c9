import type {
  AssistantStreamEvent,
  MessageDelta,
  RunStepDelta,
  RunStepReasoningDelta,
} from '../../../protocol/types.js';

/**
 * Returns true if a delta continues the text of an earlier one: then the earlier one with both texts has the same
 * effect. Only texts, refusals, reasoning and arguments of the same object and index make long queues.
 */
export function continuesText(earlier: AssistantStreamEvent, event: AssistantStreamEvent): boolean {
  if (earlier.event === 'thread.message.delta' && event.event === 'thread.message.delta')
    return continuesMessage(earlier.data, event.data);
  if (earlier.event === 'thread.run.step.delta' && event.event === 'thread.run.step.delta')
    return continuesArguments(earlier.data, event.data);
  return (
    earlier.event === 'thread.run.step.reasoning.delta' &&
    event.event === 'thread.run.step.reasoning.delta' &&
    continuesReasoning(earlier.data, event.data)
  );
}

/** Returns the text of a delta: of a message, of a refusal, of reasoning, or of arguments. Undefined for other events. */
export function getDeltaText(event: AssistantStreamEvent): string | undefined {
  if (event.event === 'thread.message.delta') {
    const part = getSingle(event.data.delta.content);
    if (part?.type === 'refusal') return part.refusal ?? '';
    return part?.type === 'text' ? (part.text?.value ?? '') : undefined;
  }
  if (event.event === 'thread.run.step.reasoning.delta') return event.data.delta.text;
  if (event.event !== 'thread.run.step.delta') return undefined;
  const call = getSingleCall(event.data);
  return call?.type === 'function' ? (call.function?.arguments ?? '') : undefined;
}

/** Returns a copy of a delta that has a text, with another text. */
export function withDeltaText(event: AssistantStreamEvent, text: string): AssistantStreamEvent {
  if (event.event === 'thread.message.delta') {
    const part = getSingle(event.data.delta.content);
    if (part === undefined) return event;
    const changed: Part =
      part.type === 'refusal'
        ? { ...part, refusal: text }
        : { ...part, ...(part.type === 'text' ? { text: { ...part.text, value: text } } : {}) };
    return {
      ...event,
      data: { ...event.data, delta: { ...event.data.delta, content: [changed] } },
    };
  }
  if (event.event === 'thread.run.step.reasoning.delta')
    return { ...event, data: { ...event.data, delta: { ...event.data.delta, text } } };
  if (event.event !== 'thread.run.step.delta') return event;
  const call = getSingleCall(event.data);
  if (call?.type !== 'function') return event;
  const changed = { ...call, function: { ...call.function, arguments: text } };
  const step_details = { type: 'tool_calls' as const, tool_calls: [changed] };
  return { ...event, data: { ...event.data, delta: { step_details } } };
}

type Part = NonNullable<MessageDelta['delta']['content']>[number];

function continuesMessage(earlier: MessageDelta, delta: MessageDelta): boolean {
  const [before, after] = [getSingle(earlier.delta.content), getSingle(delta.delta.content)];
  if (!before || !after || earlier.id !== delta.id || before.index !== after.index) return false;
  if (before.type === 'refusal') return after.type === 'refusal';
  // Annotations are appended, so the order of deltas matters.
  return before.type === 'text' && after.type === 'text' && after.text?.annotations === undefined;
}

function continuesArguments(earlier: RunStepDelta, delta: RunStepDelta): boolean {
  const [before, after] = [getSingleCall(earlier), getSingleCall(delta)];
  if (!before || !after || earlier.id !== delta.id || before.index !== after.index) return false;
  return before.type === 'function' && after.type === 'function' && after.id === undefined;
}

function continuesReasoning(earlier: RunStepReasoningDelta, delta: RunStepReasoningDelta): boolean {
  const { text, ...rest } = delta.delta;
  return earlier.id === delta.id && text !== undefined && Object.keys(rest).length === 0;
}

function getSingleCall({ delta: { step_details: details } }: RunStepDelta) {
  return details?.type === 'tool_calls' ? getSingle(details.tool_calls) : undefined;
}

function getSingle<Item>(items: Item[] | undefined): Item | undefined {
  return items?.length === 1 ? items[0] : undefined;
}
