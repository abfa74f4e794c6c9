import { isSettled } from '../../protocol/runStatus.js';
import type { AssistantStreamEvent } from '../../protocol/types.js';
import { coalesce } from './coalesce.js';

/** Hands the events of each run to whoever listens. */
export interface EventBus {
  /** Never waits for a reader. */
  publish(runId: string, event: AssistantStreamEvent): void;
  /** Ends every subscription of a run. */
  close(runId: string): void;
  /**
   * Events from this call on, read or not. Ends behind requires_action, the run's end, an `error`, or when the signal is
   * aborted.
   */
  subscribe(runId: string, signal?: AbortSignal): Subscription;
}

/** The events of a run, for one reader. */
export interface Subscription extends AsyncIterableIterator<AssistantStreamEvent, undefined> {
  /** The next event if it is there already. */
  take(): AssistantStreamEvent | undefined;
}

/**
 * An event bus in memory. A reader that is `lag` events behind gets deltas of the same text as one; a reader that is
 * `limit` events behind all the same is cut off, and learns the rest by asking.
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

/** Whether a stream of a run ends with this event. */
export function endsSegment({ event }: AssistantStreamEvent): boolean {
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
    const merged = last && coalesce(last, event);
    if (merged) this.#queue[this.#queue.length - 1] = merged;
    else if (waiting >= this.limit) this.close(false);
    else this.#queue.push(event);
    if (endsSegment(event)) this.close(false);
    this.#wake?.();
  }

  /** Takes no more events; forgets those that wait when nobody will read them. */
  close(forget: boolean): void {
    this.#closed = true;
    if (forget) this.#forget(this.#queue.length);
    this.leave();
    this.#wake?.();
  }

  take(): AssistantStreamEvent | undefined {
    const event = this.#queue[this.#head];
    if (event === undefined) return undefined;
    this.#head += 1;
    if (this.#head === this.#queue.length || this.#head >= 1024) this.#forget(this.#head);
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

  #forget(count: number): void {
    this.#queue.splice(0, count);
    this.#head = 0;
  }
}
