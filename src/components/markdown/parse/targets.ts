import type { Target } from './tokens.js';
import { unescape } from './unescape.js';

/** Something that was read, and where in the text it ends. */
interface Read<Value> {
  value: Value;
  end: number;
}

/** Longer labels are none, so that looking for one takes a bounded time. */
export const MAX_LABEL = 999;
/** Parentheses in an address nest no deeper, for the same reason. */
const MAX_PARENTHESES = 32;

const LABEL = /\[((?:[^\\[\]]|\\[^]){1,999})\]/y;
const BLANKS = /[ \t\n]*/y;
const TO_LINE_END = /[ \t]*(?:\n|$)/y;
const ENCLOSED = /<((?:[^<>\n\\]|\\.)*)>/y;
const BARE = /(?:[^ \t\n\\()]|\\[!-/:-@[-`{-~]?)+/y;
const TITLE = /"((?:[^"\\]|\\[^])*)"|'((?:[^'\\]|\\[^])*)'|\(((?:[^()\\]|\\[^])*)\)/y;
const UNFINISHED = /^(?:\[[^\]]{0,999}|\(\S{0,1000}(?:\s+(?:["'(][^]*)?)?)?$/;

/** The form of a label under which definition and reference meet; empty where it has nothing but blanks. */
export function normalizeLabel(label: string): string {
  // Both ways: one character may stand for two in the other case.
  return label.trim().replace(/[ \t\n]+/g, ' ').toLowerCase().toUpperCase();
}

/** Reads `[label]`. Its value is as it is written. */
export function readLabel(text: string, at: number): Read<string> | undefined {
  return match(LABEL, text, at);
}

/** Reads what follows the text of a link: `(address "title")`. */
export function readTarget(text: string, at: number): Read<Target> | undefined {
  if (text[at] !== '(') return undefined;
  const start = skip(BLANKS, text, at + 1);
  const address = readAddress(text, start) ?? { value: '', end: start };
  const blanks = skip(BLANKS, text, address.end);
  const title = blanks === address.end ? undefined : match(TITLE, text, blanks);
  const end = title === undefined ? blanks : skip(BLANKS, text, title.end);
  return text[end] === ')' ? { value: targetOf(address, title), end: end + 1 } : undefined;
}

/** Whether a text ends within what may follow the text of a link, or right before it. */
export function isUnfinishedTarget(text: string, at: number): boolean {
  return UNFINISHED.test(text.slice(at));
}

/** Reads a definition at the start of a line: `[label]: address "title"`, and the end of its last line with it. */
export function readDefinition(text: string, at: number): Read<[label: string, target: Target]> | undefined {
  const written = readLabel(text, at);
  if (written === undefined || text[written.end] !== ':') return undefined;
  const label = normalizeLabel(written.value);
  const address = readAddress(text, skip(BLANKS, text, written.end + 1));
  if (label === '' || address === undefined) return undefined;
  const blanks = skip(BLANKS, text, address.end);
  const title = blanks === address.end ? undefined : match(TITLE, text, blanks);
  const titleEnd = title && skipToNextLine(text, title.end);
  if (title !== undefined && titleEnd !== undefined) return { value: [label, targetOf(address, title)], end: titleEnd };
  // What looks like a title and is none may stand on the next line.
  const end = skipToNextLine(text, address.end);
  return end === undefined ? undefined : { value: [label, targetOf(address, undefined)], end };
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

function targetOf(address: Read<string>, title: Read<string> | undefined): Target {
  return { address: unescape(address.value), title: title && unescape(title.value) };
}

/** Matches at a place, and gives what stands in the parentheses of the pattern. */
function match(pattern: RegExp, text: string, at: number): Read<string> | undefined {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  return found === null ? undefined : { value: found.slice(1).find((group) => group !== undefined) ?? '', end: at + found[0].length };
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}

/** Where the next line begins, if nothing but blanks stands before. */
function skipToNextLine(text: string, at: number): number | undefined {
  return match(TO_LINE_END, text, at)?.end;
}
