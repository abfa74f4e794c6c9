import type { Message, MessageDelta, RunStep, RunStepDelta } from './types.js';

/**
 * Returns the message with a delta applied: strings are appended, objects are merged by key, lists of objects by
 * `index`, and lists of strings or numbers are appended. The arguments do not change, and unaffected parts keep their
 * identity.
 *
 * Returns undefined for an invalid delta: a reserved key, an index that is not an integer or leaves a hole, or an
 * unexpected shape or type. Nothing of it is applied. Fetch the message instead.
 */
export function mergeMessageDelta(message: Message, data: MessageDelta): Message | undefined {
  return catchInvalidDelta(() => {
    const { role, content, file_ids } = toFields(toFields(data)['delta']);
    const merged: Fields = { ...message };
    if (isPresent(role)) merged['role'] = toName(role);
    if (isPresent(content))
      merged['content'] = mergeValue(message.content ?? [], toList(content), 0);
    if (isPresent(file_ids))
      merged['file_ids'] = [...toList(message.file_ids ?? []), ...toList(file_ids).map(toName)];
    // `role`, `content` and `file_ids` were merged by type; the other fields are the message's own.
    return merged as unknown as Message;
  });
}

/** Returns the run step with a delta applied, by the rules of `mergeMessageDelta`. */
export function mergeStepDelta<Step extends RunStep>(
  step: Step,
  data: RunStepDelta,
): Step | undefined {
  return catchInvalidDelta(() => {
    const { step_details } = toFields(toFields(data)['delta']);
    if (!isPresent(step_details)) return step;
    const details = toFields(step_details);
    const current = step.step_details ?? createEntry(toName(details['type']));
    // The merge keeps the type of the details, and with it their shape.
    return { ...step, step_details: mergeValue(current, details, 0) as RunStep['step_details'] };
  });
}

class InvalidDeltaError extends Error {}

function reject(): never {
  throw new InvalidDeltaError();
}

function catchInvalidDelta<T>(merge: () => T): T | undefined {
  try {
    return merge();
  } catch (error) {
    if (error instanceof InvalidDeltaError) return undefined;
    throw error;
  }
}

type Fields = Record<string, unknown>;

const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);
const MAX_DEPTH = 32;

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toFields(value: unknown): Fields {
  return isFields(value) ? value : reject();
}

function toList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : reject();
}

function toName(value: unknown): string {
  return typeof value === 'string' ? value : reject();
}

/** Returns true for fields that are sent whole and replaced. Some servers repeat them in every delta. */
function isNameField(key: string): boolean {
  return (
    key === 'type' || key === 'id' || key === 'object' || key === 'role' || key.endsWith('_id')
  );
}

function mergeValue(current: unknown, delta: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH) reject();
  if (!isPresent(delta)) return current === undefined ? delta : current;
  if (Array.isArray(delta))
    return mergeList(isPresent(current) ? toList(current) : undefined, delta, depth + 1);
  if (isFields(delta)) return mergeFields(toFields(current ?? {}), delta, depth + 1);
  if (isPresent(current) && typeof current !== typeof delta) reject();
  return typeof current === 'string' && typeof delta === 'string' ? current + delta : delta;
}

function mergeFields(current: Fields, delta: Fields, depth: number): Fields {
  const merged = { ...current };
  for (const key of Object.keys(delta)) {
    if (RESERVED.has(key)) reject();
    const value = delta[key];
    const known = Object.hasOwn(current, key) ? current[key] : undefined;
    // An object with fields of two types would break the code that renders it.
    if (key === 'type' && isPresent(known) && isPresent(value) && known !== value) reject();
    // Search results arrive complete, as entries without `index` or `type`.
    if (key === 'results' && Array.isArray(value)) merged[key] = checkKeys(value, depth);
    else
      merged[key] =
        isNameField(key) && isPresent(value) ? toName(value) : mergeValue(known, value, depth);
  }
  return merged;
}

/** Returns the value if it contains no reserved key. */
function checkKeys(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH || Object.keys(value).some((key) => RESERVED.has(key))) reject();
  for (const field of Object.values(value)) checkKeys(field, depth + 1);
  return value;
}

/**
 * Merges a list. A current list that is empty holds objects; only a list that the delta adds may hold strings or
 * numbers.
 */
function mergeList(
  current: readonly unknown[] | undefined,
  delta: readonly unknown[],
  depth: number,
): unknown[] {
  const merged = [...(current ?? [])];
  const holdsObjects =
    merged.length > 0 ? isFields(merged[0]) : current !== undefined || isFields(delta[0]);
  for (const entry of delta) {
    if (holdsObjects) mergeEntry(merged, toFields(entry), depth);
    else if (typeof entry === 'string' || typeof entry === 'number')
      setEntry(merged, merged.length, entry);
    else reject();
  }
  return merged;
}

function mergeEntry(list: unknown[], entry: Fields, depth: number): void {
  if (!Object.hasOwn(entry, 'index')) reject();
  const { index, ...fields } = entry;
  // No server leaves holes, and a single large index would create a list of millions of empty entries.
  if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index > list.length)
    reject();
  const known = index < list.length ? toFields(list[index]) : createEntry(toName(fields['type']));
  setEntry(list, index, mergeFields(known, fields, depth));
}

/** Sets an entry without running setters on Array.prototype, as assignment and `push` would. */
function setEntry(list: unknown[], index: number, value: unknown): void {
  Object.defineProperty(list, index, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

/** Returns an entry of this type before its first delta, with the fields that every complete entry has. */
function createEntry(type: string): Fields {
  switch (type) {
    case 'text':
      return { type, text: { value: '', annotations: [] } };
    case 'refusal':
      return { type, refusal: '' };
    case 'function':
      return { id: '', type, function: { name: '', arguments: '', output: null } };
    case 'code_interpreter':
      return { id: '', type, code_interpreter: { input: '', outputs: [] } };
    case 'file_search':
    case 'retrieval':
    case 'web_search':
      return { id: '', type, [type]: {} };
    case 'tool_calls':
      return { type, tool_calls: [] };
    default:
      return {};
  }
}
