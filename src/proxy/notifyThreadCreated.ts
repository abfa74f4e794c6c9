import { isId } from '../protocol/ids.js';
import { readEvents } from '../common/readEvents.js';
import type { OperationId } from '../protocol/types.js';
import { badGateway } from './refusals.js';

/** How much of a stream is held back at most until its first event, the thread, is whole. */
const MAX_HELD_BYTES = 256 * 1024;

/**
 * Tells of the thread that an answer makes, before a byte of the answer goes out: of createThread, and of createThreadAndRun
 * whether it answers an object or a stream. Other answers pass.
 */
export async function notifyThreadCreated(
  response: Response,
  operation: OperationId,
  tell: (threadId: string) => void | Promise<void>,
): Promise<Response> {
  if (
    response.body === null ||
    (operation !== 'createThread' && operation !== 'createThreadAndRun')
  )
    return response;
  const streams = response.headers.get('content-type') === 'text/event-stream';
  const reader = response.body.getReader();
  const held: Uint8Array<ArrayBuffer>[] = [];
  let object: unknown;
  let length = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    held.push(Uint8Array.from(read.value));
    length += read.value.length;
    if (streams) object = await threadIn(held);
    if (object !== undefined || length > MAX_HELD_BYTES) break;
  }
  if (!streams) object = parsed(await new Blob(held).text());

  const threadId = fieldOf(object, operation === 'createThread' || streams ? 'id' : 'thread_id');
  if (!isId(threadId)) {
    await reader.cancel();
    return badGateway('The server behind this proxy answered no thread.');
  }
  await tell(threadId);
  return new Response(resumed(held, reader), response);
}

/** The thread of the first event, once that is whole. */
async function threadIn(held: Uint8Array<ArrayBuffer>[]): Promise<unknown> {
  for await (const { event, data } of readEvents(new Blob(held).stream())) {
    return event === 'thread.created' ? parsed(data) : null;
  }
  return undefined;
}

/** What was read, then what is still to come. */
function resumed(
  held: Uint8Array<ArrayBuffer>[],
  reader: ReadableStreamDefaultReader<Uint8Array>,
): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const chunk = held.shift();
      if (chunk !== undefined) return controller.enqueue(chunk);
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function fieldOf(value: unknown, name: 'id' | 'thread_id'): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? Reflect.get(value, name)
    : undefined;
}
