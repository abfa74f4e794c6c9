import { type Model, ModelError, type ModelEvent, type ModelRequest } from './Model.js';

/**
 * Wraps a model so that all of its answers fail immediately when the signal aborts, even if the model ignores the signal of
 * the request.
 */
export function withAbort(model: Model, signal: AbortSignal): Model {
  const onAbortCallbacks = new Set<() => void>();
  // One listener for all answers: Node warns of a leak when a signal has more than ten listeners.
  signal.addEventListener('abort', () => {
    for (const onAbort of onAbortCallbacks) onAbort();
  });
  return {
    ...(model.builtInTools && { builtInTools: model.builtInTools }),
    respond: (request) => respond(model, request, { signal, onAbortCallbacks }),
    listModels: async (requestSignal) => (await model.listModels?.(requestSignal)) ?? [],
  };
}

async function* respond(
  model: Model,
  request: ModelRequest,
  { signal, onAbortCallbacks }: { signal: AbortSignal; onAbortCallbacks: Set<() => void> },
): AsyncGenerator<ModelEvent, void, void> {
  // Not AbortSignal.any, which would keep every answer in memory as long as the server runs.
  const controller = new AbortController();
  const onRequestAbort = () => controller.abort(request.signal.reason);
  let rejectNext: ((error: ModelError) => void) | undefined;
  const onAbort = () => {
    const error = new ModelError(
      'server_error',
      'The server was stopped while the answer was being written.',
    );
    rejectNext?.(error);
    controller.abort(error);
  };
  request.signal.addEventListener('abort', onRequestAbort);
  onAbortCallbacks.add(onAbort);
  if (request.signal.aborted) onRequestAbort();
  const iterator = model.respond({ ...request, signal: controller.signal })[Symbol.asyncIterator]();
  try {
    while (true) {
      const next = await new Promise<IteratorResult<ModelEvent>>((resolve, reject) => {
        rejectNext = reject;
        if (signal.aborted) onAbort();
        iterator.next().then(resolve, reject);
      });
      if (next.done) return;
      yield next.value;
    }
  } finally {
    request.signal.removeEventListener('abort', onRequestAbort);
    onAbortCallbacks.delete(onAbort);
    // Not awaited, because a model that ignores its signal would block the run.
    iterator.return?.().catch(() => undefined);
  }
}
