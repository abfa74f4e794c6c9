/** Values that are made once for each key, and forgotten when others need the room: those first that were unused longest. */
export interface LruCache<Value> {
  /** The value of a key, made if it is not there. Whoever asks meanwhile waits for the same one; a failure is not kept. */
  get(key: string, make: () => Promise<Value>, sizeOf: (value: Value) => number): Promise<Value>;
}

/** A cache that holds values of this size in all. The newest is kept even when it is larger by itself. */
export function createLruCache<Value>(room: number): LruCache<Value> {
  // A Map keeps the order of insertion: oldest use first.
  const kept = new Map<string, { value: Promise<Value>; size: number }>();
  return {
    get(key, make, sizeOf) {
      const known = kept.get(key);
      if (known !== undefined) {
        kept.delete(key);
        kept.set(key, known);
        return known.value;
      }
      const entry = { value: make(), size: 0 };
      kept.set(key, entry);
      entry.value.then(
        (value) => {
          entry.size = sizeOf(value);
          makeRoom(key);
        },
        () => void kept.delete(key),
      );
      return entry.value;
    },
  };

  function makeRoom(newest: string): void {
    let size = [...kept.values()].reduce((sum, entry) => sum + entry.size, 0);
    for (const [key, entry] of kept) {
      if (size <= room) return;
      if (key === newest) continue;
      kept.delete(key);
      size -= entry.size;
    }
  }
}
