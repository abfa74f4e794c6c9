import type { Target } from './tokens.js';
import { unescape } from './unescape.js';

/** A value with its end in the text. */
interface Read<Value> {
  value: Value;
  end: number;
}

/** Maximum nesting of parentheses in a URL, so that the search for its end is bounded. */
const MAX_PARENTHESES = 32;

/** Limited in length for the same reason. */
const LABEL = /\[(?:[^\\[\]]|\\[^]){1,999}\]/y;
const BLANKS = /[ \t\n]*/y;
const TO_LINE_END = /[ \t]*(?:\n|$)/y;
const ENCLOSED = /<(?:[^<>\n\\]|\\.)*>/y;
const BARE = /(?:[^ \t\n\\()]|\\[!-/:-@[-`{-~]?)*/y;
const TITLE = /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|\((?:[^()\\]|\\[^])*\)/y;
const UNFINISHED = /^(?:\[[^\]]{0,999}|\(\S{0,1000}(?:\s+(?:["'(][^]*)?)?)?$/;

/** Normalizes a label for comparison. Empty if it contains white space only. */
export function normalizeLabel(label: string): string {
  // Both conversions, because one character may map to two in the other case.
  return label
    .trim()
    .replace(/[ \t\n]+/g, ' ')
    .toLowerCase()
    .toUpperCase();
}

/** Reads `[label]`. The value is not normalized. */
export function readLabel(text: string, at: number): Read<string> | undefined {
  return match(LABEL, text, at);
}

/** Reads the target after the text of a link: `(url "title")`. */
export function readTarget(text: string, at: number): Read<Target> | undefined {
  if (text[at] !== '(') return undefined;
  const start = skip(BLANKS, text, at + 1);
  const address = readAddress(text, start) ?? { value: '', end: start };
  const title = readTitle(text, address.end);
  const end = skip(BLANKS, text, (title ?? address).end);
  return text[end] === ')' ? { value: targetOf(address, title), end: end + 1 } : undefined;
}

/** Tells if a text ends within a link target, or directly before one. */
export function isUnfinishedTarget(text: string, at: number): boolean {
  return UNFINISHED.test(text.slice(at));
}

/** Reads a link definition including its line end: `[label]: url "title"`. */
export function readDefinition(
  text: string,
  at: number,
): Read<[label: string, target: Target]> | undefined {
  const written = readLabel(text, at);
  if (written === undefined || text[written.end] !== ':') return undefined;
  const label = normalizeLabel(written.value);
  const address = readAddress(text, skip(BLANKS, text, written.end + 1));
  if (label === '' || address === undefined) return undefined;
  // The next line may look like a title without being one.
  for (const title of [readTitle(text, address.end), undefined]) {
    const end = match(TO_LINE_END, text, (title ?? address).end)?.end;
    if (end !== undefined) return { value: [label, targetOf(address, title)], end };
  }
  return undefined;
}

function readAddress(text: string, at: number): Read<string> | undefined {
  if (text[at] === '<') return match(ENCLOSED, text, at);
  let depth = 0;
  let end = skip(BARE, text, at);
  for (; end < text.length; end = skip(BARE, text, end + 1)) {
    if (text[end] === '(' && depth < MAX_PARENTHESES) depth += 1;
    else if (text[end] === ')' && depth > 0) depth -= 1;
    else break;
  }
  return depth > 0 || end === at ? undefined : { value: text.slice(at, end), end };
}

/** Reads an optional title after a URL and white space. */
function readTitle(text: string, addressEnd: number): Read<string> | undefined {
  const at = skip(BLANKS, text, addressEnd);
  return at === addressEnd ? undefined : match(TITLE, text, at);
}

function targetOf(address: Read<string>, title: Read<string> | undefined): Target {
  return { address: unescape(address.value), title: title && unescape(title.value) };
}

/** Matches at a position. Returns the match without its first and last character. */
function match(pattern: RegExp, text: string, at: number): Read<string> | undefined {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  return found === null ? undefined : { value: found[0].slice(1, -1), end: at + found[0].length };
}

/** Returns the end of a match at a position. The pattern may match nothing. */
function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  pattern.test(text);
  return pattern.lastIndex;
}
