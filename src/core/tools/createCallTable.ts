import type { RunToolCall } from '../../protocol/types.js';
import { isClosed, type ToolCall } from './toolCall.js';
import type { ToolCallsState } from './toolCalls.js';

/** The calls of a run by id, those that it waits for, and what is told of them. */
export interface CallTable {
  readonly calls: Map<string, ToolCall>;
  getState: () => ToolCallsState;
  subscribe: (listener: () => void) => () => void;
  waiting: () => readonly RunToolCall[];
  setWaiting: (waiting: readonly RunToolCall[]) => void;
  /** The calls that the run waits for and that are not over, in its order. */
  open: () => ToolCall[];
  /** Changes a call, and tells nobody. */
  keep: (call: ToolCall) => void;
  /** Changes a call, and tells. */
  put: (call: ToolCall, change?: Partial<ToolCallsState>) => void;
  /** Tells of what has changed in `calls`. */
  set: (change: Partial<ToolCallsState>) => void;
}

export function createCallTable(): CallTable {
  const listeners = new Set<() => void>();
  const calls = new Map<string, ToolCall>();
  let waiting: readonly RunToolCall[] = [];
  let state: ToolCallsState = {
    calls: [],
    total: 0,
    ready: 0,
    isSubmitting: false,
    error: undefined,
    notice: undefined,
  };

  const open = () =>
    waiting.flatMap(({ id }) => calls.get(id) ?? []).filter((call) => !isClosed(call));
  const set: CallTable['set'] = (change) => {
    const now = open();
    const ready = now.filter((call) => 'output' in call).length;
    state = { ...state, calls: [...calls.values()], total: now.length, ready, ...change };
    for (const listener of listeners) listener();
  };
  return {
    calls,
    open,
    set,
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    waiting: () => waiting,
    setWaiting: (next) => void (waiting = next),
    keep(call) {
      calls.set(call.id, call);
      state = { ...state, calls: [...calls.values()] };
    },
    put(call, change = {}) {
      calls.set(call.id, call);
      set(change);
    },
  };
}
