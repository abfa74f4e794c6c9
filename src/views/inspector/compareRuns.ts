import { isRecord } from '../../common/isRecord.js';
import { truncate } from '../../components/truncate.js';
import type { Run } from '../../protocol/types.js';

/** Field with different values in two runs. */
export interface RunDifference {
  /** Path of the field, such as `usage.total_tokens`. */
  name: string;
  /** Values as text. Empty where a run has none. */
  values: [string, string];
}

/** Fields that differ in any two runs. The timelines show the times. */
const IGNORED = /^(?:id|.*_at)$/;

/** Maximum length of a value in UTF-16 units. */
const MAX_LENGTH = 400;

/** Returns the fields in which two runs differ, in the order of the first run. Ids and times are left out. */
export function compareRuns(first: Run, second: Run): RunDifference[] {
  const before = flatten(first);
  const after = flatten(second);
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].flatMap((name) => {
    const values: [string, string] = [before.get(name) ?? '', after.get(name) ?? ''];
    return values[0] === values[1] ? [] : [{ name, values }];
  });
}

/** Returns the fields of a run and of the objects in it, as text. Lists are one field. */
function flatten(run: Run): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [name, value] of Object.entries(run)) {
    if (IGNORED.test(name)) continue;
    if (!isRecord(value)) setField(fields, name, value);
    else
      for (const [inner, innerValue] of Object.entries(value))
        setField(fields, `${name}.${inner}`, innerValue);
  }
  return fields;
}

function setField(fields: Map<string, string>, name: string, value: unknown): void {
  if (value === null || value === undefined) return;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  fields.set(truncate(name, 80), truncate(text, MAX_LENGTH));
}
