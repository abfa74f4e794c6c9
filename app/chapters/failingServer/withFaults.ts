/** Faults of a bad connection. */
export interface Faults {
  delayMs: number;
  /** Answers every second request with status 500. */
  failsOften: boolean;
  /** Cuts event streams after some text. */
  cutsStreams: boolean;
  isOffline: boolean;
}

type Send = (request: Request) => Promise<Response>;

const CUT_AFTER_CHUNKS = 12;

/** Injects faults into the requests of a client. Reads the faults for each request, so they can change meanwhile. */
export function withFaults(send: Send, faults: Readonly<Faults>): Send {
  let requestCount = 0;
  return async (request) => {
    if (faults.isOffline) throw new TypeError('Failed to fetch');
    if (faults.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, faults.delayMs));
    requestCount += 1;
    if (faults.failsOften && requestCount % 2 === 0) {
      return Response.json({ error: { message: 'The server had an error.' } }, { status: 500 });
    }
    const response = await send(request);
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
    return isStream && response.body !== null && faults.cutsStreams
      ? new Response(cut(response.body), response)
      : response;
  };
}

function cut(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  let chunkCount = 0;
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        chunkCount += 1;
        if (chunkCount > CUT_AFTER_CHUNKS) controller.error(new TypeError('The connection broke.'));
        else controller.enqueue(chunk);
      },
    }),
  );
}
