import { RUN_LIFETIME_SECONDS } from '../domain/buildRun.js';
import type { Collections } from '../stores/Store.js';
import type { LiveMemory, RunMemory } from './RunMemory.js';

type Run = Collections['runs'];

/** A run that this engine executes, from its start until it is settled. Includes the time in requires_action. */
export interface Job extends LiveMemory {
  /** Aborted when the run is stopped: cancelled, expired or deleted. */
  controller: AbortController;
}

/** The jobs of an engine, with a timer for the expiry of each. */
export interface Jobs {
  get: (runId: string) => Job | undefined;
  /** Returns the job of a run. Creates it, with its timer, if there is none. `memory` defaults to that of a new run. */
  open: (run: Run, memory?: RunMemory) => Job;
  /** Removes a job and its timer. */
  remove: (runId: string) => void;
}

const MIN_DELAY_MS = 1_000;

/**
 * Creates an empty list of jobs.
 *
 * @param now Returns the time in milliseconds since 1970.
 * @param onDue Called when a run should have expired. Resolves with the run if it is still active, because the timer uses the
 *   clock of the machine, which can be ahead of `now`. It is called again later then.
 */
export function createJobs(now: () => number, onDue: (run: Run) => Promise<Run | undefined>): Jobs {
  const jobs = new Map<string, Job>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  function schedule(run: Run): void {
    if (run.expires_at === null) return;
    // At most the lifetime of a run: if the clock was set back, the delay could exceed the maximum of a timer.
    const dueMs = Math.max(run.expires_at * 1_000 - now(), MIN_DELAY_MS);
    const timer = setTimeout(() => void check(run), Math.min(dueMs, RUN_LIFETIME_SECONDS * 1_000));
    // A timer must not keep a Node process alive. In browsers it is a number.
    if (typeof timer === 'object') timer.unref();
    timers.set(run.id, timer);
  }

  async function check(run: Run): Promise<void> {
    const active = await onDue(run);
    if (active && jobs.has(run.id)) schedule(active);
  }

  return {
    get: (runId) => jobs.get(runId),
    open(run, memory = { usage: null, stepUsage: null, turn: -1, heldEvents: [] }) {
      const known = jobs.get(run.id);
      if (known) return known;
      const controller = new AbortController();
      // Copied, because stored objects must not change.
      const job: Job = {
        controller,
        ...memory,
        heldEvents: [...memory.heldEvents],
        pendingData: undefined,
        pendingReasoning: undefined,
        reasoningStartedAtMs: undefined,
      };
      jobs.set(run.id, job);
      schedule(run);
      return job;
    },
    remove(runId) {
      clearTimeout(timers.get(runId));
      timers.delete(runId);
      jobs.delete(runId);
    },
  };
}
