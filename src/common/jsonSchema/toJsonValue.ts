import { isRecord } from '../isRecord.js';

/**
 * Returns the value as JSON transports it, for validation against a JSON Schema: undefined entries of arrays become null, and
 * undefined properties are left out. Its objects have no prototype, because the checker would take inherited members, such as
 * `constructor`, for properties.
 *
 * @throws TypeError for values that JSON cannot represent, such as a circular object
 */
export function toJsonValue(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value) ?? 'null', (_key, member: unknown): unknown => {
    if (isRecord(member)) Object.setPrototypeOf(member, null);
    return member;
  });
}
