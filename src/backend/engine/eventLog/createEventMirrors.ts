import { sleep } from '../../../common/sleep.js';
import type { SharedEvents } from '../../stores/Store.js';
import type { EventLog, LoadOptions } from './createEventLog.js';
import { decodeEvents } from './encodeEvents.js';
import { isRunEnd, isSegmentEnd } from './eventEnds.js';

/** Copies of the logs of other processes, in the log of this process. */
export interface EventMirrors {
  has(runId: string): boolean;
  load(runId: string, options: LoadOptions): Promise<void>;
  /** Reads what other processes have appended to these runs, or to all. */
  refresh(runIds?: readonly string[]): Promise<void>;
  /** Ends the mirror of a run. Its events stay. */
  release(runId: string): void;
  close(): void;
}

interface Mirror {
  /** Set while the run waits for tool outputs. */
  isWaiting: boolean;
  /** Number of polls without a new event. */
  idlePolls: number;
  /** True until the first events are there. */
  isNew: boolean;
}

/** Notifications can get lost, and poolers do not deliver them. */
const POLL_MS = 300;
/** Polls after which a mirror is removed: its owner has ended, or an event is missing. Clients join again, or poll. */
const MAX_IDLE_POLLS = 100;
const WAIT_MS = 50;
const MAX_WAITS = 20;

/** Creates the mirrors of a process. Each reads the events of a run until its end. */
export function createEventMirrors(local: EventLog, shared: SharedEvents): EventMirrors {
  const mirrors = new Map<string, Mirror>();
  let timer: ReturnType<typeof setInterval> | undefined;

  function release(runId: string): void {
    mirrors.delete(runId);
    if (mirrors.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  function apply(runId: string, mirror: Mirror, first: number, text: string): void {
    for (const [index, event] of decodeEvents(text).entries()) {
      const sequence = first + index;
      const last = local.getLast(runId);
      if (sequence <= last) continue;
      if (sequence > last + 1) {
        // The earlier events have been removed, or their process has ended before it could store them.
        if (!mirror.isNew) return;
        local.remove(runId);
        local.open(runId, sequence - 1);
      }
      local.append(runId, event);
      mirror.idlePolls = 0;
      mirror.isWaiting = isSegmentEnd(event);
      if (isRunEnd(event)) release(runId);
    }
  }

  async function refresh(runIds: readonly string[] = [...mirrors.keys()]): Promise<void> {
    const positions = runIds
      .filter((runId) => mirrors.has(runId))
      .map((runId) => ({ runId, after: local.getLast(runId) }));
    if (positions.length === 0) return;
    for (const { runId, first, text } of await shared.read(positions)) {
      const mirror = mirrors.get(runId);
      if (mirror !== undefined) apply(runId, mirror, first, text);
    }
    for (const { runId } of positions) {
      const mirror = mirrors.get(runId);
      if (mirror !== undefined && local.getLast(runId) > 0) mirror.isNew = false;
    }
  }

  async function poll(): Promise<void> {
    for (const [runId, mirror] of mirrors) {
      mirror.idlePolls += 1;
      if (mirror.idlePolls < MAX_IDLE_POLLS) continue;
      release(runId);
      local.remove(runId);
    }
    await refresh([...mirrors].filter(([, { isWaiting }]) => !isWaiting).map(([runId]) => runId));
  }

  return {
    has: (runId) => mirrors.has(runId),
    refresh,
    release,

    async load(runId, { after = 0, isRunning }) {
      const mirror = mirrors.get(runId) ?? { isWaiting: false, idlePolls: 0, isNew: true };
      mirrors.set(runId, mirror);
      await refresh([runId]);
      // The owner stores events a moment after it has sent them.
      for (let wait = 0; wait < MAX_WAITS && isRunning && mirrors.has(runId); wait++) {
        if (local.getLast(runId) >= Math.max(after, 1)) break;
        await sleep(WAIT_MS);
        await refresh([runId]);
      }
      if (!mirrors.has(runId)) return;
      if (!isRunning && local.getLast(runId) === 0) {
        release(runId);
        return;
      }
      mirror.idlePolls = 0;
      mirror.isWaiting &&= !isRunning;
      local.open(runId);
      // A failed poll is repeated.
      timer ??= setInterval(() => void poll().catch(() => undefined), POLL_MS);
      // Timers are numbers in browsers. In Node, they would keep the process running.
      if (typeof timer === 'object') timer.unref();
    },

    close() {
      clearInterval(timer);
    },
  };
}
