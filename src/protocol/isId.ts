const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/;

/**
 * Returns true if a value is safe as an id in a path. Ids are opaque, but `..`, a slash, the empty string or the thread
 * id `runs` would change which operation the path means.
 */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value) && value !== 'runs';
}
