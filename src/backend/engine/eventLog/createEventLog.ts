import type { AssistantStreamEvent } from '../../../protocol/types.js';
import type { EventReader } from './LogReader.js';
import { RunLog } from './RunLog.js';

/** Keeps the events of each run, so that a stream can be joined at any event, also by several readers. */
export interface EventLog {
  /** Appends events. Returns immediately, without waiting for readers. */
  append(runId: string, ...events: readonly AssistantStreamEvent[]): void;
  /** Returns the sequence number of the last event of a run, or 0. */
  getLast(runId: string): number;
  /**
   * Starts the log of a run, so that it can be read before its first event. `last` continues the numbering of a run whose
   * earlier events were logged by a process that has ended. Does nothing if the run has a log.
   */
  open(runId: string, last?: number): void;
  /**
   * Reads the events after a sequence number, first those in the log, then future ones. With undefined, it starts with the
   * newest segment: what follows the last requires_action, or led to it if the run waits. The reader ends after
   * requires_action, the end of the run or an `error`, or when the signal is aborted. A reader that starts after the last event
   * of a settled run ends at once. Returns undefined if the run has no log, or no longer the events after this number.
   */
  read(runId: string, after: number | undefined, signal?: AbortSignal): EventReader | undefined;
  /** Ends every reader of a run without its end, and removes its events from this process. */
  remove(runId: string): void;
  /**
   * Continues a log whose run another process has taken over with the events of that process, so that its readers get the end of
   * the run. Their numbers continue those that the readers have seen.
   */
  follow(runId: string): Promise<void>;
  /** Loads the events of a run that another process has logged. Does nothing for a run of this process. */
  load(runId: string, options: LoadOptions): Promise<void>;
  /** Resolves when other processes can read the events that were appended so far. Never rejects. */
  flush(): Promise<void>;
  /** Removes the events of a run that was deleted from the store of all processes. */
  removeStored(runId: string): Promise<void>;
  /** Stops all timers. */
  close(): void;
}

/** Options for `EventLog.load`. */
export interface LoadOptions {
  /** Sequence number that the log should reach. @default 0 */
  after?: number;
  /** True if a process works on the run, so that it is worth waiting a moment for its events. */
  isRunning: boolean;
}

/** Options for `createEventLog`. */
export interface EventLogOptions {
  /** A reader that is this many events behind gets merged deltas. @default 256 */
  lag?: number;
  /**
   * Maximum number of events per run. The oldest are removed first. The text that is being written is kept whole.
   * @default 262,144
   */
  limit?: number;
  /** Maximum number of events of runs that have ended. The run that ended first is removed first. @default 524,288 */
  settledLimit?: number;
  /** Time after which a run that has ended is removed, in milliseconds. @default 10 minutes */
  retentionMs?: number;
  /** Returns the time in milliseconds since 1970. @default Date.now */
  now?: () => number;
}

/** Creates an event log in memory. */
export function createEventLog({
  lag = 256,
  limit = 262_144,
  settledLimit = 524_288,
  retentionMs = 600_000,
  now = Date.now,
}: EventLogOptions = {}): EventLog {
  const runs = new Map<string, RunLog>();
  /** Runs that have settled or whose events have ended with an error, in the order of their ends. */
  const ended = new Map<string, { atMs: number; size: number }>();
  let endedSize = 0;

  function open(runId: string, last = 0): RunLog {
    const log = runs.get(runId) ?? new RunLog(last, lag, limit);
    runs.set(runId, log);
    return log;
  }

  function remove(runId: string): void {
    const log = runs.get(runId);
    runs.delete(runId);
    forgetEnd(runId);
    log?.close();
  }

  function forgetEnd(runId: string): void {
    endedSize -= ended.get(runId)?.size ?? 0;
    ended.delete(runId);
  }

  function markEnded(runId: string, { size }: RunLog): void {
    forgetEnd(runId);
    ended.set(runId, { atMs: now(), size });
    endedSize += size;
    for (const oldest of ended.keys()) {
      if (endedSize <= settledLimit || oldest === runId) break;
      remove(oldest);
    }
  }

  /** Called with each use, so that no timer is needed. */
  function removeExpired(): void {
    for (const [runId, { atMs }] of ended) {
      if (now() - atMs < retentionMs) break;
      remove(runId);
    }
  }

  return {
    append(runId, ...events) {
      removeExpired();
      const log = open(runId);
      for (const event of events) {
        if (log.isSettled) return;
        log.push(event);
        // After an error, the run may never settle here: another process may have continued it.
        if (log.isSettled || event.event === 'error') markEnded(runId, log);
      }
    },
    getLast: (runId) => runs.get(runId)?.last ?? 0,
    open(runId, last) {
      open(runId, last);
    },
    read(runId, after, signal) {
      removeExpired();
      return runs.get(runId)?.read(after, signal);
    },
    remove,
    // No other process can take a run over.
    follow: async (runId) => remove(runId),
    load: () => Promise.resolve(),
    flush: () => Promise.resolve(),
    removeStored: () => Promise.resolve(),
    close: () => undefined,
  };
}
