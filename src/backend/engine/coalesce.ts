import type { AssistantStreamEvent, MessageDelta, RunStepDelta } from '../../protocol/types.js';

/**
 * Two deltas that follow each other as one with the same effect, or undefined when they do not fit together. Takes only
 * what makes long queues: text behind text, refusal behind refusal, arguments behind arguments, of one object and index.
 */
export function coalesce(
  first: AssistantStreamEvent,
  second: AssistantStreamEvent,
): AssistantStreamEvent | undefined {
  if (first.event === 'thread.message.delta' && second.event === 'thread.message.delta') {
    const data = coalesceMessage(first.data, second.data);
    return data && { event: 'thread.message.delta', data };
  }
  if (first.event === 'thread.run.step.delta' && second.event === 'thread.run.step.delta') {
    const data = coalesceStep(first.data, second.data);
    return data && { event: 'thread.run.step.delta', data };
  }
  return undefined;
}

function coalesceMessage(first: MessageDelta, second: MessageDelta): MessageDelta | undefined {
  const [before, after] = [only(first.delta.content), only(second.delta.content)];
  if (
    first.id !== second.id ||
    before === undefined ||
    after === undefined ||
    before.index !== after.index
  )
    return;
  if (before.type === 'refusal' && after.type === 'refusal') {
    return {
      ...first,
      delta: { content: [{ ...before, refusal: (before.refusal ?? '') + (after.refusal ?? '') }] },
    };
  }
  if (before.type !== 'text' || after.type !== 'text' || after.text?.annotations !== undefined)
    return;
  const text = { ...before.text, value: (before.text?.value ?? '') + (after.text?.value ?? '') };
  return { ...first, delta: { content: [{ ...before, text }] } };
}

function coalesceStep(first: RunStepDelta, second: RunStepDelta): RunStepDelta | undefined {
  const [before, after] = [onlyCall(first), onlyCall(second)];
  if (
    first.id !== second.id ||
    before === undefined ||
    after === undefined ||
    before.index !== after.index
  )
    return;
  if (before.type !== 'function' || after.type !== 'function' || after.id !== undefined) return;
  const text = (before.function?.arguments ?? '') + (after.function?.arguments ?? '');
  const call = { ...before, function: { ...before.function, arguments: text } };
  return { ...first, delta: { step_details: { type: 'tool_calls', tool_calls: [call] } } };
}

function onlyCall({ delta: { step_details } }: RunStepDelta) {
  return step_details?.type === 'tool_calls' ? only(step_details.tool_calls) : undefined;
}

function only<Item>(items: Item[] | undefined): Item | undefined {
  return items?.length === 1 ? items[0] : undefined;
}
