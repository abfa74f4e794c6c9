import type { Model } from './Model.js';
import { buildResponsesBody } from './server/buildResponsesBody.js';
import { createServerModel } from './server/createServerModel.js';
import type { ModelServerOptions } from './server/ModelServerOptions.js';
import { readResponsesEvents } from './server/readResponsesEvents.js';

/**
 * Creates a model that calls `POST /responses` of a model server. Has the same features as `chatCompletionsModel`; use it for
 * servers and models that only support this operation. The server stores nothing (`store: false`), because the backend stores
 * the thread. Encrypted reasoning is kept within a run and sent back to the server.
 */
export function responsesModel(options: ModelServerOptions): Model {
  return createServerModel(options, {
    path: '/responses',
    buildBody: buildResponsesBody,
    readEvents: readResponsesEvents,
  });
}
