import type { Model } from '../../models/Model.js';

/**
 * Returns a model that measures the time to its first event.
 *
 * @param onFirstEvent Called with the time in seconds.
 */
export function observeModel(model: Model, onFirstEvent: (seconds: number) => void): Model {
  return {
    ...model,
    async *respond(request) {
      const startedAt = performance.now();
      let isFirst = true;
      for await (const event of model.respond(request)) {
        if (isFirst) onFirstEvent((performance.now() - startedAt) / 1000);
        isFirst = false;
        yield event;
      }
    },
  };
}
