import type { Model } from './Model.js';
import { buildChatBody } from './server/buildChatBody.js';
import { createServerModel } from './server/createServerModel.js';
import type { ModelServerOptions } from './server/ModelServerOptions.js';
import { readChatEvents } from './server/readChatEvents.js';

/**
 * Creates a model that calls `POST /chat/completions` of a model server. Streams answers, sends images and files of messages,
 * and searches and cites files if the run has the tool `file_search`. Learns what the server refuses, and makes such a request
 * again without it. Failures become the `last_error` of the run; API keys are removed from their messages.
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
  return createServerModel(options, {
    path: '/chat/completions',
    buildBody: buildChatBody,
    readEvents: readChatEvents,
  });
}
