import { isRecord } from '../../../common/isRecord.js';
import { tryParseJson } from '../../../common/tryParseJson.js';
import { parseLenientJson } from './parseLenientJson.js';
import { createJsonScanner, splitObjects } from './splitObjects.js';

/** Arguments of a function call that arrive in pieces. */
export interface CallArguments {
  /**
   * Adds a piece and returns the text to emit.
   *
   * @param isObject True for arguments that the server sent as an object. They are emitted at the end, because another object may
   * replace them.
   */
  add(piece: string, isObject?: boolean): string;
  /** Returns the text that was held back. Call it at the end of the answer. */
  flush(): string;
  /** Returns all arguments so far. */
  getText(): string;
  /** Returns true if the arguments are a complete object or list. */
  isComplete(): boolean;
  /** Returns different objects that followed the arguments. They belong to calls that the server merged with this one. */
  listFurther(): string[];
}

/**
 * Joins the pieces of arguments to one JSON value. Servers send `{}` before the real arguments, repeat everything so
 * far in each piece, send all arguments again at the end, append other text, or encode them twice. `{}` is held back,
 * because it may be such a placeholder, and so is everything that is not an object.
 */
export function createArguments(): CallArguments {
  let text = '';
  /** Text after the complete arguments. */
  let rest = '';
  /** Text that was not emitted, as valid JSON: some servers do not escape line breaks. */
  let unemitted = '';
  let emittedText = '';
  let emittedLength = 0;
  let isHeld = false;
  let scanner = createJsonScanner();

  function append(piece: string): void {
    const read = scanner.read(piece);
    text += piece.slice(0, read.length);
    unemitted += read.output;
    rest += piece.slice(read.length);
  }

  function replace(piece: string): void {
    text = '';
    rest = '';
    unemitted = '';
    scanner = createJsonScanner();
    append(piece);
    unemitted = unemitted.slice(emittedLength);
  }

  function takeUnemitted(): string {
    const output = unemitted;
    unemitted = '';
    emittedLength += output.length;
    emittedText = text;
    return output;
  }

  function addPiece(piece: string): void {
    if (piece.trim() === '' && PLACEHOLDER.test(text)) return;
    if (scanner.isComplete()) rest += piece;
    else if (isRepeated(text, piece)) replace(piece);
    else append(getContinuation(text, piece));
    // Only what was not emitted can be replaced.
    const real = rest.trimStart();
    if (PLACEHOLDER.test(text) && real.startsWith('{') && real.startsWith(emittedText))
      replace(real);
  }

  return {
    add(piece, isObject = false) {
      isHeld ||= isObject && text === '';
      if (isHeld && isObject && isExtended(text, piece)) replace(piece);
      else addPiece(piece);
      return isHeld || HELD.test(text) ? '' : takeUnemitted();
    },
    flush() {
      if (emittedLength === 0) {
        const [first = '', ...others] = unwrapArguments(text);
        const further = others.join('') + rest;
        replace(first);
        rest += further;
      }
      return takeUnemitted();
    },
    getText: () => text,
    isComplete: () => scanner.isComplete(),
    listFurther() {
      const objects = new Map([text, ...splitObjects(rest)].map((one) => [normalize(one), one]));
      objects.delete(normalize(text));
      return [...objects.values()];
    },
  };
}

/** Arguments that may be a placeholder of the real ones. */
const PLACEHOLDER = /^\s*(?:\{\s*\}\s*)?$/;
/** Arguments that may be replaced or decoded at the end. */
const HELD = /^\s*(?:\{\s*\}\s*$|[^{\s]|$)/;
/** Ways to write that there are no arguments. */
const NOTHING = /^\s*(?:null|none|undefined|""|\[\s*\])\s*$/i;
const MAX_ENCODINGS = 3;

/** Returns true for a piece that repeats all arguments so far. An object may contain its own beginning: `{"a":{"a":1}}`. */
function isRepeated(text: string, piece: string): boolean {
  if (text === '' || !piece.startsWith(text)) return false;
  if (piece.length === text.length) return text.trimStart().startsWith('{');
  return tryParseJson(piece) !== undefined || tryParseJson(text + piece) === undefined;
}

/** Returns what a piece adds to the arguments. A whole object may repeat them with other white space. */
function getContinuation(text: string, piece: string): string {
  if (text === '' || !piece.startsWith('{') || !isRecord(tryParseJson(piece))) return piece;
  const known = squeeze(text);
  if (!squeeze(piece).startsWith(known)) return piece;
  let position = 0;
  for (let length = 0; length < known.length; position++)
    length += squeeze(piece.charAt(position)).length;
  return piece.slice(position);
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}

/** Returns true for an object that has all of another one, with texts that may have grown. */
function isExtended(before: string, after: string): boolean {
  const [old, grown] = [before.trim() === '' ? {} : tryParseJson(before), tryParseJson(after)];
  if (!isRecord(old) || !isRecord(grown)) return false;
  return Object.entries(old).every(([name, value]) => {
    const next = grown[name];
    return typeof value === 'string' && typeof next === 'string'
      ? next.startsWith(value)
      : JSON.stringify(value) === JSON.stringify(next);
  });
}

/** Returns the objects of arguments that are encoded several times, or that stand in a list, a code block or a sentence. */
function unwrapArguments(text: string): string[] {
  let inner = text;
  for (let count = 0; count < MAX_ENCODINGS; count++) {
    if (NOTHING.test(inner)) return ['{}'];
    const value = tryParseJson(inner);
    if (typeof value !== 'string') break;
    inner = value;
  }
  const list = tryParseJson(inner);
  if (Array.isArray(list))
    return list.length === 1 && isRecord(list[0]) ? [JSON.stringify(list[0])] : [text];
  const objects = splitObjects(inner.slice(Math.max(inner.indexOf('{'), 0)));
  return objects.length > 0 ? objects : [text];
}

function normalize(json: string): string {
  return JSON.stringify(parseLenientJson(json) ?? json);
}
