import type { BuiltInTool } from './BuiltInTool.js';
import type { Model } from './Model.js';
import { buildResponsesBody } from './server/buildResponsesBody.js';
import { createServerModel } from './server/createServerModel.js';
import type { ModelServerOptions } from './server/ModelServerOptions.js';
import { readResponsesEvents } from './server/readResponsesEvents.js';

/** Options for `responsesModel`. */
export interface ResponsesModelOptions extends ModelServerOptions {
  /**
   * Tools that the server of the model runs itself. Runs get `file_search` and `code_interpreter` if their assistant
   * has a tool of this type, and others always. Their calls are run steps, and their citations are annotations of the
   * message. Files that the code of the server makes are copied to this backend. A run fails if the server refuses a
   * tool.
   *
   * `file_search` searches vector stores of the server. Files of this backend are searched as well, if a run has any.
   * @default none
   */
  builtInTools?: readonly BuiltInTool[];
}

/**
 * Creates a model that calls `POST /responses` of a model server. Has the same features as `chatCompletionsModel`; use it for
 * servers and models that only support this operation, and for tools that the server runs. The server stores nothing
 * (`store: false`), because the backend stores the thread. Encrypted reasoning is kept within a run and sent back to the server.
 *
 * @throws TypeError if a tool has no type, or a `file_search` has no vector stores
 * @example
 * const model = responsesModel({
 *   baseUrl: 'https://api.openai.com/v1',
 *   builtInTools: [{ type: 'web_search' }, { type: 'file_search', vector_store_ids: ['vs_1'] }],
 * });
 */
export function responsesModel(options: ResponsesModelOptions): Model {
  const { builtInTools = [] } = options;
  builtInTools.forEach(assertTool);
  return createServerModel(
    options,
    { path: '/responses', buildBody: buildResponsesBody, readEvents: readResponsesEvents },
    builtInTools,
  );
}

function assertTool(tool: BuiltInTool, index: number): void {
  const { type, vector_store_ids: storeIds } = tool;
  if (typeof type !== 'string' || type === '')
    throw new TypeError(`\`builtInTools[${index}]\` needs a \`type\`, such as 'web_search'.`);
  if (type === 'function')
    throw new TypeError(
      `\`builtInTools[${index}]\` must be a tool that the model server runs. Functions are tools of an assistant.`,
    );
  if (type === 'file_search' && (!Array.isArray(storeIds) || storeIds.length === 0))
    throw new TypeError(
      `\`builtInTools[${index}].vector_store_ids\` must name the vector stores at the model server.`,
    );
}
