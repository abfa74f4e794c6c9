import { mergeMessageDelta, mergeStepDelta } from '../protocol/delta.js';
import { mergeMessage } from '../protocol/mergeMessage.js';
import { mergeStep } from '../protocol/mergeStep.js';
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
  return withList(state, 'messages', Array.isArray(message.content) && putIn(state.messages, message, mergeMessage));
}

/** The state with a snapshot of a step from anywhere; a step that has ended stays as it is. */
export function putStep(state: RunState, step: RunStep): RunState {
  return withList(state, 'steps', isObject(step.step_details) && putIn(state.steps, step, mergeStep));
}

function growMessage(state: RunState, delta: MessageDelta): RunState {
  return withList(state, 'messages', growIn(state.messages, delta.id, (known) => mergeMessageDelta(known, delta)));
}

function growStep(state: RunState, delta: RunStepDelta): RunState {
  return withList(state, 'steps', growIn(state.steps, delta.id, (known) => mergeStepDelta(known, delta)));
}

interface Growing {
  id: string;
  status: string;
}

/** The list with a snapshot: in place of the older one, or at the end. */
function putIn<T extends Growing>(list: readonly T[], snapshot: T, merge: (known: T, incoming: T) => T): readonly T[] {
  const index = lastIndexById(list, snapshot.id);
  const known = list[index];
  if (known === undefined) return [...list, snapshot];
  const merged = merge(known, snapshot);
  return merged === known ? list : list.with(index, merged);
}

/** The list with an entry grown; undefined where the delta does not fit. One that has ended stays as it is. */
function growIn<T extends Growing>(list: readonly T[], id: string, grow: (known: T) => T | undefined): readonly T[] | undefined {
  const index = lastIndexById(list, id);
  const known = list[index];
  if (known === undefined) return undefined;
  if (known.status !== 'in_progress') return list;
  const grown = grow(known);
  return grown && list.with(index, grown);
}

function withList<Name extends 'messages' | 'steps'>(state: RunState, name: Name, list: RunState[Name] | false | undefined): RunState {
  if (!list) return outOfStep(state);
  return list === state[name] ? state : { ...state, [name]: list };
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
