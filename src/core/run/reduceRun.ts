import { isRecord } from '../../common/isRecord.js';
import { mergeMessageDelta, mergeStepDelta } from '../../protocol/delta.js';
import { mergeReasoning } from '../../protocol/mergeReasoning.js';
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
} from '../../protocol/types.js';
import type { RunState } from './RunState.js';

/**
 * Returns the state after one event of a stream. Never throws: unknown events change nothing, and events that cannot be applied
 * set `isDesynced`. Late events never change a finished message or step, or a settled run.
 */
export function reduceRun(state: RunState, event: AssistantStreamEvent): RunState {
  try {
    return reduce(state, event);
  } catch {
    // A server may send any shape. Only the fields that decide how an event is applied are validated.
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
    case 'thread.run.step.reasoning.delta': {
      const { id, delta } = data;
      const known = state.reasoning?.id === id ? state.reasoning : undefined;
      return { ...state, reasoning: { ...mergeReasoning(known, delta), id } };
    }
    default:
      // The other events carry whole objects. The prefix decides, so that new events of known objects are applied, too.
      // `readRun` has repaired their shape. `upsert` and `applyRun` validate the events of other sources.
      if (event.startsWith('thread.message.'))
        return upsert(state, 'messages', data as unknown as Message);
      if (event.startsWith('thread.run.step.'))
        return upsert(state, 'steps', data as unknown as RunStep);
      if (event.startsWith('thread.run.')) return applyRun(state, data as unknown as Run);
      return state;
  }
}

/** Applies a run object from any response. A settled run stays settled, and other runs are ignored. */
export function applyRun(state: RunState, run: Run): RunState {
  if (typeof run.status !== 'string') return markDesynced(state);
  if (state.run !== undefined && state.run.id !== run.id) return state;
  const merged = mergeRun(state.run, run);
  return merged === state.run ? state : { ...state, run: merged };
}

/**
 * Applies what one event of a stream has changed to a state that responses to polls may have changed, too.
 *
 * @param before State of the stream alone, before the event.
 * @param after State of the stream alone, after the event.
 */
export function applyStreamed(state: RunState, before: RunState, after: RunState): RunState {
  let next = after.thread === before.thread ? state : { ...state, thread: after.thread };
  if (after.isDesynced) next = markDesynced(next);
  if (after.reasoning !== before.reasoning) next = { ...next, reasoning: after.reasoning };
  next = applyStreamedList(next, 'messages', before, after);
  next = applyStreamedList(next, 'steps', before, after);
  if (after.run === undefined || after.run === before.run) return next;
  // The stream starts with events that are older than the last poll.
  const isOutdated = after.run.status === 'queued' && next.run?.status === 'in_progress';
  return isOutdated ? next : applyRun(next, after.run);
}

function applyStreamedList<Name extends ListName>(
  state: RunState,
  name: Name,
  before: RunState,
  after: RunState,
): RunState {
  if (after[name] === before[name]) return state;
  // Without polls, the stream alone has made the list.
  if (state[name] === before[name]) return { ...state, [name]: after[name] };
  const { [name]: items }: { [Name in ListName]: readonly RunItems[Name][] } = after;
  return items
    .filter((item, index) => item !== before[name][index])
    .reduce((next, item) => upsert(next, name, item), state);
}

/** Items of the lists of a run, by the name of the list. */
export interface RunItems {
  messages: Message;
  steps: RunStep;
}

interface Deltas {
  messages: MessageDelta;
  steps: RunStepDelta;
}

/** Name of a list of a run. */
export type ListName = keyof RunItems;

interface ListRules<Item, Delta> {
  isValid: (item: Item) => boolean;
  merge: (known: Item, incoming: Item) => Item;
  /** Returns undefined if the delta cannot be applied. */
  mergeDelta: (known: Item, delta: Delta) => Item | undefined;
}

const listRules: { [Name in ListName]: ListRules<RunItems[Name], Deltas[Name]> } = {
  messages: {
    isValid: ({ content }) => Array.isArray(content),
    merge: mergeMessage,
    mergeDelta: mergeMessageDelta,
  },
  steps: {
    isValid: ({ step_details: details }) => isRecord(details),
    merge: mergeStep,
    mergeDelta: mergeStepDelta,
  },
};

/** Applies a message or step from any response. Texts never get shorter, and finished items stay unchanged. */
export function upsert<Name extends ListName>(
  state: RunState,
  name: Name,
  item: RunItems[Name],
): RunState {
  const { isValid, merge } = listRules[name];
  if (!isValid(item)) return markDesynced(state);
  return changeItem(state, name, item.id, (known) => (known ? merge(known, item) : item));
}

/** Applies a delta. Finished items stay unchanged. */
function applyDelta<Name extends ListName>(
  state: RunState,
  name: Name,
  delta: Deltas[Name],
): RunState {
  return changeItem(state, name, delta.id, (known) =>
    known?.status === 'in_progress' ? listRules[name].mergeDelta(known, delta) : known,
  );
}

/** Replaces one item of a list, or appends it. Marks the state as desynced if `change` returns undefined. */
function changeItem<Name extends ListName>(
  state: RunState,
  name: Name,
  id: string,
  change: (known: RunItems[Name] | undefined) => RunItems[Name] | undefined,
): RunState {
  const { [name]: list }: { [Name in ListName]: readonly RunItems[Name][] } = state;
  const index = list.findLastIndex((item) => item.id === id);
  const known = list[index];
  const changed = change(known);
  if (changed === undefined) return markDesynced(state);
  if (changed === known) return state;
  return { ...state, [name]: known ? list.with(index, changed) : [...list, changed] };
}

function markDesynced(state: RunState): RunState {
  return state.isDesynced ? state : { ...state, isDesynced: true };
}

function hasId(data: unknown): data is { id: string } {
  return isRecord(data) && 'id' in data && typeof data.id === 'string' && data.id !== '';
}
