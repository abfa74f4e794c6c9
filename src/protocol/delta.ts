import type { Message, MessageContent, MessageDelta, RunStep, RunStepDelta, RunStepToolCall } from './types.js';

/**
 * A message with a delta put in: strings grow, objects merge by key, lists merge by `index`. Neither argument changes, and
 * what the delta does not touch keeps its identity.
 *
 * Returns undefined for a delta that cannot be right (a reserved key, an index that is no whole number or leaves a hole, a
 * shape that does not fit). Nothing is taken from such a delta; ask the server for the message.
 */
export function mergeMessageDelta(message: Message, { delta }: MessageDelta): Message | undefined {
  return guarded(() => {
    const merged = { ...message };
    if (delta.role !== undefined) merged.role = delta.role;
    if (delta.file_ids) merged.file_ids = mergeList(message.file_ids ?? [], delta.file_ids) as string[];
    if (delta.content) merged.content = mergeList(message.content, delta.content) as MessageContent[];
    return merged;
  });
}

/** A run step with a delta put in, by the rules of `mergeMessageDelta`. */
export function mergeStepDelta(step: RunStep, { delta }: RunStepDelta): RunStep | undefined {
  const details = delta.step_details;
  if (!details) return step;
  return guarded(() => {
    if (details.type === 'tool_calls') {
      const known = step.step_details.type === 'tool_calls' ? step.step_details.tool_calls : [];
      const tool_calls = mergeList(known, details.tool_calls ?? []) as RunStepToolCall[];
      return { ...step, step_details: { type: 'tool_calls', tool_calls } };
    }
    return { ...step, step_details: mergeValue(step.step_details, details, 0) as RunStep['step_details'] };
  });
}

class RefusedDelta extends Error {}

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

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names, not texts: sent whole, and some servers send them again with every delta. */
function isName(key: string): boolean {
  return key === 'type' || key === 'index' || key === 'id' || key === 'object' || key === 'role' || key.endsWith('_id');
}

function mergeValue(current: unknown, delta: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH) throw new RefusedDelta();
  if (Array.isArray(delta)) {
    if (current !== undefined && current !== null && !Array.isArray(current)) throw new RefusedDelta();
    return mergeList(current ?? [], delta, depth + 1);
  }
  if (isFields(delta)) {
    if (current !== undefined && current !== null && !isFields(current)) throw new RefusedDelta();
    return mergeFields(current ?? {}, delta, depth + 1);
  }
  if (delta === null || delta === undefined) return current === undefined ? delta : current;
  if (typeof current === 'string' && typeof delta === 'string') return current + delta;
  if (current !== null && typeof current === 'object') throw new RefusedDelta();
  return delta;
}

function mergeFields(current: Fields, delta: Fields, depth: number): Fields {
  const merged = { ...current };
  for (const key of Object.keys(delta)) {
    if (RESERVED.has(key)) throw new RefusedDelta();
    const value = delta[key];
    const replaces = isName(key) && (typeof value === 'string' || typeof value === 'number');
    merged[key] = replaces ? value : mergeValue(Object.hasOwn(current, key) ? current[key] : undefined, value, depth);
  }
  return merged;
}

function mergeList(current: readonly unknown[], delta: readonly unknown[], depth = 0): unknown[] {
  const merged = [...current];
  for (const entry of delta) {
    if (!isFields(entry)) {
      if (Array.isArray(entry)) throw new RefusedDelta();
      merged.push(entry);
      continue;
    }
    if (!Object.hasOwn(entry, 'index')) throw new RefusedDelta();
    const { index, ...fields } = entry;
    // No server leaves a hole, and one hole a delta would soon be a list of a million empty places.
    if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index > merged.length) {
      throw new RefusedDelta();
    }
    const known = index < merged.length ? merged[index] : blank(fields['type']);
    if (!isFields(known)) throw new RefusedDelta();
    merged[index] = mergeFields(known, fields, depth + 1);
  }
  return merged;
}

/** An entry of this type before its first delta, with what the whole entry is never without. */
function blank(type: unknown): Fields {
  switch (type) {
    case 'text':
      return { type, text: { value: '', annotations: [] } };
    case 'refusal':
      return { type, refusal: '' };
    case 'function':
      return { id: '', type, function: { name: '', arguments: '', output: null } };
    case 'code_interpreter':
      return { id: '', type, code_interpreter: { input: '', outputs: [] } };
    default:
      return {};
  }
}
