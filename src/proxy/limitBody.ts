/** The body of a request, with a limit on its size. */
export interface LimitedBody {
  stream: ReadableStream<Uint8Array> | undefined;
  /** Tells if the stream was ended because the body exceeds the limit. */
  isTooLarge: () => boolean;
}

/** Ends the body with an error once it exceeds the limit, even if its Content-Length is smaller. */
export function limitBody(request: Request, limitBytes: number): LimitedBody {
  let length = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      length += chunk.length;
      if (length > limitBytes) controller.error(new Error('The request body is too large.'));
      else controller.enqueue(chunk);
    },
  });
  return { stream: request.body?.pipeThrough(counter), isTooLarge: () => length > limitBytes };
}
