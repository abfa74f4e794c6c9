import type { Model, ModelEvent, ModelRequest } from './Model.js';
import { withAnnotations } from './server/withAnnotations.js';
import { createModelServer } from './server/createModelServer.js';
import type { ModelServerOptions } from './server/ModelServerOptions.js';
import { buildPrompt } from './server/buildPrompt.js';
import { buildResponsesBody } from './server/buildResponsesBody.js';
import { readResponsesEvents } from './server/readResponsesEvents.js';
import { withRetry } from './server/withRetry.js';
import { truncate, getRemainingTokens } from './server/runSettings.js';
import { createToolSet } from './server/createToolSet.js';

/**
 * Creates a model that calls `POST /responses` of a model server. Has the same features as `chatCompletionsModel`; use it for
 * servers and models that only support this operation. The server stores nothing (`store: false`), because the backend stores
 * the thread.
 */
export function responsesModel(options: ModelServerOptions): Model {
  const server = createModelServer(options);

  async function* answer(request: ModelRequest): AsyncGenerator<ModelEvent, void, void> {
    const items = await buildPrompt(request);
    if (items === undefined) return yield truncate('max_prompt_tokens');
    const remainingTokens = getRemainingTokens(request);
    if (remainingTokens !== undefined && remainingTokens <= 0)
      return yield truncate('max_completion_tokens');
    const tools = createToolSet(request);
    const model = options.model ?? request.run.model;
    const body = buildResponsesBody(request, { model, items, tools });
    const send = () =>
      readResponsesEvents(
        server.send('/responses', body, request.signal),
        tools.searchName,
        (text) => server.redact(text),
      );
    yield* withRetry(send, request.signal, options.retry);
  }

  return { respond: (request) => withAnnotations(answer(request), request) };
}
