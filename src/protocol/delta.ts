import type { Message, MessageDelta, RunStep, RunStepDelta } from './types.js';

/**
 * A message with a delta put in: strings grow, objects merge by key, lists of objects merge by `index`, lists of texts and
 * numbers append. Neither argument changes, and what the delta does not touch keeps its identity.
 *
 * Returns undefined for a delta that cannot be right (a reserved key, an index that is no whole number or leaves a hole, a
 * shape or a type that does not fit). Nothing is taken from such a delta; ask the server for the message.
 */
export function mergeMessageDelta(message: Message, data: MessageDelta): Message | undefined {
  return guarded(() => {
    const { role, content, file_ids } = toFields(toFields(data)['delta']);
    const merged: Fields = { ...message };
    if (isGiven(role)) merged['role'] = nameOf(role);
    if (isGiven(content)) merged['content'] = mergeValue(message.content ?? [], listOf(content), 0);
    if (isGiven(file_ids))
      merged['file_ids'] = [...listOf(message.file_ids ?? []), ...listOf(file_ids).map(nameOf)];
    return merged as unknown as Message;
  });
}

/** A run step with a delta put in, by the rules of `mergeMessageDelta`. */
export function mergeStepDelta(step: RunStep, data: RunStepDelta): RunStep | undefined {
  return guarded(() => {
    const { step_details } = toFields(toFields(data)['delta']);
    if (!isGiven(step_details)) return step;
    const details = toFields(step_details);
    const known = step.step_details ?? blank(nameOf(details['type']));
    return { ...step, step_details: mergeValue(known, details, 0) as RunStep['step_details'] };
  });
}

class RefusedDelta extends Error {}

function refuse(): never {
  throw new RefusedDelta();
}

function guarded<T>(merge: () => T): T | undefined {
  try {
    return merge();
  } catch (error) {
    if (error instanceof RefusedDelta) return undefined;
    throw error;
  }
}

type Fields = Record<string, unknown>;

const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);
const MAX_DEPTH = 32;

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toFields(value: unknown): Fields {
  return isFields(value) ? value : refuse();
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : refuse();
}

function nameOf(value: unknown): string {
  return typeof value === 'string' ? value : refuse();
}

/** Names, not texts: sent whole, and some servers send them again with every delta. */
function isName(key: string): boolean {
  return (
    key === 'type' || key === 'id' || key === 'object' || key === 'role' || key.endsWith('_id')
  );
}

function mergeValue(current: unknown, delta: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH) refuse();
  if (!isGiven(delta)) return current === undefined ? delta : current;
  if (Array.isArray(delta))
    return mergeList(isGiven(current) ? listOf(current) : undefined, delta, depth + 1);
  if (isFields(delta)) return mergeFields(toFields(current ?? {}), delta, depth + 1);
  if (isGiven(current) && typeof current !== typeof delta) refuse();
  return typeof current === 'string' && typeof delta === 'string' ? current + delta : delta;
}

function mergeFields(current: Fields, delta: Fields, depth: number): Fields {
  const merged = { ...current };
  for (const key of Object.keys(delta)) {
    if (RESERVED.has(key)) refuse();
    const value = delta[key];
    const known = Object.hasOwn(current, key) ? current[key] : undefined;
    // What one type has, another lacks: a part of both would break whoever shows it.
    if (key === 'type' && isGiven(known) && isGiven(value) && known !== value) refuse();
    // What a search found comes in one piece, in entries without `index` or `type`.
    if (key === 'results' && Array.isArray(value)) merged[key] = safe(value, depth);
    else
      merged[key] = isName(key) && isGiven(value) ? nameOf(value) : mergeValue(known, value, depth);
  }
  return merged;
}

/** The value itself, if no key in it is reserved. */
function safe(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH || Object.keys(value).some((key) => RESERVED.has(key))) refuse();
  for (const field of Object.values(value)) safe(field, depth + 1);
  return value;
}

/** An empty list that is known holds objects; only one that the delta brings may be of texts or numbers. */
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
      put(merged, merged.length, entry);
    else refuse();
  }
  return merged;
}

function mergeEntry(list: unknown[], entry: Fields, depth: number): void {
  if (!Object.hasOwn(entry, 'index')) refuse();
  const { index, ...fields } = entry;
  // No server leaves a hole, and one hole a delta would soon be a list of a million empty places.
  if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index > list.length)
    refuse();
  const known = index < list.length ? toFields(list[index]) : blank(nameOf(fields['type']));
  put(list, index, mergeFields(known, fields, depth));
}

/** Assignment and push would run a setter that somebody left on Array.prototype. */
function put(list: unknown[], index: number, value: unknown): void {
  Object.defineProperty(list, index, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

/** An entry of this type before its first delta, with what the whole entry is never without. */
function blank(type: string): Fields {
  switch (type) {
    case 'text':
      return { type, text: { value: '', annotations: [] } };
    case 'refusal':
      return { type, refusal: '' };
    case 'function':
      return { id: '', type, function: { name: '', arguments: '', output: null } };
    case 'code_interpreter':
      return { id: '', type, code_interpreter: { input: '', outputs: [] } };
    case 'tool_calls':
      return { type, tool_calls: [] };
    default:
      return {};
  }
}
