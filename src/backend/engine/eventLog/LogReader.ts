import { isSegmentEnd } from './eventEnds.js';
import type { LoggedEvent } from './EventRecord.js';

/** Reader of the events of one run. */
export interface EventReader extends AsyncIterableIterator<LoggedEvent, undefined> {
  /** Returns the next event if it has already been logged. */
  take(): LoggedEvent | undefined;
}

/** Log of one run, as its readers see it. */
export interface ReadableLog {
  /** Sequence number of the last event. */
  readonly last: number;
  /** A reader that is this many events behind gets merged deltas. */
  readonly lag: number;
  readonly isSettled: boolean;
  /** True once the log was removed. */
  readonly isClosed: boolean;
  /** Returns the event, and those up to `until` that it can be merged with. Undefined if it is not here. */
  get(sequence: number, until: number): LoggedEvent | undefined;
}

/** Reader of a log. Merges deltas if it is too far behind. */
export class LogReader implements EventReader {
  readonly #log: ReadableLog;
  readonly #leave: () => void;
  #position: number;
  #hasEnded = false;
  #wake: (() => void) | undefined;

  constructor(log: ReadableLog, after: number, leave: () => void) {
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
