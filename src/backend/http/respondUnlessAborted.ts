/**
 * Resolves with the response, or rejects with the reason of `request.signal` as `fetch` does. Hono does not handle
 * `request.signal`. Event streams end with an error when the signal aborts. Work that was started is not cancelled.
 */
export async function respondUnlessAborted(
  request: Request,
  respond: () => Promise<Response>,
): Promise<Response> {
  const { signal } = request;
  signal.throwIfAborted();
  const responding = respond();
  let onAbort = () => {};
  const aborted = new Promise<undefined>((resolve) => {
    onAbort = () => resolve(undefined);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    const response = await Promise.race([responding, aborted]);
    if (response === undefined) {
      // Releases the source of the body, because the caller never receives it.
      void responding.then(({ body }) => body?.cancel());
      throw signal.reason;
    }
    if (response.body === null || !isEventStream(response)) return response;
    return new Response(response.body.pipeThrough(new TransformStream(), { signal }), response);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function isEventStream(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('text/event-stream') === true;
}
