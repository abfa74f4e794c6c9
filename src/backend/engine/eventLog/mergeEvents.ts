import type {
  AssistantStreamEvent,
  MessageDelta,
  RunStepDelta,
  RunStepReasoningDelta,
} from '../../../protocol/types.js';

/**
 * Merges two consecutive deltas into one with the same effect. Returns undefined if they cannot be merged. Merges only text,
 * refusals, reasoning and arguments of the same object and index, which make long queues.
 */
export function mergeEvents(
  first: AssistantStreamEvent,
  second: AssistantStreamEvent,
): AssistantStreamEvent | undefined {
  if (first.event === 'thread.message.delta' && second.event === 'thread.message.delta') {
    const data = mergeMessageDeltas(first.data, second.data);
    return data && { event: 'thread.message.delta', data };
  }
  if (first.event === 'thread.run.step.delta' && second.event === 'thread.run.step.delta') {
    const data = mergeStepDeltas(first.data, second.data);
    return data && { event: 'thread.run.step.delta', data };
  }
  if (
    first.event === 'thread.run.step.reasoning.delta' &&
    second.event === 'thread.run.step.reasoning.delta'
  ) {
    const data = mergeReasoningDeltas(first.data, second.data);
    return data && { event: 'thread.run.step.reasoning.delta', data };
  }
  return undefined;
}

/**
 * Returns the text of a delta that `mergeEvents` can merge: of a message, of a refusal, of reasoning, or of arguments. Undefined for other
 * events.
 */
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
    return { ...event, data: { ...event.data, delta: { text } } };
  if (event.event !== 'thread.run.step.delta') return event;
  const call = getSingleCall(event.data);
  if (call?.type !== 'function') return event;
  const changed = { ...call, function: { ...call.function, arguments: text } };
  const step_details = { type: 'tool_calls' as const, tool_calls: [changed] };
  return { ...event, data: { ...event.data, delta: { step_details } } };
}

function mergeReasoningDeltas(
  first: RunStepReasoningDelta,
  second: RunStepReasoningDelta,
): RunStepReasoningDelta | undefined {
  const { text, ...rest } = second.delta;
  if (first.id !== second.id || text === undefined || Object.keys(rest).length > 0)
    return undefined;
  return { ...first, delta: { ...first.delta, text: (first.delta.text ?? '') + text } };
}

function mergeMessageDeltas(first: MessageDelta, second: MessageDelta): MessageDelta | undefined {
  const [before, after] = [getSingle(first.delta.content), getSingle(second.delta.content)];
  if (!before || !after || first.id !== second.id || before.index !== after.index) return undefined;
  const merged = mergeParts(before, after);
  return merged && { ...first, delta: { content: [merged] } };
}

type Part = NonNullable<MessageDelta['delta']['content']>[number];

function mergeParts(before: Part, after: Part): Part | undefined {
  if (before.type === 'refusal' && after.type === 'refusal') {
    return { ...before, refusal: (before.refusal ?? '') + (after.refusal ?? '') };
  }
  if (before.type !== 'text' || after.type !== 'text') return undefined;
  // Annotations are appended, so the order of deltas matters.
  if (after.text?.annotations !== undefined) return undefined;
  const value = (before.text?.value ?? '') + (after.text?.value ?? '');
  return { ...before, text: { ...before.text, value } };
}

function mergeStepDeltas(first: RunStepDelta, second: RunStepDelta): RunStepDelta | undefined {
  const [before, after] = [getSingleCall(first), getSingleCall(second)];
  if (!before || !after || first.id !== second.id || before.index !== after.index) return undefined;
  if (before.type !== 'function' || after.type !== 'function' || after.id !== undefined) {
    return undefined;
  }
  const text = (before.function?.arguments ?? '') + (after.function?.arguments ?? '');
  const call = { ...before, function: { ...before.function, arguments: text } };
  return { ...first, delta: { step_details: { type: 'tool_calls', tool_calls: [call] } } };
}

function getSingleCall({ delta: { step_details: details } }: RunStepDelta) {
  return details?.type === 'tool_calls' ? getSingle(details.tool_calls) : undefined;
}

function getSingle<Item>(items: Item[] | undefined): Item | undefined {
  return items?.length === 1 ? items[0] : undefined;
}
