import { isRecord } from '../common/isRecord.js';
import { isSettled } from '../protocol/runStatus.js';

/** Place of one active run of a user. */
export interface RunSlot {
  /** Called with the id of the run when it is known. */
  assign(runId: string): void;
  /** Frees the slot, because no run was created. */
  free(): void;
}

/** Counts the active runs of each user. */
export interface RunSlots {
  /** Returns undefined if the user has as many active runs as the limit. */
  take(user: string): RunSlot | undefined;
  /** Frees the slots of settled runs. `value` is an object of the API, or a list of them. */
  observe(user: string, value: unknown): void;
}

/** Lifetime of a run. A run that the proxy never sees settled counts that long. */
const MAX_RUN_MS = 10 * 60_000;

/** Creates a counter with a limit for each user. */
export function createRunSlots(limit: number, now: () => number): RunSlots {
  /** Start time and run of each slot by user. The run is unknown until its response arrives. */
  const slots = new Map<string, Set<{ startedAt: number; runId: string | undefined }>>();

  function findActive(user: string) {
    const active = slots.get(user) ?? new Set();
    for (const slot of active) {
      // The absolute age, because a clock that was set back would keep slots for too long.
      if (Math.abs(now() - slot.startedAt) >= MAX_RUN_MS) active.delete(slot);
    }
    return active;
  }

  function forgetIdleUser(user: string): void {
    if (slots.get(user)?.size === 0) slots.delete(user);
  }

  return {
    take(user) {
      const active = findActive(user);
      if (active.size >= limit) return undefined;
      const slot = { startedAt: now(), runId: undefined as string | undefined };
      active.add(slot);
      slots.set(user, active);
      return {
        assign(runId) {
          slot.runId = runId;
        },
        free() {
          active.delete(slot);
          forgetIdleUser(user);
        },
      };
    },
    observe(user, value) {
      const active = slots.get(user);
      if (active === undefined || !isRecord(value)) return;
      const items: unknown[] = Array.isArray(value['data']) ? value['data'] : [value];
      for (const item of items) {
        if (!isRecord(item) || item['object'] !== 'thread.run') continue;
        const { id, status } = item;
        if (typeof status !== 'string' || !isSettled(status)) continue;
        for (const slot of active) if (slot.runId === id) active.delete(slot);
      }
      forgetIdleUser(user);
    },
  };
}
