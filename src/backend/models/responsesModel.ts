import type { Model, ModelEvent, ModelRequest } from './model.js';
import { annotated } from './server/marks.js';
import { createModelServer, type ModelServerOptions } from './server/modelServer.js';
import { buildPrompt } from './server/prompt.js';
import { responsesBody } from './server/responsesBody.js';
import { responsesEvents } from './server/responsesEvents.js';
import { retried } from './server/retried.js';
import { cutShort, tokensLeft } from './server/settings.js';
import { toolSet } from './server/toolSet.js';

/**
 * A model behind `POST /responses`. Does what chatCompletionsModel does, for servers and models that have this operation
 * only; the server keeps nothing (`store: false`), since the thread is ours.
 */
export function responsesModel(options: ModelServerOptions): Model {
  const server = createModelServer(options);

  async function* answer(request: ModelRequest): AsyncGenerator<ModelEvent, void, void> {
    const items = await buildPrompt(request);
    if (items === undefined) return yield cutShort('max_prompt_tokens');
    const left = tokensLeft(request);
    if (left !== undefined && left <= 0) return yield cutShort('max_completion_tokens');
    const tools = toolSet(request);
    const body = responsesBody(request, { model: options.model ?? request.run.model, items, tools });
    const ask = () =>
      responsesEvents(server.ask('/responses', body, request.signal), tools.searchName, (text) => server.redact(text));
    yield* retried(ask, request.signal, options.retry);
  }

  return { respond: (request) => annotated(answer(request), request) };
}
