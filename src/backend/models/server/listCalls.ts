import { isRecord } from '../../../common/isRecord.js';
import { tryParseJson } from '../../../common/tryParseJson.js';
import { type Fields, toFields, toList, toText } from './toFields.js';

/** Fields that only a call has, other than an object that holds calls. */
const CALL_FIELDS = ['function', 'name', 'id', 'index', 'arguments', 'type'];
/** Types of content parts and items that are calls. */
const CALL_TYPES = new Set([
  'function_call',
  'function_tool_call',
  'tool_call',
  'toolCall',
  'tool_use',
]);

/** Returns the calls of a delta or a message, in any of the containers that servers use. */
export function listCalls(delta: Fields): readonly unknown[] {
  const parts = toList(delta['content']).filter((part) => isCallPart(part));
  return [...toCallList(delta['tool_calls'] ?? delta['toolCalls']), ...parts];
}

/** Returns true for a part of a content list, or an item of a response, that is a call. */
export function isCallPart(part: unknown): boolean {
  return CALL_TYPES.has(toText(toFields(part)['type']));
}

/** Servers send one call in place of a list, the list as JSON text, lists in lists, or objects with an index or an id as keys. */
function toCallList(value: unknown): readonly unknown[] {
  const calls = typeof value === 'string' ? tryParseJson(value) : value;
  if (Array.isArray(calls)) return calls.flat();
  if (!isRecord(calls)) return [];
  if (CALL_FIELDS.some((name) => name in calls)) return [calls];
  return Object.entries(calls).map(([key, call]) =>
    /^\d+$/.test(key) ? { index: key, ...toFields(call) } : { id: key, ...toFields(call) },
  );
}
