import type { AssistantStreamEvent } from '../../../protocol/types.js';
import { isRunEnd, isSegmentEnd } from './eventEnds.js';
import { EventRecord, type LoggedEvent } from './EventRecord.js';
import { type EventReader, LogReader, type ReadableLog } from './LogReader.js';

/** Events of one run. Readers share them, so a slow reader costs no memory. */
export class RunLog implements ReadableLog {
  isSettled = false;
  isClosed = false;
  readonly lag: number;
  readonly #limit: number;
  readonly #readers = new Set<LogReader>();
  #records: EventRecord[] = [];
  /** True if the next event starts a segment. */
  #isSegmentOver = false;
  /** Sequence number of the last event. */
  last: number;
  /** Sequence number of the event before the newest segment. A segment ends with requires_action or the run. */
  segmentStart: number;

  constructor(last: number, lag: number, limit: number) {
    this.last = last;
    this.segmentStart = last;
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
    if (this.#isSegmentOver) this.segmentStart = this.last;
    this.#isSegmentOver = isSegmentEnd(event);
    this.last += 1;
    if (this.#records.at(-1)?.append(event) !== true)
      this.#records.push(new EventRecord(this.last, event));
    while (this.size > this.#limit && this.#records.length > 1) this.#records.shift();
    this.isSettled = isRunEnd(event);
    for (const reader of this.#readers) reader.wake();
  }

  get(sequence: number, until: number): LoggedEvent | undefined {
    const record = this.#findRecord(sequence);
    return record?.slice(sequence, until);
  }

  read(after = this.segmentStart, signal?: AbortSignal): EventReader | undefined {
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
