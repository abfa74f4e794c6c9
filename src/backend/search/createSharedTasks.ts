/** Shares work between callers that need the same result. */
export interface SharedTasks<Value> {
  /**
   * Joins the task of a key, or starts it. The task is aborted when the signals of all its callers are.
   * @throws The reason of the signal when it aborts.
   */
  run(
    key: string,
    signal: AbortSignal,
    start: (signal: AbortSignal) => Promise<Value>,
  ): Promise<Value>;
}

interface Entry<Value> {
  result: Promise<Value>;
  controller: AbortController;
  callers: number;
}

/** Creates an empty set of tasks. */
export function createSharedTasks<Value>(): SharedTasks<Value> {
  const entries = new Map<string, Entry<Value>>();

  function open(key: string, start: (signal: AbortSignal) => Promise<Value>): Entry<Value> {
    const controller = new AbortController();
    const result = start(controller.signal).finally(() => entries.delete(key));
    // The callers handle a rejection. An aborted task may have none.
    result.catch(() => undefined);
    const entry = { result, controller, callers: 0 };
    entries.set(key, entry);
    return entry;
  }

  return {
    async run(key, signal, start) {
      signal.throwIfAborted();
      let entry = entries.get(key);
      while (entry?.controller.signal.aborted === true) {
        await entry.result.catch(() => undefined);
        entry = entries.get(key);
      }
      entry ??= open(key, start);
      entry.callers += 1;
      try {
        return await orAbort(entry.result, signal);
      } finally {
        entry.callers -= 1;
        if (entry.callers === 0) entry.controller.abort();
      }
    },
  };
}

/** Settles like the promise, or rejects when the signal aborts. */
function orAbort<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onAbort = () =>
      reject(signal.reason instanceof Error ? signal.reason : new Error('The task was aborted.'));
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
    if (signal.aborted) onAbort();
  });
}
