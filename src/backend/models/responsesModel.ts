import type { Model, ModelEvent, ModelRequest } from './model.js';
import { withAnnotations } from './server/marks.js';
import { createModelServer, type ModelServerOptions } from './server/modelServer.js';
import { buildPrompt } from './server/prompt.js';
import { responsesBody } from './server/responsesBody.js';
import { responsesEvents } from './server/responsesEvents.js';
import { withRetry } from './server/withRetry.js';
import { truncate, tokensLeft } from './server/settings.js';
import { createToolSet } from './server/toolSet.js';

/**
 * A model behind `POST /responses`. Does what chatCompletionsModel does, for servers and models that have this operation
 * only; the server keeps nothing (`store: false`), since the thread is ours.
 */
export function responsesModel(options: ModelServerOptions): Model {
  const server = createModelServer(options);

  async function* answer(request: ModelRequest): AsyncGenerator<ModelEvent, void, void> {
    const items = await buildPrompt(request);
    if (items === undefined) return yield truncate('max_prompt_tokens');
    const left = tokensLeft(request);
    if (left !== undefined && left <= 0) return yield truncate('max_completion_tokens');
    const tools = createToolSet(request);
    const body = responsesBody(request, {
      model: options.model ?? request.run.model,
      items,
      tools,
    });
    const ask = () =>
      responsesEvents(server.ask('/responses', body, request.signal), tools.searchName, (text) =>
        server.redact(text),
      );
    yield* withRetry(ask, request.signal, options.retry);
  }

  return { respond: (request) => withAnnotations(answer(request), request) };
}
