import { isSettled } from '../../protocol/runStatus.js';
import type { AssistantStreamEvent } from '../../protocol/types.js';
import { mergeEvents } from './mergeEvents.js';

/** Delivers the events of each run to its subscribers. */
export interface EventBus {
  /** Returns immediately, without waiting for subscribers. */
  publish(runId: string, event: AssistantStreamEvent): void;
  /** Ends every subscription of a run. */
  close(runId: string): void;
  /**
   * Subscribes to future events. The subscription ends after requires_action, the end of the run, or an `error`, or when the
   * signal is aborted.
   */
  subscribe(runId: string, signal?: AbortSignal): Subscription;
}

/** The events of a run for one subscriber. */
export interface Subscription extends AsyncIterableIterator<AssistantStreamEvent, undefined> {
  /** Returns the next event if it has already been published. */
  take(): AssistantStreamEvent | undefined;
}

/**
 * Creates an event bus in memory. A subscriber that is `lag` events behind gets merged deltas. A subscriber that is `limit`
 * events behind is disconnected, and has to poll.
 *
 * @param lag @default 256
 * @param limit @default 16,384
 */
export function createEventBus({
  lag = 256,
  limit = 16_384,
}: { lag?: number; limit?: number } = {}): EventBus {
  const runs = new Map<string, Set<EventQueue>>();
  return {
    publish(runId, event) {
      for (const subscription of runs.get(runId) ?? []) subscription.push(event);
    },
    close(runId) {
      for (const subscription of runs.get(runId) ?? []) subscription.close(false);
    },
    subscribe(runId, signal) {
      const readers = runs.get(runId) ?? new Set();
      runs.set(runId, readers);
      const abort = () => subscription.close(true);
      const subscription = new EventQueue(lag, limit, () => {
        signal?.removeEventListener('abort', abort);
        readers.delete(subscription);
        if (readers.size === 0 && runs.get(runId) === readers) runs.delete(runId);
      });
      readers.add(subscription);
      signal?.addEventListener('abort', abort);
      if (signal?.aborted) abort();
      return subscription;
    },
  };
}

/** Tells if a stream of a run ends with this event. */
export function isSegmentEnd({ event }: AssistantStreamEvent): boolean {
  if (event === 'error' || event === 'thread.run.requires_action') return true;
  return event.startsWith('thread.run.') && isSettled(event.slice('thread.run.'.length));
}

class EventQueue implements Subscription {
  #queue: AssistantStreamEvent[] = [];
  #head = 0;
  #closed = false;
  #wake: (() => void) | undefined;

  constructor(
    readonly lag: number,
    readonly limit: number,
    readonly leave: () => void,
  ) {}

  push(event: AssistantStreamEvent): void {
    if (this.#closed) return;
    const waiting = this.#queue.length - this.#head;
    const last = waiting >= this.lag ? this.#queue.at(-1) : undefined;
    const merged = last && mergeEvents(last, event);
    if (merged) this.#queue[this.#queue.length - 1] = merged;
    else if (waiting >= this.limit) this.close(false);
    else this.#queue.push(event);
    if (isSegmentEnd(event)) this.close(false);
    this.#wake?.();
  }

  /** Ends the subscription. `drop` discards pending events. */
  close(drop: boolean): void {
    this.#closed = true;
    if (drop) this.#drop(this.#queue.length);
    this.leave();
    this.#wake?.();
  }

  take(): AssistantStreamEvent | undefined {
    const event = this.#queue[this.#head];
    if (event === undefined) return undefined;
    this.#head += 1;
    if (this.#head === this.#queue.length || this.#head >= 1024) this.#drop(this.#head);
    return event;
  }

  async next(): Promise<IteratorResult<AssistantStreamEvent, undefined>> {
    while (true) {
      const event = this.take();
      if (event !== undefined) return { done: false, value: event };
      if (this.#closed) return { done: true, value: undefined };
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  return(): Promise<IteratorResult<AssistantStreamEvent, undefined>> {
    this.close(true);
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #drop(count: number): void {
    this.#queue.splice(0, count);
    this.#head = 0;
  }
}
