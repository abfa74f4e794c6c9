/** Creates a Storage in memory. Does not support named properties. */
export function createMemoryStorage(): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => {
      items.set(key, value);
    },
    removeItem: (key) => {
      items.delete(key);
    },
    clear: () => items.clear(),
  };
}

/** Creates a LockManager in memory: exclusive locks, granted in order, with `ifAvailable` and `signal`. */
export function createMemoryLocks(): LockManager {
  const tails = new Map<string, Promise<unknown>>();
  const held = new Set<string>();
  type Granted = (lock: Lock | null) => unknown;

  async function request(
    name: string,
    options: LockOptions | Granted,
    granted?: Granted,
  ): Promise<unknown> {
    const { ifAvailable = false, signal } = typeof options === 'function' ? {} : options;
    const callback = typeof options === 'function' ? options : granted;
    if (ifAvailable && held.has(name)) return callback?.(null);
    const before = tails.get(name);
    const turn = (async () => {
      await before;
      if (signal?.aborted) throw signal.reason;
      held.add(name);
      try {
        return await callback?.({ name, mode: 'exclusive' });
      } finally {
        held.delete(name);
      }
    })();
    if (!before) held.add(name);
    tails.set(
      name,
      turn.catch(() => undefined),
    );
    return turn;
  }
  return { request, query: async () => ({ held: [], pending: [] }) };
}
