/**
 * Returns the value as JSON transports it, for validation against a JSON Schema: undefined entries of arrays become null, and
 * undefined properties are left out.
 *
 * @throws TypeError for values that JSON cannot represent, such as a circular object
 */
export function toJsonValue(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value) ?? 'null');
}
