/**
 * Response header with the extensions of the API that a server has, separated by commas:
 *
 * - `idempotency-key`: a POST with an Idempotency-Key is executed once.
 * - `list-threads`: `GET /threads` lists the threads.
 * - `run-events`: the frames of event streams have ids, and getRun with `stream=true&starting_after=ID` continues a stream.
 *   Without `starting_after`, the stream starts with the events since the last tool outputs.
 * - `usage`: `GET /usage` lists the tokens of the caller by day.
 * - `reasoning`: run steps have reasoning, and a stream whose request has `REASONING_ACCEPT` shows it as it grows.
 */
export const EXTENSIONS_HEADER = 'x-assistants-extensions';

/**
 * Media type in the `accept` header of a request for a stream with reasoning. Some clients fail at events that they do
 * not know, so the others have to ask. A header for that would need the permission of a server of another origin.
 */
export const REASONING_ACCEPT = 'text/event-stream;extensions=reasoning';

/** Returns true if a request asks for a stream with reasoning. */
export function acceptsReasoning(headers: Headers): boolean {
  return /text\/event-stream\s*;[^,]*\bextensions=reasoning\b/i.test(headers.get('accept') ?? '');
}

/** Returns true if the response of a server announces the extension `run-events`. */
export function canRejoin(headers: Headers): boolean {
  return headers.get(EXTENSIONS_HEADER)?.includes('run-events') === true;
}
