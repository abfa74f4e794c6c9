import { readErrorBody } from '../../client/createResponseError.js';
import { AssistantsError } from '../../client/AssistantsError.js';
import { EventStreamError, readEvents } from '../../common/readEvents.js';
import type { AssistantStreamEvent } from '../../protocol/types.js';

/** Options for `readRun`. */
export interface ReadRunOptions {
  /** Silence in milliseconds after which the stream counts as broken. Keep-alive comments reset it. @default 60_000 */
  idleTimeoutMs?: number;
}

/**
 * Yields the events of a run's stream as they arrive, up to `done`. Unknown events are included. Also returns if the stream
 * ends without `done`, so the caller has to check if the run has settled.
 *
 * @throws AssistantsError of kind 'stream' if the connection breaks or is silent, if an event is not JSON, or if the server
 * reports an error.
 */
export async function* readRun(
  response: Response,
  { idleTimeoutMs = 60_000 }: ReadRunOptions = {},
): AsyncGenerator<AssistantStreamEvent, void, void> {
  if (!response.body) return;
  try {
    for await (const { event, data } of readEvents(response.body, { idleTimeoutMs })) {
      if (event === 'done' || data === '[DONE]') return;
      const parsed = parseData(event, data);
      if (event === 'error') {
        const { message = 'The server reported an error without a message.', ...fields } =
          readErrorBody(parsed);
        throw new AssistantsError('stream', message, fields);
      }
      // `reduceRun` validates the fields that it reads, and ignores events that it does not know.
      yield { event, data: parsed } as AssistantStreamEvent;
    }
  } catch (error) {
    if (error instanceof AssistantsError) throw error;
    const message =
      error instanceof EventStreamError
        ? error.message
        : 'The connection broke before the event stream ended.';
    throw new AssistantsError('stream', message, { cause: error, retryable: true });
  }
}

function parseData(event: string, data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    // The message of the parser is not included: it quotes the text, which may be private.
    const message = `The data of the event '${event.slice(0, 80)}' is not valid JSON.`;
    throw new AssistantsError('stream', message, { retryable: true });
  }
}
