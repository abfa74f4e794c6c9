import { readErrorBody } from '../../client/createResponseError.js';
import { AssistantsError } from '../../client/AssistantsError.js';
import { normalizeEvent } from '../../client/normalize.js';
import { parseJson } from '../../client/readResponse.js';
import { EventStreamError, readEvents } from '../../common/readEvents.js';
import type { AssistantStreamEvent, Run } from '../../protocol/types.js';

/** Options for `readRun`. */
export interface ReadRunOptions {
  /** Silence in milliseconds after which the stream counts as broken. Keep-alive comments reset it. @default 60_000 */
  idleTimeoutMs?: number;
  /** Ids of the request that opened the stream, for servers that leave them out of their events. */
  ids?: StreamIds;
}

/** Ids that belong to all objects of a stream. */
export interface StreamIds {
  threadId?: string | undefined;
  runId?: string;
  assistantId?: string;
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
  { idleTimeoutMs = 60_000, ids = {} }: ReadRunOptions = {},
): AsyncGenerator<AssistantStreamEvent, void, void> {
  if (!response.body) return;
  let knownIds = ids;
  try {
    for await (const { event, data } of readEvents(response.body, { idleTimeoutMs })) {
      if (event === 'done' || data === '[DONE]') return;
      const parsed = parseData(event, data);
      if (event === 'error') {
        const { message = 'The server reported an error without a message.', ...fields } =
          readErrorBody(parsed);
        throw new AssistantsError('stream', message, fields);
      }
      const result = normalizeEvent(event, parsed, knownIds);
      const normalized = result instanceof Promise ? await result : result;
      knownIds = getKnownIds(normalized) ?? knownIds;
      yield normalized;
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

/** Returns the ids of the run that an event carries. Undefined for other events. */
function getKnownIds({ event, data }: AssistantStreamEvent): StreamIds | undefined {
  if (!event.startsWith('thread.run.') || event.startsWith('thread.run.step.')) return undefined;
  // `normalizeEvent` has checked that it is a run, unless it is null.
  const run = data as Run | null;
  return run
    ? { threadId: run.thread_id, runId: run.id, assistantId: run.assistant_id }
    : undefined;
}

function parseData(event: string, data: string): unknown {
  const value = parseJson(data);
  if (value !== undefined) return value;
  // The text is not included in the message: it may be private.
  const message = `The data of the event '${event.slice(0, 80)}' is not valid JSON.`;
  throw new AssistantsError('stream', message, { retryable: true });
}
