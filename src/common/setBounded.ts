/** Sets an entry of a map. Drops the oldest entry first if the map is full and the key is new. */
export function setBounded<Key, Value>(
  map: Map<Key, Value>,
  key: Key,
  value: Value,
  maxSize: number,
): void {
  const [oldest] = map.keys();
  if (map.size >= maxSize && oldest !== undefined && !map.has(key)) map.delete(oldest);
  map.set(key, value);
}
