import { mergeMessageDelta, mergeStepDelta } from '../../protocol/delta.js';
import { mergeMessage } from '../../protocol/mergeMessage.js';
import { mergeStep } from '../../protocol/mergeStep.js';
import { mergeRun } from '../../protocol/runStatus.js';
import type {
  AssistantStreamEvent,
  Message,
  MessageDelta,
  Run,
  RunStep,
  RunStepDelta,
  Thread,
} from '../../protocol/types.js';

/** A run as its events have told it so far. Immutable: what an event does not touch keeps its identity. */
export interface RunState {
  thread: Thread | undefined;
  run: Run | undefined;
  /** What the run wrote, in the order it appeared; the last may still grow. */
  messages: readonly Message[];
  /** In the order they appeared. */
  steps: readonly RunStep[];
  /** Whether an event did not fit, so that only the server knows how the messages and steps really are. */
  isDesynced: boolean;
}

export const emptyRunState: RunState = {
  thread: undefined,
  run: undefined,
  messages: [],
  steps: [],
  isDesynced: false,
};

/**
 * The state after one event of a stream. Never throws: an event that nobody knows changes nothing, one that does not fit
 * sets `isDesynced`. A finished message or step is never changed by what comes late.
 */
export function reduceRun(state: RunState, event: AssistantStreamEvent): RunState {
  try {
    return reduce(state, event);
  } catch {
    // Types end at the wire: below the fields that are checked, a server may send any shape.
    return markDesynced(state);
  }
}

function reduce(state: RunState, { event, data }: AssistantStreamEvent): RunState {
  if (!hasId(data)) return event.startsWith('thread.') ? markDesynced(state) : state;
  switch (event) {
    case 'thread.created':
      return { ...state, thread: data };
    case 'thread.message.delta':
      return applyDelta(state, 'messages', data);
    case 'thread.run.step.delta':
      return applyDelta(state, 'steps', data);
    default:
      if (event.startsWith('thread.message.'))
        return upsert(state, 'messages', data as unknown as Message);
      if (event.startsWith('thread.run.step.'))
        return upsert(state, 'steps', data as unknown as RunStep);
      if (event.startsWith('thread.run.')) return applyRun(state, data as unknown as Run);
      return state;
  }
}

/** The state with a snapshot of the run from anywhere; a settled run stays settled. */
export function applyRun(state: RunState, run: Run): RunState {
  if (typeof run.status !== 'string') return markDesynced(state);
  if (state.run !== undefined && state.run.id !== run.id) return state;
  const merged = mergeRun(state.run, run);
  return merged === state.run ? state : { ...state, run: merged };
}

/** What a run writes, by the list of its state. */
export interface RunItems {
  messages: Message;
  steps: RunStep;
}

interface Deltas {
  messages: MessageDelta;
  steps: RunStepDelta;
}

/** The lists of a state. */
export type ListName = keyof RunItems;

interface Kind<Item, Delta> {
  isWhole: (object: Item) => boolean;
  merge: (known: Item, incoming: Item) => Item;
  /** Undefined for a delta that does not fit. */
  grow: (known: Item, delta: Delta) => Item | undefined;
}

const kinds: { [Name in ListName]: Kind<RunItems[Name], Deltas[Name]> } = {
  messages: {
    isWhole: ({ content }) => Array.isArray(content),
    merge: mergeMessage,
    grow: mergeMessageDelta,
  },
  steps: {
    isWhole: ({ step_details: details }) => isObject(details),
    merge: mergeStep,
    grow: mergeStepDelta,
  },
};

/** The state with a snapshot of a message or step from anywhere; texts never get shorter, what has ended stays as it is. */
export function upsert<Name extends ListName>(
  state: RunState,
  name: Name,
  object: RunItems[Name],
): RunState {
  const { isWhole, merge } = kinds[name];
  if (!isWhole(object)) return markDesynced(state);
  return changeItem(state, name, object.id, (known) => (known ? merge(known, object) : object));
}

/** The state with a delta put in; what has ended stays as it is. */
function applyDelta<Name extends ListName>(
  state: RunState,
  name: Name,
  delta: Deltas[Name],
): RunState {
  return changeItem(state, name, delta.id, (known) =>
    known?.status === 'in_progress' ? kinds[name].grow(known, delta) : known,
  );
}

/** The state with what is made of one object in a list, or added to its end; out of step where nothing is made of it. */
function changeItem<Name extends ListName>(
  state: RunState,
  name: Name,
  id: string,
  make: (known: RunItems[Name] | undefined) => RunItems[Name] | undefined,
): RunState {
  const { [name]: list }: { [Name in ListName]: readonly RunItems[Name][] } = state;
  const index = list.findLastIndex((object) => object.id === id);
  const known = list[index];
  const made = make(known);
  if (made === undefined) return markDesynced(state);
  return made === known
    ? state
    : { ...state, [name]: known ? list.with(index, made) : [...list, made] };
}

function markDesynced(state: RunState): RunState {
  return state.isDesynced ? state : { ...state, isDesynced: true };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function hasId(data: unknown): data is { id: string } {
  return isObject(data) && 'id' in data && typeof data.id === 'string' && data.id !== '';
}
