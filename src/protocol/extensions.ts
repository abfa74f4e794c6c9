/**
 * Response header with the extensions of the API that a server has, separated by commas:
 *
 * - `idempotency-key`: a POST with an Idempotency-Key is executed once.
 * - `list-threads`: `GET /threads` lists the threads.
 * - `run-events`: the frames of event streams have ids, and getRun with `stream=true&starting_after=ID` continues a stream.
 */
export const EXTENSIONS_HEADER = 'x-assistants-extensions';

/** Returns true if the response of a server announces the extension `run-events`. */
export function canRejoin(headers: Headers): boolean {
  return headers.get(EXTENSIONS_HEADER)?.includes('run-events') === true;
}
