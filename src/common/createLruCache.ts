/** Cache of values that are created once per key. The least recently used values are dropped when the cache is full. */
export interface LruCache<Value> {
  /**
   * Returns the value of a key, and creates it if it is missing. Concurrent calls share one promise. A rejection is not
   * cached.
   *
   * @param getSize Returns the size of the created value, in the unit of `maxSize`.
   */
  get(key: string, create: () => Promise<Value>, getSize: (value: Value) => number): Promise<Value>;
  /** Checks whether a value is cached or being created. */
  has(key: string): boolean;
}

/**
 * Creates a cache.
 *
 * @param maxSize Limit for the sum of the sizes. The newest value is kept even if it exceeds the limit alone.
 */
export function createLruCache<Value>(maxSize: number): LruCache<Value> {
  // A Map iterates in the order of insertion, so the least recently used entry comes first.
  const entries = new Map<string, { value: Promise<Value>; size: number }>();
  return {
    get(key, create, getSize) {
      const cached = entries.get(key);
      if (cached !== undefined) {
        entries.delete(key);
        entries.set(key, cached);
        return cached.value;
      }
      const entry = { value: create(), size: 0 };
      entries.set(key, entry);
      entry.value.then(
        (value) => {
          entry.size = getSize(value);
          evict(key);
        },
        () => {
          entries.delete(key);
        },
      );
      return entry.value;
    },
    has: (key) => entries.has(key),
  };

  function evict(newestKey: string): void {
    let size = [...entries.values()].reduce((sum, entry) => sum + entry.size, 0);
    for (const [key, entry] of entries) {
      if (size <= maxSize) return;
      if (key === newestKey) continue;
      entries.delete(key);
      size -= entry.size;
    }
  }
}
