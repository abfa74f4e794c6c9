import { mergeMessageDelta, mergeStepDelta } from '../protocol/delta.js';
import { growthOf } from '../protocol/growth.js';
import { mergeRun } from '../protocol/runStatus.js';
import type { AssistantStreamEvent, Message, MessageDelta, Run, RunStep, RunStepDelta, Thread } from '../protocol/types.js';

/** A run as its events have told it so far. Immutable: what an event does not touch keeps its identity. */
export interface RunState {
  thread: Thread | undefined;
  run: Run | undefined;
  /** What the run wrote, in the order it appeared; the last may still grow. */
  messages: readonly Message[];
  /** In the order they appeared. */
  steps: readonly RunStep[];
  /** Whether an event did not fit, so that only the server knows how the messages and steps really are. */
  isOutOfStep: boolean;
}

export const emptyRunState: RunState = { thread: undefined, run: undefined, messages: [], steps: [], isOutOfStep: false };

/**
 * The state after one event of a stream. Never throws: an event that nobody knows changes nothing, one that does not fit
 * sets `isOutOfStep`. A finished message or step is never changed by what comes late.
 */
export function reduceRun(state: RunState, event: AssistantStreamEvent): RunState {
  try {
    return reduce(state, event);
  } catch {
    // Types end at the wire: below the fields that are checked, a server may send any shape.
    return outOfStep(state);
  }
}

function reduce(state: RunState, { event, data }: AssistantStreamEvent): RunState {
  if (!hasId(data)) return event.startsWith('thread.') ? outOfStep(state) : state;
  switch (event) {
    case 'thread.created':
      return { ...state, thread: data };
    case 'thread.message.delta':
      return growMessage(state, data);
    case 'thread.run.step.delta':
      return growStep(state, data);
    default:
      if (event.startsWith('thread.message.')) return putMessage(state, data as unknown as Message);
      if (event.startsWith('thread.run.step.')) return putStep(state, data as unknown as RunStep);
      if (event.startsWith('thread.run.')) return putRun(state, data as unknown as Run);
      return state;
  }
}

/** The state with a snapshot of the run from anywhere; a settled run stays settled. */
export function putRun(state: RunState, run: Run): RunState {
  if (typeof run.status !== 'string') return outOfStep(state);
  if (state.run !== undefined && state.run.id !== run.id) return state;
  const merged = mergeRun(state.run, run);
  return merged === state.run ? state : { ...state, run: merged };
}

/** The state with a snapshot of a message from anywhere; texts never get shorter, finished ones stay as they are. */
export function putMessage(state: RunState, message: Message): RunState {
  if (!Array.isArray(message.content)) return outOfStep(state);
  const index = lastIndexById(state.messages, message.id);
  const known = state.messages[index];
  if (known === undefined) return { ...state, messages: [...state.messages, message] };
  if (known.status !== 'in_progress' && message.status === 'in_progress') return state;
  if (message.status === 'in_progress' && growthOf(message.content) < growthOf(known.content)) return state;
  return { ...state, messages: state.messages.with(index, message) };
}

/** The state with a snapshot of a step from anywhere; a step that has ended stays as it is. */
export function putStep(state: RunState, step: RunStep): RunState {
  if (typeof step.step_details !== 'object' || step.step_details === null) return outOfStep(state);
  const index = lastIndexById(state.steps, step.id);
  const known = state.steps[index];
  if (known === undefined) return { ...state, steps: [...state.steps, step] };
  if (known.status !== 'in_progress' && step.status === 'in_progress') return state;
  // The events that open a step repeat it empty; the calls that deltas have brought since are not to be lost.
  if (step.status === 'in_progress' && growthOf(step.step_details) < growthOf(known.step_details)) return state;
  return { ...state, steps: state.steps.with(index, step) };
}

function growMessage(state: RunState, delta: MessageDelta): RunState {
  const index = lastIndexById(state.messages, delta.id);
  const known = state.messages[index];
  if (known === undefined) return outOfStep(state);
  if (known.status !== 'in_progress') return state;
  const grown = isObject(delta.delta) ? mergeMessageDelta(known, delta) : undefined;
  return grown ? { ...state, messages: state.messages.with(index, grown) } : outOfStep(state);
}

function growStep(state: RunState, delta: RunStepDelta): RunState {
  const index = lastIndexById(state.steps, delta.id);
  const known = state.steps[index];
  if (known === undefined) return outOfStep(state);
  if (known.status !== 'in_progress') return state;
  const grown = isObject(delta.delta) ? mergeStepDelta(known, delta) : undefined;
  return grown ? { ...state, steps: state.steps.with(index, grown) } : outOfStep(state);
}

function outOfStep(state: RunState): RunState {
  return state.isOutOfStep ? state : { ...state, isOutOfStep: true };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function hasId(data: unknown): data is { id: string } {
  return isObject(data) && 'id' in data && typeof data.id === 'string' && data.id !== '';
}

function lastIndexById(list: readonly { id: string }[], id: string): number {
  return list.findLastIndex((entry) => entry.id === id);
}
