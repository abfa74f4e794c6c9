const MAX_VALUE = 127;

/**
 * Reduces a vector to one byte for each value, which takes a quarter of the memory. The largest value becomes 127, because only
 * the direction of a vector matters.
 */
export function quantizeVector(vector: Float32Array): Int8Array {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  const scale = largest === 0 ? 0 : MAX_VALUE / largest;
  return Int8Array.from(vector, (value) => Math.round(value * scale));
}
