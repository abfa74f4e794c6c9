import { isSettled } from '../../protocol/runStatus.js';
import type { AssistantStreamEvent } from '../../protocol/types.js';
import { getDeltaText, mergeEvents, withDeltaText } from './mergeEvents.js';

/** An event of a run with its position in the log. */
export interface LoggedEvent {
  /** Sequence number: 1 for the first event of a run, then one more for each event. It is the `id` of the frame. */
  sequence: number;
  event: AssistantStreamEvent;
}

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
   * Reads the events after a sequence number, first those in the log, then future ones. The reader ends after
   * requires_action, the end of the run or an `error`, or when the signal is aborted. A reader that starts after the last
   * event of a settled run ends at once. Returns undefined if the run has no log, or no longer the events after this number.
   */
  read(runId: string, after: number, signal?: AbortSignal): EventReader | undefined;
  /** Ends every reader of a run without its end, and removes its events. */
  remove(runId: string): void;
}

/** Reader of the events of one run. */
export interface EventReader extends AsyncIterableIterator<LoggedEvent, undefined> {
  /** Returns the next event if it has already been logged. */
  take(): LoggedEvent | undefined;
}

/** Options for `createEventLog`. */
export interface EventLogOptions {
  /** A reader that is this many events behind gets merged deltas. @default 256 */
  lag?: number;
  /** Maximum number of events per run. The oldest are removed first. @default 262,144 */
  limit?: number;
  /** Maximum number of events of settled runs. The run that ended first is removed first. @default 524,288 */
  settledLimit?: number;
  /** Time after which a settled run is removed, in milliseconds. @default 10 minutes */
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
  /** Time at which each settled run ended, in milliseconds. In this order. */
  const endedAtMs = new Map<string, number>();
  let settledSize = 0;

  function open(runId: string, last = 0): RunLog {
    const log = runs.get(runId) ?? new RunLog(last, lag, limit);
    runs.set(runId, log);
    return log;
  }

  function remove(runId: string): void {
    const log = runs.get(runId);
    runs.delete(runId);
    if (endedAtMs.delete(runId)) settledSize -= log?.size ?? 0;
    log?.close();
  }

  function keepSettled(runId: string, log: RunLog): void {
    endedAtMs.set(runId, now());
    settledSize += log.size;
    for (const oldest of endedAtMs.keys()) {
      if (settledSize <= settledLimit || oldest === runId) break;
      remove(oldest);
    }
  }

  /** Called with each use, so that no timer is needed. */
  function removeExpired(): void {
    for (const [runId, endMs] of endedAtMs) {
      if (now() - endMs < retentionMs) break;
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
        if (log.isSettled) keepSettled(runId, log);
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
  };
}

/** Tells if a stream of a run ends with this event. */
export function isSegmentEnd(event: AssistantStreamEvent): boolean {
  return event.event === 'error' || event.event === 'thread.run.requires_action' || isRunEnd(event);
}

function isRunEnd({ event }: AssistantStreamEvent): boolean {
  return event.startsWith('thread.run.') && isSettled(event.slice('thread.run.'.length));
}

/** Events of one run. Readers share them, so a slow reader costs no memory. */
class RunLog {
  isSettled = false;
  isClosed = false;
  readonly lag: number;
  readonly #limit: number;
  readonly #readers = new Set<LogReader>();
  #records: EventRecord[] = [];
  /** Sequence number of the last event. */
  last: number;

  constructor(last: number, lag: number, limit: number) {
    this.last = last;
    this.lag = lag;
    this.#limit = limit;
  }

