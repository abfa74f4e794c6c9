import type { Model, ModelEvent, ModelRequest } from './model.js';
import { chatBody, type Refusable } from './server/chatBody.js';
import { chatEvents } from './server/chatEvents.js';
import { withAnnotations } from './server/marks.js';
import { createModelServer, type ModelServerOptions } from './server/modelServer.js';
import { buildPrompt } from './server/prompt.js';
import { withRetry } from './server/withRetry.js';
import { ServerFault } from './server/serverFault.js';
import { truncate, tokensLeft } from './server/settings.js';
import { createToolSet } from './server/toolSet.js';

/**
 * A model behind `POST /chat/completions`, which nearly every model server has. Streams; takes images and files of messages;
 * searches files where the run may, and cites what it finds. Failures become the `last_error` of the run, without the key.
 *
 * ```ts
 * createBackend({ model: chatCompletionsModel({ baseUrl: 'http://127.0.0.1:11434/v1', model: 'llama3.2' }) });
 * ```
 */
export function chatCompletionsModel(options: ModelServerOptions): Model {
  const server = createModelServer(options);
  /** What this server was found not to know. */
  const refused = new Set<Refusable>();

  async function* answer(request: ModelRequest): AsyncGenerator<ModelEvent, void, void> {
    const items = await buildPrompt(request);
    if (items === undefined) return yield truncate('max_prompt_tokens');
    const left = tokensLeft(request);
    if (left !== undefined && left <= 0) return yield truncate('max_completion_tokens');
    const tools = createToolSet(request);
    const model = options.model ?? request.run.model;
    const ask = () => {
      const body = chatBody(request, { model, items, tools, refused });
      return chatEvents(server.ask('/chat/completions', body, request.signal), tools.searchName);
    };
    yield* withRetry(() => conceding(ask), request.signal, options.retry);
  }

  /** Asks again at once, in words that the server knows, when it refuses for one of ours. */
  async function* conceding(
    ask: () => AsyncIterable<ModelEvent>,
  ): AsyncGenerator<ModelEvent, void, void> {
    try {
      yield* ask();
    } catch (error) {
      const unknown =
        error instanceof ServerFault
          ? REFUSABLE.find((name) => error.detail.includes(name))
          : undefined;
      if (unknown === undefined || refused.has(unknown)) throw error;
      refused.add(unknown);
      yield* conceding(ask);
    }
  }

  return { respond: (request) => withAnnotations(answer(request), request) };
}

const REFUSABLE: readonly Refusable[] = ['stream_options', 'max_completion_tokens'];
