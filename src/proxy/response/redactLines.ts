import type { Redactor } from '../../common/createRedactor.js';

/** Longer lines that are not part of an event are not searched for the shapes of keys, but left out. */
const MAX_LENGTH = 2_000;

/** A line without `data:`. Other separators of lines, such as U+2028, may be part of the data. */
const OTHER_LINE = /(?<![^\r\n])(?!data:)[^\r\n]+/g;

/**
 * Returns the text of an event stream without secrets in what is not the data of an event: comments, names and ids, and
 * lines of other forms, such as `error: {…}`, which clients ignore but callers can read.
 */
export function redactLines(text: string, redact: Redactor): string {
  return text.replace(OTHER_LINE, (line) => {
    const known = redact.removeSecrets(line);
    if (/^(?:data|event|id|retry)(?::|$)/.test(line)) return known;
    // Padding, which some servers send so that a buffer passes the stream on.
    if (!/[A-Za-z0-9]/.test(line)) return line;
    return line.length > MAX_LENGTH ? ':' : redact(known);
  });
}
