/** Returns true for a file, also of another window, for which `instanceof` is false. */
export function isFile(value: unknown): value is File {
  return typeof value === 'object' && value !== null && 'name' in value && 'slice' in value;
}
