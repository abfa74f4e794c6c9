import { AssistantsError } from '../../client/AssistantsError.js';
import { createReportedError } from '../../client/createResponseError.js';
import { normalizeEvent } from '../../client/normalize.js';
import { parseJson } from '../../client/readResponse.js';
import { isRecord } from '../../common/isRecord.js';
import { EventStreamError, readEvents, type ServerSentEvent } from '../../common/readEvents.js';
import type { AssistantStreamEvent, Run } from '../../protocol/types.js';

/** Event of a run's stream. Servers whose streams can be continued give it an id. */
export type ReceivedEvent = AssistantStreamEvent & { id?: string };

/** Options for `readRun`. */
export interface ReadRunOptions {
  /** Silence in milliseconds after which the stream counts as broken. Keep-alive comments reset it. @default 60_000 */
  idleTimeoutMs?: number;
  /** Ends the stream when it aborts, as if the server had ended it. */
  signal?: AbortSignal | undefined;
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
 * Yields the events of a run's stream as they arrive, up to `done`, in any framing that servers use. Unknown events are
 * included. Also returns if the stream ends without `done`, so the caller has to check if the run has settled.
 *
 * @throws AssistantsError of kind 'stream' if the connection breaks or is silent, if an event is not JSON, or if the server
 * reports an error.
 */
export async function* readRun(
  response: Response,
  { idleTimeoutMs = 60_000, signal, ids = {} }: ReadRunOptions = {},
): AsyncGenerator<ReceivedEvent, void, void> {
  if (!response.body) return;
  let knownIds = ids;
  try {
    for await (const frame of readEvents(response.body, { idleTimeoutMs, signal })) {
      const { event, data } = readFrame(frame);
      if (event === 'done' || END.test(frame.data)) return;
      if (event === undefined) continue;
      if (event === 'error') throw await createReportedError(data);
      const result = normalizeEvent(event, data, knownIds);
      const normalized = result instanceof Promise ? await result : result;
      knownIds = getKnownIds(normalized) ?? knownIds;
      yield frame.id === undefined ? normalized : { ...normalized, id: frame.id };
    }
  } catch (error) {
    throw toStreamError(error);
  }
}

/** Data of the last frame. */
const END = /^\s*"?\[DONE\]"?\s*$/;

function toStreamError(error: unknown): AssistantsError {
  if (error instanceof AssistantsError) return error;
  const message =
    error instanceof EventStreamError
      ? error.message
      : 'The connection broke before the event stream ended.';
  return new AssistantsError('stream', message, { cause: error, retryable: true });
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

/** Name and data of an event. Without a name, the frame carries no event: it only keeps the connection open. */
interface StreamFrame {
  event: string | undefined;
  data?: unknown;
}

/**
 * Reads a frame of an event stream. Some servers send the event as `{"event", "data"}`, or only its object, which names itself.
 * Most of these send no `event:` line.
 */
function readFrame({ event, data: text }: ServerSentEvent): StreamFrame {
  const data = parseJson(text);
  if (event === 'message') return isRecord(data) ? readUnnamedFrame(data) : { event: undefined };
  if (isRecord(data) && data['event'] === event && 'data' in data) return readUnnamedFrame(data);
  if (data !== undefined || event === 'error') return { event, data: data ?? text };
  if (!event.startsWith('thread.')) return { event: event === 'done' ? event : undefined };
  // The text is not included in the message: it may be private.
  const message = `The data of the event '${event.slice(0, 80)}' is not valid JSON.`;
  throw new AssistantsError('stream', message, { retryable: true });
}

function readUnnamedFrame(data: Record<string, unknown>): StreamFrame {
  const { event, object, status, error } = data;
  if (typeof event === 'string') return { event, data: data['data'] };
  if (typeof object === 'string' && object.startsWith('thread')) {
    if (object.endsWith('.delta')) return { event: object, data };
    const change = typeof status === 'string' ? status : 'created';
    return { event: `${object}.${change}`, data };
  }
  return error === undefined ? { event: undefined } : { event: 'error', data };
}
