import type { Target } from './tokens.js';

/** Value that was read from a text. */
export interface ReadValue<Value> {
  value: Value;
  /** Position after the value. */
  end: number;
}

/** Maximum depth of parentheses in an address. Bounds the time to find its end. */
const MAX_PARENTHESES = 32;

/** Matches a link label. Its length is limited, which bounds the time to find its end. */
const LABEL = /\[(?:[^\\[\]]|\\[^]){1,999}\]/y;
const WHITE_SPACE = /[ \t\n]*/y;
const LINE_END = /[ \t]*(?:\n|$)/y;
const ADDRESS_IN_BRACKETS = /<(?:[^<>\n\\]|\\.)*>/y;
const ADDRESS_CHARACTERS = /(?:[^ \t\n\\()]|\\[!-/:-@[-`{-~]?)*/y;
const TITLE = /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|\((?:[^()\\]|\\[^])*\)/y;
const UNFINISHED_TARGET = /^(?:\[[^\]]{0,999}|\(\S{0,1000}(?:\s+(?:["'(][^]*)?)?)?$/;

/** Normalizes a label for comparison. Returns an empty string for white space. */
export function normalizeLabel(label: string): string {
  // Both conversions, because one character may map to two in the other case.
  return label
    .trim()
    .replace(/[ \t\n]+/g, ' ')
    .toLowerCase()
    .toUpperCase();
}

/** Reads `[label]`. Returns the label as written. */
export function readLabel(text: string, position: number): ReadValue<string> | undefined {
  return match(LABEL, text, position);
}

/** Reads the target after the text of a link: `(address "title")`. Returns it as written. */
export function readTarget(text: string, position: number): ReadValue<Target> | undefined {
  if (text[position] !== '(') return undefined;
  const start = skip(WHITE_SPACE, text, position + 1);
  const address = readAddress(text, start) ?? { value: '', end: start };
  const title = readTitle(text, address.end);
  const end = skip(WHITE_SPACE, text, (title ?? address).end);
  return text[end] === ')' ? { value: toTarget(address, title), end: end + 1 } : undefined;
}

/** Returns true if the text ends within the target of a link or directly before it. */
export function isUnfinishedTarget(text: string, position: number): boolean {
  return UNFINISHED_TARGET.test(text.slice(position));
}

/**
 * Reads a link definition and the end of its line: `[label]: address "title"`. Returns the normalized label, and the target as
 * written.
 */
export function readDefinition(
  text: string,
  position: number,
): ReadValue<[label: string, target: Target]> | undefined {
  const source = readLabel(text, position);
  if (source === undefined || text[source.end] !== ':') return undefined;
  const label = normalizeLabel(source.value);
  const address = readAddress(text, skip(WHITE_SPACE, text, source.end + 1));
  if (label === '' || address === undefined) return undefined;
  // The next line may start like a title without being one.
  for (const title of [readTitle(text, address.end), undefined]) {
    const end = match(LINE_END, text, (title ?? address).end)?.end;
    if (end !== undefined) return { value: [label, toTarget(address, title)], end };
  }
  return undefined;
}

function readAddress(text: string, position: number): ReadValue<string> | undefined {
  if (text[position] === '<') return match(ADDRESS_IN_BRACKETS, text, position);
  let depth = 0;
  let end = skip(ADDRESS_CHARACTERS, text, position);
  for (; end < text.length; end = skip(ADDRESS_CHARACTERS, text, end + 1)) {
    if (text[end] === '(' && depth < MAX_PARENTHESES) depth += 1;
    else if (text[end] === ')' && depth > 0) depth -= 1;
    else break;
  }
  return depth > 0 || end === position ? undefined : { value: text.slice(position, end), end };
}

/** Reads the title after an address. */
function readTitle(text: string, addressEnd: number): ReadValue<string> | undefined {
  const start = skip(WHITE_SPACE, text, addressEnd);
  return start === addressEnd ? undefined : match(TITLE, text, start);
}

function toTarget(address: ReadValue<string>, title: ReadValue<string> | undefined): Target {
  return { address: address.value, title: title?.value };
}

/** Matches a sticky expression at a position. Returns the match without its first and last character. */
function match(pattern: RegExp, text: string, position: number): ReadValue<string> | undefined {
  pattern.lastIndex = position;
  const source = pattern.exec(text)?.[0];
  return source === undefined
    ? undefined
    : { value: source.slice(1, -1), end: position + source.length };
}

/** Returns the end of the match of a sticky expression that matches everywhere. */
function skip(pattern: RegExp, text: string, position: number): number {
  pattern.lastIndex = position;
  pattern.test(text);
  return pattern.lastIndex;
}
