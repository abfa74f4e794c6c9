import type { Model, ModelEvent, ModelRequest } from './Model.js';
import { buildChatBody, type OptionalParameter } from './server/buildChatBody.js';
import { readChatEvents } from './server/readChatEvents.js';
import { withAnnotations } from './server/withAnnotations.js';
import { createModelServer } from './server/createModelServer.js';
import type { ModelServerOptions } from './server/ModelServerOptions.js';
import { buildPrompt } from './server/buildPrompt.js';
import { withRetry } from './server/withRetry.js';
import { ServerFault } from './server/ServerFault.js';
import { truncate, getRemainingTokens } from './server/runSettings.js';
import { createToolSet } from './server/createToolSet.js';

/**
 * Creates a model that calls `POST /chat/completions` of a model server. Streams answers, sends images and files of messages,
 * and searches and cites files if the run has the tool `file_search`. Failures become the `last_error` of the run; API keys are
 * removed from their messages.
 *
 * @example
 * ```ts
 * import { chatCompletionsModel, createBackend } from 'assistants-react/backend';
 *
 * const model = chatCompletionsModel({ baseUrl: 'http://127.0.0.1:11434/v1', model: 'llama3.2' });
 * const backend = createBackend({ model });
 * ```
 */
export function chatCompletionsModel(options: ModelServerOptions): Model {
  const server = createModelServer(options);
  /** Parameters that this server has rejected. */
  const rejected = new Set<OptionalParameter>();

  async function* answer(request: ModelRequest): AsyncGenerator<ModelEvent, void, void> {
    const items = await buildPrompt(request);
    if (items === undefined) return yield truncate('max_prompt_tokens');
    const remainingTokens = getRemainingTokens(request);
    if (remainingTokens !== undefined && remainingTokens <= 0)
      return yield truncate('max_completion_tokens');
    const tools = createToolSet(request);
    const model = options.model ?? request.run.model;
    const send = () => {
      const body = buildChatBody(request, { model, items, tools, rejected });
      return readChatEvents(
        server.send('/chat/completions', body, request.signal),
        tools.searchName,
      );
    };
    yield* withRetry(() => withFallback(send, rejected), request.signal, options.retry);
  }

  return { respond: (request) => withAnnotations(answer(request), request) };
}

const OPTIONAL_PARAMETERS: readonly OptionalParameter[] = [
  'stream_options',
  'max_completion_tokens',
];

/** Sends the request again, without the rejected parameter, when the server rejects an optional parameter. */
async function* withFallback(
  send: () => AsyncIterable<ModelEvent>,
  rejected: Set<OptionalParameter>,
): AsyncGenerator<ModelEvent, void, void> {
  try {
    yield* send();
  } catch (error) {
    if (!(error instanceof ServerFault)) throw error;
    const parameter = OPTIONAL_PARAMETERS.find((name) => error.detail.includes(name));
    if (parameter === undefined || rejected.has(parameter)) throw error;
    rejected.add(parameter);
    yield* withFallback(send, rejected);
  }
}
