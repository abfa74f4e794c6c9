import { isId } from '../protocol/isId.js';
import { readEvents } from '../common/readEvents.js';
import type { OperationId } from '../protocol/types.js';
import { createBadGateway } from './errorResponses.js';

/** How many bytes of a response are buffered at most until the thread id is known. */
const MAX_BUFFERED_BYTES = 256 * 1024;

/**
 * Reports the thread that a response of createThread or createThreadAndRun has created, before the first byte is sent to the
 * caller. The response is an object or an event stream. Other responses are returned unchanged.
 */
export async function notifyThreadCreated(
  response: Response,
  operation: OperationId,
  onThreadCreated: (threadId: string) => void | Promise<void>,
): Promise<Response> {
  if (
    response.body === null ||
    (operation !== 'createThread' && operation !== 'createThreadAndRun')
  )
    return response;
  const isStream = response.headers.get('content-type') === 'text/event-stream';
  const reader = response.body.getReader();
  const buffered: Uint8Array<ArrayBuffer>[] = [];
  let object: unknown;
  let length = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    buffered.push(Uint8Array.from(read.value));
    length += read.value.length;
    if (isStream) object = await readThread(buffered);
    if (object !== undefined || length > MAX_BUFFERED_BYTES) break;
  }
  if (!isStream) object = parseJson(await new Blob(buffered).text());

  const threadId = getField(object, operation === 'createThread' || isStream ? 'id' : 'thread_id');
  if (!isId(threadId)) {
    await reader.cancel();
    return createBadGateway('The upstream server sent a response without a thread.');
  }
  await onThreadCreated(threadId);
  return new Response(resumeStream(buffered, reader), response);
}

/** Returns the thread of the first event. Undefined until that event is complete, null if it is another event. */
async function readThread(buffered: Uint8Array<ArrayBuffer>[]): Promise<unknown> {
  for await (const { event, data } of readEvents(new Blob(buffered).stream())) {
    return event === 'thread.created' ? parseJson(data) : null;
  }
  return undefined;
}

/** Returns a stream of the buffered chunks, followed by the rest. */
function resumeStream(
  buffered: Uint8Array<ArrayBuffer>[],
  reader: ReadableStreamDefaultReader<Uint8Array>,
): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const chunk = buffered.shift();
      if (chunk !== undefined) return controller.enqueue(chunk);
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function getField(value: unknown, name: 'id' | 'thread_id'): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? Reflect.get(value, name)
    : undefined;
}
