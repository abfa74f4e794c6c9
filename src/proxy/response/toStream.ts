import type { Deadline } from '../createDeadline.js';

/** Creates a stream of the chunks of a generator. A caller that cancels it ends the upstream request. */
export function toStream(
  chunks: AsyncGenerator<Uint8Array, void, void>,
  deadline: Deadline,
  onError: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await chunks.next();
          if (done === true) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          deadline.abort();
          onError(error);
          controller.error(error);
        }
      },
      async cancel() {
        // Ends a read that is waiting, so that the generator can return.
        deadline.abort();
        await chunks.return();
      },
    },
    // Nothing is read before the caller wants it.
    { highWaterMark: 0 },
  );
}
