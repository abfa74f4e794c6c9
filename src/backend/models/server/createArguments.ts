import { tryParseJson } from '../../../common/tryParseJson.js';

/** Arguments of a function call that arrive in pieces. */
export interface CallArguments {
  /** Adds a piece and returns the text to emit. */
  add(piece: string): string;
  /** Returns the text that was held back. Call it at the end of the answer. */
  flush(): string;
  /** Returns all arguments so far. */
  getText(): string;
  /** Returns true if the arguments are a complete object or list. */
  isComplete(): boolean;
}

/**
 * Joins the pieces of arguments to one JSON value. Servers send `{}` before the real arguments, repeat everything so far in each
 * piece, send all arguments again at the end, or encode them twice. `{}` is held back, because it may be such a placeholder, and so
 * is everything that is not an object.
 */
export function createArguments(): CallArguments {
  let text = '';
  let emittedLength = 0;
  let nesting = createNesting();

  function replace(piece: string): void {
    text = piece;
    nesting = createNesting();
    nesting.add(piece);
  }

  function append(piece: string): void {
    text += piece;
    nesting.add(piece);
  }

  function takeUnemitted(): string {
    const rest = text.slice(emittedLength);
    emittedLength = text.length;
    return rest;
  }

  return {
    add(piece) {
      const isPlaceholder = /^\s*(?:\{\s*\}\s*)?$/.test(text);
      if (piece.trim() === '' && isPlaceholder) return '';
      // Only what was not emitted can be replaced.
      const canReplace = piece.startsWith(text.slice(0, emittedLength));
      if (isPlaceholder && text !== '') {
        if (canReplace && piece.trimStart().startsWith('{')) replace(piece);
      } else if (nesting.isComplete()) {
        // The server repeats the arguments.
      } else if (text !== '' && piece.length > text.length && piece.startsWith(text)) {
        // No JSON value starts with its own beginning twice, apart from lists in lists and objects with equal keys.
        replace(piece);
      } else {
        append(piece);
      }
      return /^\s*(?:\{\s*\}\s*$|[^{\s]|$)/.test(text) ? '' : takeUnemitted();
    },
    flush() {
      if (emittedLength === 0) text = unwrapArguments(text);
      return takeUnemitted();
    },
    getText: () => text,
    isComplete: () => nesting.isComplete(),
  };
}

/** Ways to write that there are no arguments. */
const NOTHING = /^\s*(?:null|none|undefined|""|\[\s*\])\s*$/i;
const MAX_ENCODINGS = 3;

/** Returns the object of arguments that are encoded several times, or that stand in a code block. Returns others unchanged. */
function unwrapArguments(text: string): string {
  if (NOTHING.test(text)) return '{}';
  const [, block = text] = /^\s*```\w*\s*(\{.*\})\s*```\s*$/s.exec(text) ?? [];
  let inner = block;
  for (let count = 0; count < MAX_ENCODINGS; count++) {
    const value = tryParseJson(inner);
    if (typeof value !== 'string') break;
    if (NOTHING.test(value)) return '{}';
    if (value.trimStart().startsWith('{')) return value;
    inner = value;
  }
  return block;
}

/** Creates a counter of open brackets, which tells if a text is a complete object or list. */
function createNesting() {
  let depth = 0;
  let hasStarted = false;
  let isInString = false;
  let isEscaped = false;

  function addOutside(character: string): void {
    if (character === '"') isInString = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      hasStarted = true;
    } else if (character === '}' || character === ']') depth -= 1;
  }

  function addInside(character: string): void {
    if (isEscaped) isEscaped = false;
    else if (character === '\\') isEscaped = true;
    else if (character === '"') isInString = false;
  }

  return {
    add(text: string): void {
      for (const character of text) {
        if (isInString) addInside(character);
        else addOutside(character);
      }
    },
    isComplete: () => hasStarted && depth <= 0 && !isInString,
  };
}
