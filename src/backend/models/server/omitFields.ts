import type { Profile } from './createProfiles.js';
import type { Fields } from './toFields.js';

/** Returns fields without those that the server refuses, by name or with their value. */
export function omitFields(fields: Fields, { omitted }: Profile): Record<string, unknown> {
  // Without its choice, a model that must not call functions needs to have none.
  const hasToolChoice =
    fields['tool_choice'] !== 'none' || !isOmitted(omitted, 'tool_choice', 'none');
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([name, value]) =>
        !isOmitted(omitted, name, value) && (hasToolChoice || !name.endsWith('tools')),
    ),
  );
}

/** Returns the entry of `Profile.omitted` for one value of a field. */
export function toOmittedValue(name: string, value: unknown): string {
  return `${name}=${JSON.stringify(value)}`;
}

function isOmitted(omitted: ReadonlySet<string>, name: string, value: unknown): boolean {
  return omitted.size > 0 && (omitted.has(name) || omitted.has(toOmittedValue(name, value)));
}
