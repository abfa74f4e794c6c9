import { readErrorBody } from '../../client/createResponseError.js';
import { AssistantsError } from '../../client/AssistantsError.js';
import { EventStreamError, readEvents } from '../../common/readEvents.js';
import type { AssistantStreamEvent } from '../../protocol/types.js';

export interface ReadRunOptions {
  /** Silence after which the stream counts as cut; keep-alive comments break it. @default 60,000 */
  idleTimeoutMs?: number;
}

/**
 * The events of a run's stream, as they arrive and until `done`. An event that nobody knows is passed on like any other.
 * Returns quietly when the stream ends without `done`: whether the run has ended is for the caller to see.
 *
 * @throws AssistantsError of kind 'stream' when the connection breaks or goes silent, when an event is no JSON, or when the
 * server reports an error
 */
export async function* readRun(
  response: Response,
  { idleTimeoutMs = 60_000 }: ReadRunOptions = {},
): AsyncGenerator<AssistantStreamEvent, void, void> {
  if (!response.body) return;
  try {
    for await (const { event, data } of readEvents(response.body, { idleTimeoutMs })) {
      if (event === 'done' || data === '[DONE]') return;
      const parsed = parse(event, data);
      if (event === 'error') {
        const { message = 'The server reported an error without a word.', ...fields } =
          readErrorBody(parsed);
        throw new AssistantsError('stream', message, fields);
      }
      // The contract vouches for the shapes we know; the reducer checks what it takes from the others.
      yield { event, data: parsed } as AssistantStreamEvent;
    }
  } catch (error) {
    if (error instanceof AssistantsError) throw error;
    const what = error instanceof EventStreamError ? error.message : 'The event stream broke off.';
    throw new AssistantsError('stream', what, { cause: error, retryable: true });
  }
}

function parse(event: string, data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    // The parser's own message quotes the text, which may be anybody's secret.
    throw new AssistantsError(
      'stream',
      `The event '${event.slice(0, 80)}' of the stream holds no JSON.`,
      { retryable: true },
    );
  }
}
