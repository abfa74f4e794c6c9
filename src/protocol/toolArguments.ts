/** The arguments of a call, read; or why they cannot be what the model meant. */
export type ParsedArguments =
  { value: unknown } | { problem: 'malformed' | 'duplicate-key' | 'reserved-key'; detail: string };

/**
 * Reads the arguments of a function call. No text at all is an object without fields, which is how models write it.
 * Refused are text that is no JSON, an object that names a field twice, of which readers see one or the other, and the
 * field `__proto__`, which is none to whoever copies the object. Never throws.
 */
export function parseArguments(text: string): ParsedArguments {
  if (text.trim() === '') return { value: {} };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problem: 'malformed', detail: error instanceof Error ? error.message : String(error) };
  }
  // The keys of the objects around, from the outermost; undefined for a list.
  const around: (Set<string> | undefined)[] = [];
  for (const [token, name, colon] of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/g)) {
    if (token === '{') around.push(new Set());
    else if (token === '[') around.push(undefined);
    else if (name === undefined) around.pop();
    else if (colon !== undefined) {
      const key = String(JSON.parse(name));
      if (key === '__proto__') return { problem: 'reserved-key', detail: key };
      if (around.at(-1)?.has(key)) return { problem: 'duplicate-key', detail: key };
      around.at(-1)?.add(key);
    }
  }
  return { value };
}

/**
 * What can be read of JSON that is still being written: what has begun is closed, a half key or word is left out.
 * Undefined where there is nothing yet, or where it is no JSON.
 */
export function parsePartialJson(text: string): unknown {
  const closers: string[] = [];
  // Where the text could be cut, and how it would be closed there: after each value that is complete.
  let cut = 0;
  let quote = '';
  let isKey = false;
  for (const { 0: token, index } of text.matchAll(
    /"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s{}[\],:"]+/gs,
  )) {
    const end = index + token.length;
    const isText = token.startsWith('"');
    if (token === '{' || token === '[') closers.push(token === '{' ? '}' : ']');
    else if (token === '}' || token === ']') closers.pop();
    if (token === '{' || token === ',') isKey = closers.at(-1) === '}';
    else if (token === ':') isKey = false;
    if (token === ',' || token === ':' || (isKey && isText)) continue;
    const isOpen = isText && (token.length === 1 || !/(?:^|[^\\])(?:\\\\)*"$/.test(token.slice(1)));
    // A number or a word at the end may still go on, and a text may end within an escape.
    if (
      !isText &&
      end === text.length &&
      !/[{}[\]]/.test(token) &&
      !/^(?:true|false|null|-?\d+)$/.test(token)
    )
      continue;
    cut = end;
    quote = isOpen ? '"' : '';
    if (isOpen) {
      const escape = /(?:^|[^\\])(?:\\\\)*(\\(?:u[\dA-Fa-f]{0,3})?)$/.exec(token)?.[1] ?? '';
      cut -= escape.length;
    }
  }
  try {
    // What follows the cut opens and closes nothing.
    return cut === 0
      ? undefined
      : JSON.parse(text.slice(0, cut) + quote + closers.toReversed().join(''));
  } catch {
    return undefined;
  }
}
