import { sleep } from '../../../common/sleep.js';
import type { EventsRecord, SharedEvents } from '../../stores/Store.js';
import type { EventLog, LoadOptions } from './createEventLog.js';
import { decodeEvents } from './encodeEvents.js';
import { isRunEnd, isSegmentEnd } from './eventEnds.js';

/** Copies of the logs of other processes, in the log of this process. */
export interface EventMirrors {
  has(runId: string): boolean;
  load(runId: string, options: LoadOptions): Promise<void>;
  /**
   * Starts the mirror of a run that another process has taken over.
   *
   * @param after Sequence number of the last event of this process that was stored. The other one continues after it.
   */
  follow(runId: string, after: number): Promise<void>;
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
  /** Difference of the numbers of events here and in the store. Not 0 if this process has logged events that were not stored. */
  offset: number;
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

  async function refresh(runIds: readonly string[] = [...mirrors.keys()]): Promise<void> {
    const positions = runIds.flatMap((runId) => {
      const mirror = mirrors.get(runId);
      return mirror === undefined ? [] : { runId, after: local.getLast(runId) - mirror.offset };
    });
    if (positions.length === 0) return;
    for (const { runId, first, text } of await shared.read(positions)) {
      const mirror = mirrors.get(runId);
      if (mirror !== undefined && appendMirrored(local, mirror, { runId, first, text }))
        release(runId);
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

  function startPolling(): void {
    // A failed poll is repeated.
    timer ??= setInterval(() => void poll().catch(() => undefined), POLL_MS);
    // Timers are numbers in browsers. In Node, they would keep the process running.
    if (typeof timer === 'object') timer.unref();
  }

  return {
    has: (runId) => mirrors.has(runId),
    refresh,
    release,

    async follow(runId, after) {
      const offset = local.getLast(runId) - after;
      mirrors.set(runId, { isWaiting: false, idlePolls: 0, isNew: false, offset });
      startPolling();
      await refresh([runId]);
    },

    async load(runId, { after = 0, isRunning }) {
      const mirror = mirrors.get(runId) ?? {
        isWaiting: false,
        idlePolls: 0,
        isNew: true,
        offset: 0,
      };
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
      startPolling();
    },

    close() {
      clearInterval(timer);
    },
  };
}

/** Appends the events of another process to the log of this one. Returns true if the mirror ends with them. */
function appendMirrored(
  local: EventLog,
  mirror: Mirror,
  { runId, first, text }: Pick<EventsRecord, 'runId' | 'first' | 'text'>,
): boolean {
  for (const [index, event] of decodeEvents(text).entries()) {
    const sequence = first + index + mirror.offset;
    const last = local.getLast(runId);
    if (sequence <= last) continue;
    if (sequence > last + 1) {
      // The earlier events have been removed, or their process has ended before it could store them.
      if (!mirror.isNew) return false;
      local.remove(runId);
      local.open(runId, sequence - 1);
    }
    local.append(runId, event);
    mirror.idlePolls = 0;
    mirror.isWaiting = isSegmentEnd(event);
    if (mirror.offset !== 0 && mirror.isWaiting) {
      // Readers have all events. The next ones load the log with the numbers of the store.
      local.remove(runId);
      return true;
    }
    if (isRunEnd(event)) return true;
  }
  return false;
}
