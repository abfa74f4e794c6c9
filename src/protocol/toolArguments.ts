/** A reason why arguments are not used: they are malformed, or parsers would read them in different ways. */
export type ArgumentsProblem = 'malformed' | 'duplicate-key' | 'reserved-key';

/** Result of parsing the arguments of a function call. */
export type ParsedArguments =
  | { value: unknown }
  | {
      problem: ArgumentsProblem;
      detail: string;
      /** Start and end of the faulty place, in UTF-16 units. Undefined if the runtime does not tell it. */
      range?: readonly [start: number, end: number] | undefined;
    };

/**
 * Parses the arguments of a function call. An empty text gives an empty object: models write it for functions without
 * parameters. Rejects malformed JSON, objects that name a key twice, of which parsers read one or the other, and the key
 * `__proto__`, which changes the prototype when the object is copied. Never throws.
 */
export function parseArguments(text: string): ParsedArguments {
  if (text.trim() === '') return { value: {} };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { problem: 'malformed', detail, range: findErrorRange(text, detail) };
  }
  return findAmbiguousKey(text) ?? { value };
}

/** Returns the place that the message of `JSON.parse` names: a position in Chrome, a line and a column in Firefox. */
function findErrorRange(text: string, message: string): readonly [number, number] | undefined {
  const [, position] = /at position (\d+)/.exec(message) ?? [];
  const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? [];
  if (position !== undefined) return [Number(position), Number(position) + 1];
  if (line === undefined) return /end/i.test(message) ? [text.length, text.length] : undefined;
  const before = text.split('\n').slice(0, Number(line) - 1);
  const start = before.reduce((length, part) => length + part.length + 1, Number(column) - 1);
  return [start, start + 1];
}

/** Returns the first duplicate or reserved key of a valid JSON text. */
function findAmbiguousKey(
  text: string,
): Extract<ParsedArguments, { problem: unknown }> | undefined {
  /** Keys of the objects that enclose the current position, outermost first. Undefined for an array. */
  const enclosing: (Set<string> | undefined)[] = [];
  for (const { 0: token, 1: string, 2: colon, index } of text.matchAll(
    /("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/g,
  )) {
    if (token === '{') enclosing.push(new Set());
    else if (token === '[') enclosing.push(undefined);
    else if (string === undefined) enclosing.pop();
    else if (colon !== undefined) {
      const key = String(JSON.parse(string));
      const keys = enclosing.at(-1);
      const found = { detail: key, range: [index, index + string.length] as const };
      if (key === '__proto__') return { problem: 'reserved-key', ...found };
      if (keys?.has(key)) return { problem: 'duplicate-key', ...found };
      keys?.add(key);
    }
  }
  return undefined;
}

/** A string, which may be unterminated at the end of the text; a bracket, comma or colon; or a number or word. */
const TOKEN = /"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s{}[\],:"]+/gs;
const BRACKET = /^[{}[\]]$/;

/**
 * Parses JSON that is still being written: closes the strings, arrays and objects that are open, and leaves out an incomplete
 * key, number or word. Returns undefined before the first value has begun, and if the text is not JSON.
 */
export function parsePartialJson(text: string): unknown {
  const closers: string[] = [];
  /** End of the last complete value, or of a string that is still being written. */
  let end = 0;
  let quote = '';
  let isKey = false;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    updateClosers(closers, token);
    isKey = isBeforeKey(token, closers, isKey);
    const isString = token.startsWith('"');
    if (token === ',' || token === ':' || (isKey && isString)) continue;
    const tokenEnd = index + token.length;
    if (isString) {
      const isOpen = isUnterminated(token);
      end = isOpen ? tokenEnd - getPartialEscape(token).length : tokenEnd;
      quote = isOpen ? '"' : '';
    } else if (BRACKET.test(token) || tokenEnd < text.length || isCompleteScalar(token)) {
      end = tokenEnd;
      quote = '';
    }
  }
  if (end === 0) return undefined;
  try {
    // Tokens after `end` are commas, colons, keys and scalars, which do not change the closers.
    return JSON.parse(text.slice(0, end) + quote + closers.toReversed().join(''));
  } catch {
    return undefined;
  }
}

/** Returns true if a string after this token is a key of an object. */
function isBeforeKey(token: string, closers: readonly string[], wasBeforeKey: boolean): boolean {
  if (token === '{' || token === ',') return closers.at(-1) === '}';
  return token === ':' ? false : wasBeforeKey;
}

/** Adds the closing bracket for an opening one. Removes it when it is read. */
function updateClosers(closers: string[], token: string): void {
  if (token === '{') closers.push('}');
  else if (token === '[') closers.push(']');
  else if (token === '}' || token === ']') closers.pop();
}

/** Returns true for a string token without a closing quote: the last quote is missing, opens the string, or is escaped. */
function isUnterminated(token: string): boolean {
  return token.length === 1 || !/(?:^|[^\\])(?:\\\\)*"$/.test(token.slice(1));
}

/** Returns the incomplete escape sequence at the end of a string, such as `\` or `\u00`. */
function getPartialEscape(token: string): string {
  return /(?:^|[^\\])(?:\\\\)*(\\(?:u[\dA-Fa-f]{0,3})?)$/.exec(token)?.[1] ?? '';
}

/** Returns true for a number or word that is a value already, even if more digits may follow. */
function isCompleteScalar(token: string): boolean {
  return /^(?:true|false|null|-?\d+)$/.test(token);
}
