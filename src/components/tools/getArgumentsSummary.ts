import { truncate } from '../truncate.js';
import { readArguments } from './readArguments.js';

/** Maximum number of arguments in a summary. */
const MAX_ARGUMENTS = 3;
/** Maximum length of a summary in UTF-16 units. */
const MAX_LENGTH = 80;

/**
 * Returns the first texts and numbers of the arguments of a call, which tell two calls of one function apart. Empty if there are
 * none.
 */
export function getArgumentsSummary(argumentsText: string): string {
  const read = readArguments(argumentsText);
  if (read.kind === 'value')
    return isShort(read.value) ? truncate(String(read.value), MAX_LENGTH) : '';
  if (read.kind !== 'fields') return '';
  const values = read.fields.map(([, value]) => value).filter(isShort);
  return truncate(values.slice(0, MAX_ARGUMENTS).join(', ').replace(/\s+/g, ' '), MAX_LENGTH);
}

/** Returns true if the summary of the arguments has all of them: one short text or number. */
export function isOneArgument(argumentsText: string): boolean {
  const read = readArguments(argumentsText);
  if (read.kind !== 'fields' || read.fields.length !== 1) return false;
  const [[, value] = []] = read.fields;
  return isShort(value) && getArgumentsSummary(argumentsText) === String(value);
}

function isShort(value: unknown): value is string | number {
  return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
}
