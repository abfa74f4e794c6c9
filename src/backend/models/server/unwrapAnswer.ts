import { isRecord } from '../../../common/isRecord.js';
import { tryParseJson } from '../../../common/tryParseJson.js';
import { type Fields, hasValue, toText } from './toFields.js';

/** Fields of gateways that hold the answer of the model server. */
export const WRAPPERS = ['data', 'response', 'result', 'body', 'output', 'payload'];
const MAX_DEPTH = 3;

/**
 * Returns the answer, event or error that a gateway has wrapped, such as `{code: 0, data: {choices}}`. Returns others
 * unchanged.
 */
export function unwrapAnswer(value: unknown, depth = 0): unknown {
  if (!isRecord(value) || isAnswer(value) || depth > MAX_DEPTH) return value;
  for (const name of WRAPPERS) {
    // An event of a response that has lost its type is not known to be the last one.
    if (name === 'response' && 'type' in value) continue;
    const inner = unwrapAnswer(openWrapper(value[name]), depth + 1);
    if (!isRecord(inner)) continue;
    const type = toText(inner['type']) || toText(value['event']);
    if (isAnswer(inner) || hasValue(inner['error'])) return inner;
    if (type.startsWith('response.')) return { ...inner, type };
  }
  return value;
}

/** Opens a list with one entry, and JSON text. */
function openWrapper(value: unknown): unknown {
  const opened = typeof value === 'string' ? tryParseJson(value) : value;
  return Array.isArray(opened) && opened.length === 1 ? opened[0] : opened;
}

/** Returns true for an object of the requested APIs. */
function isAnswer(fields: Fields): boolean {
  return (
    hasItems(fields['choices']) ||
    Array.isArray(fields['output']) ||
    fields['object'] === 'response' ||
    toText(fields['type']).startsWith('response.')
  );
}

function hasItems(choices: unknown): boolean {
  return Array.isArray(choices) || isRecord(choices);
}
