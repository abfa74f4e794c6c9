/**
 * Encodes a server-sent event with the given name and, optionally, its id. A string is sent as it is, except that every line
 * break arrives as LF. Other data is sent as JSON.
 */
export function encodeEvent(event: string, data: unknown, id?: number): string {
  // JSON has no line breaks outside its escapes.
  const dataLines =
    typeof data === 'string' ? encodeLines('data', data) : `data: ${JSON.stringify(data)}\n`;
  const idLine = id === undefined ? '' : `id: ${id}\n`;
  return `event: ${event}\n${idLine}${dataLines}\n`;
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
