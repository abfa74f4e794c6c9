/** Limits for a JSON text. */
export interface JsonLimits {
  /** Nesting of objects and lists. */
  depth: number;
  /** Values of all kinds, together with the names of properties. */
  values: number;
}

/**
 * Counts the nesting and the values of a JSON text without parsing it, in one pass and constant memory. Returns the first limit
 * that the text exceeds, or undefined. Texts that are not JSON are counted in the same way.
 */
export function measureJson(text: string, limits: JsonLimits): keyof JsonLimits | undefined {
  let depth = 0;
  let separators = 0;
  for (let index = 0; index < text.length; index++) {
    switch (text.charCodeAt(index)) {
      case QUOTE:
        index = findStringEnd(text, index);
        break;
      case OPEN_BRACKET:
      case OPEN_BRACE:
        depth += 1;
        separators += 1;
        if (depth > limits.depth) return 'depth';
        break;
      case CLOSE_BRACKET:
      case CLOSE_BRACE:
        depth -= 1;
        break;
      case COMMA:
      case COLON:
        separators += 1;
        break;
    }
    if (separators > limits.values) return 'values';
  }
  return undefined;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Returns the position of the quote that ends a string, or the end of the text. */
function findStringEnd(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) return index;
    if (code === BACKSLASH) index += 1;
  }
  return text.length;
}
