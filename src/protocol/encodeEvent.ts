/**
 * Encodes a server-sent event with the given name and, optionally, its id. A string is sent as it is, except that every line break arrives as
 * LF. Other data is sent as JSON.
 */
export function encodeEvent(event: string, data: unknown, id?: number): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  const idLine = id === undefined ? '' : `id: ${id}\n`;
  return `event: ${event}\n${idLine}${encodeLines('data', text)}\n`;
}

/** Encodes a comment. Readers ignore it, but it keeps an idle connection open. */
export function encodeComment(text: string): string {
  return `${encodeLines('', text)}\n`;
}

/** Encodes each line as a field of its own. A CR or LF inside a field would let the text start other fields. */
function encodeLines(field: string, text: string): string {
  return text
    .split(/\r\n?|\n/)
    .map((line) => `${field}: ${line}\n`)
    .join('');
}
