import { type Model, ModelError, type ModelEvent, type ModelRequest } from './model.js';

/** A model whose answers all fail at once when the signal is aborted, whether the model heeds it or not. */
export function withAbort(model: Model, signal: AbortSignal): Model {
  const stops = new Set<() => void>();
  // One listener for all answers: Node takes more than ten of them on one signal for a leak.
  signal.addEventListener('abort', () => {
    for (const stop of stops) stop();
  });
  return { respond: (request) => respond(model, request, { signal, stops }) };
}

async function* respond(
  model: Model,
  request: ModelRequest,
  { signal, stops }: { signal: AbortSignal; stops: Set<() => void> },
): AsyncGenerator<ModelEvent, void, void> {
  // AbortSignal.any would hold on to every answer as long as the server lives.
  const controller = new AbortController();
  const forward = () => controller.abort(request.signal.reason);
  let fail: ((error: ModelError) => void) | undefined;
  const stop = () => {
    const error = new ModelError(
      'server_error',
      'The server was stopped while the answer was being written.',
    );
    fail?.(error);
    controller.abort(error);
  };
  request.signal.addEventListener('abort', forward);
  stops.add(stop);
  if (request.signal.aborted) forward();
  const iterator = model.respond({ ...request, signal: controller.signal })[Symbol.asyncIterator]();
  try {
    while (true) {
      const next = await new Promise<IteratorResult<ModelEvent>>((resolve, reject) => {
        fail = reject;
        if (signal.aborted) stop();
        iterator.next().then(resolve, reject);
      });
      if (next.done) return;
      yield next.value;
    }
  } finally {
    request.signal.removeEventListener('abort', forward);
    stops.delete(stop);
    // Not awaited: a model that waits for something else would keep the run waiting.
    iterator.return?.().catch(() => undefined);
  }
}
