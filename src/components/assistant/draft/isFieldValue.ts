import { isRecord } from '../../../common/isRecord.js';
import type { AssistantFieldName } from './AssistantDraft.js';
import { BUILT_IN_TYPES } from './toolDrafts.js';

/** Returns true for a value that a field of the form can show. Stored drafts may come from other code. */
export function isFieldValue(name: AssistantFieldName, value: unknown): boolean {
  switch (name) {
    case 'tools':
      return Array.isArray(value) && value.every(isToolDraft);
    case 'metadata':
      return Array.isArray(value) && value.every((row) => hasTexts(row, ['key', 'name', 'value']));
    case 'files':
      return (
        isRecord(value) &&
        ['attached', 'searched', 'removed'].every((list) => isTextList(value[list]))
      );
    case 'response_format':
      return hasTexts(value, ['type', 'name', 'schema']) && hasSwitch(value);
    default:
      return typeof value === 'string';
  }
}

function isToolDraft(value: unknown): boolean {
  if (!isRecord(value) || !hasTexts(value, ['key'])) return false;
  switch (value['kind']) {
    case 'function':
      return hasTexts(value, ['name', 'description', 'parameters']) && hasSwitch(value);
    case 'built-in':
      return BUILT_IN_TYPES.some((type) => type === value['type']);
    case 'json':
      return hasTexts(value, ['text']);
    default:
      return false;
  }
}

function hasTexts(value: unknown, names: readonly string[]): boolean {
  return isRecord(value) && names.every((name) => typeof value[name] === 'string');
}

function hasSwitch(value: unknown): boolean {
  return isRecord(value) && typeof value['strict'] === 'boolean';
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