  /** Sequence number of the event before the first one that is still here. */
  get base(): number {
    return (this.#records[0]?.first ?? this.last + 1) - 1;
  }

  get size(): number {
    return this.last - this.base;
  }

  push(event: AssistantStreamEvent): void {
    this.last += 1;
    if (this.#records.at(-1)?.append(event) !== true)
      this.#records.push(new EventRecord(this.last, event));
    while (this.size > this.#limit && this.#records.length > 1) this.#records.shift();
    this.isSettled = isRunEnd(event);
    for (const reader of this.#readers) reader.wake();
  }

  /** Returns the event, and those up to `until` that it can be merged with. Undefined if it is not here. */
  get(sequence: number, until: number): LoggedEvent | undefined {
    const record = this.#findRecord(sequence);
    return record?.slice(sequence, until);
  }

  read(after: number, signal: AbortSignal | undefined): EventReader | undefined {
    if (after < this.base || after > this.last) return undefined;
    const reader = new LogReader(this, after, () => {
      signal?.removeEventListener('abort', abort);
      this.#readers.delete(reader);
    });
    const abort = () => reader.end();
    this.#readers.add(reader);
    signal?.addEventListener('abort', abort);
    if (signal?.aborted) abort();
    return reader;
  }

  close(): void {
    this.isClosed = true;
    for (const reader of this.#readers) reader.wake();
  }

  #findRecord(sequence: number): EventRecord | undefined {
    const newest = this.#records.at(-1);
    // Most readers are at the end.
    if (newest !== undefined && sequence >= newest.first) return newest;
    let [low, high] = [0, this.#records.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#records[middle]?.first ?? 0) <= sequence) low = middle + 1;
      else high = middle;
    }
    return this.#records[low - 1];
  }
}

/** An event, or consecutive deltas of one text. Only their texts are kept, because whole events take fifty times the memory. */
class EventRecord {
  readonly #event: AssistantStreamEvent;
  /** Second delta, which has the form of all further ones. */
  #template: AssistantStreamEvent | undefined;
  /** Text of each delta. */
  readonly #texts: string[] = [];

  constructor(
    readonly first: number,
    event: AssistantStreamEvent,
  ) {
    this.#event = event;
  }

  /** Adds an event, unless it does not continue the text. */
  append(event: AssistantStreamEvent): boolean {
    const text = getDeltaText(event);
    if (text === undefined || mergeEvents(this.#event, event) === undefined) return false;
    if (this.#template === undefined) this.#texts.push(getDeltaText(this.#event) ?? '');
    this.#template ??= event;
    this.#texts.push(text);
    return true;
  }

  /** Returns the deltas from `sequence` to `until` as one. */
  slice(sequence: number, until: number): LoggedEvent | undefined {
    const start = sequence - this.first;
    const template = this.#template;
    if (template === undefined) return start === 0 ? { sequence, event: this.#event } : undefined;
    const end = Math.min(until - this.first + 1, this.#texts.length);
    if (start >= end) return undefined;
    const last = this.first + end - 1;
    if (start > 0)
      return {
        sequence: last,
        event: withDeltaText(template, this.#texts.slice(start, end).join('')),
      };
    const rest = withDeltaText(template, this.#texts.slice(1, end).join(''));
    const event = end === 1 ? this.#event : mergeEvents(this.#event, rest);
    return { sequence: last, event: event ?? this.#event };
  }
}

class LogReader implements EventReader {
  readonly #log: RunLog;
  readonly #leave: () => void;
  #position: number;
  #hasEnded = false;
  #wake: (() => void) | undefined;

  constructor(log: RunLog, after: number, leave: () => void) {
    this.#log = log;
    this.#position = after;
    this.#leave = leave;
  }

  wake(): void {
    this.#wake?.();
  }

  end(): void {
    this.#hasEnded = true;
    this.#leave();
    this.wake();
  }

  take(): LoggedEvent | undefined {
    if (this.#hasEnded) return undefined;
    const next = this.#position + 1;
    // Merges what follows if the reader is too far behind.
    const logged = this.#log.get(next, Math.max(next, this.#log.last - this.#log.lag + 1));
    if (logged === undefined) {
      // The reader has everything, or is so far behind that its next event was removed. Then it has to poll.
      const isBehind = this.#position < this.#log.last;
      if (isBehind || this.#log.isSettled || this.#log.isClosed) this.end();
      return undefined;
    }
    this.#position = logged.sequence;
    if (isSegmentEnd(logged.event)) this.end();
    return logged;
  }

  async next(): Promise<IteratorResult<LoggedEvent, undefined>> {
    while (true) {
      const logged = this.take();
      if (logged !== undefined) return { done: false, value: logged };
      if (this.#hasEnded) return { done: true, value: undefined };
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  return(): Promise<IteratorResult<LoggedEvent, undefined>> {
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
