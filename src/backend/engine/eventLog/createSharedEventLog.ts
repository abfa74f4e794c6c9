import type { AssistantStreamEvent } from '../../../protocol/types.js';
import type { EventsRecord, SharedEvents } from '../../stores/Store.js';
import type { EventLog } from './createEventLog.js';
import { createEventMirrors } from './createEventMirrors.js';
import { encodeEvents } from './encodeEvents.js';
import { isRunEnd, isSegmentEnd } from './eventEnds.js';

/** Options for `createSharedEventLog`. */
export interface SharedEventLogOptions {
  /** Log of this process. */
  local: EventLog;
  shared: SharedEvents;
  /** Id of this process, which owns the leases of its runs. */
  owner: string;
  /** Called when another process has appended events to a run that this process works on. */
  onTakenOver: () => void;
}

/** Events of one run that are not stored yet. */
interface Pending {
  first: number;
  events: AssistantStreamEvent[];
}

/** Time for which events are collected before they are stored, in milliseconds. */
const FLUSH_MS = 50;

/**
 * Creates an event log that several processes share. Readers in this process get events at once, those in other processes
 * after they were stored, at most twenty times per second.
 */
export function createSharedEventLog(options: SharedEventLogOptions): EventLog {
  const { local, shared, owner, onTakenOver } = options;
  const mirrors = createEventMirrors(local, shared);
  const pending = new Map<string, Pending>();
  /** Sequence numbers of the last events of this process that are stored. */
  const stored = new Map<string, number>();
  let flushing: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  shared.watch(owner, (runIds) => {
    // A failed refresh is repeated by the next poll.
    void mirrors.refresh(runIds).catch(() => undefined);
    if (runIds?.some((runId) => local.getLast(runId) > 0 && !mirrors.has(runId)) === true)
      onTakenOver();
  });

  async function storePending(): Promise<void> {
    const records = [...pending].map(([runId, { first, events }]) =>
      toRecord(runId, first, events),
    );
    pending.clear();
    try {
      const refused = new Set(await shared.append(owner, records));
      for (const { runId, last, isEnd } of records) {
        if (isEnd) stored.delete(runId);
        else if (!refused.has(runId)) stored.set(runId, last);
      }
    } catch {
      // If the database is away for longer, readers in other processes have to poll.
    }
  }

  /** Stores the events that are pending now. Later ones wait for the next flush, because other runs append all the time. */
  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    await flushing;
    if (pending.size > 0) {
      flushing ??= storePending().finally(() => {
        flushing = undefined;
      });
    }
    await flushing;
  }

  function collect(runId: string, events: readonly AssistantStreamEvent[]): void {
    const first = local.getLast(runId) - events.length + 1;
    const batch = pending.get(runId) ?? { first, events: [] };
    // Earlier events are those of other processes.
    if (!stored.has(runId)) stored.set(runId, first - 1);
    batch.events.push(...events);
    pending.set(runId, batch);
    if (events.some(isSegmentEnd)) void flush();
    else timer ??= setTimeout(() => void flush(), FLUSH_MS);
  }

  return {
    ...local,
    append(runId, ...events) {
      mirrors.release(runId);
      const last = local.getLast(runId);
      local.append(runId, ...events);
      const count = local.getLast(runId) - last;
      if (count > 0) collect(runId, events.slice(0, count));
    },
    async load(runId, loadOptions) {
      const isOwn = local.getLast(runId) > 0 && !mirrors.has(runId);
      if (!isOwn) await mirrors.load(runId, loadOptions);
    },
    flush,
    async follow(runId) {
      pending.delete(runId);
      await flushing;
      const after = stored.get(runId);
      stored.delete(runId);
      // Without it, the run has ended here, and its readers have its end.
      if (after !== undefined) await mirrors.follow(runId, after);
    },
    remove(runId) {
      mirrors.release(runId);
      pending.delete(runId);
      stored.delete(runId);
      local.remove(runId);
    },
    removeStored: (runId) => shared.remove(runId),
    close: () => mirrors.close(),
  };
}

function toRecord(
  runId: string,
  first: number,
  events: readonly AssistantStreamEvent[],
): EventsRecord {
  return {
    runId,
    first,
    last: first + events.length - 1,
    text: encodeEvents(events),
    isFinal: events.some(isSegmentEnd),
    isEnd: events.some(isRunEnd),
  };
}
