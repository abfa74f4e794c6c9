import type { ModelError } from '../Model.js';

/** Entry of the log of a model server. It never contains API keys or texts of messages. */
export type ModelLogEntry = {
  /** Base URL of the server, without credentials and query. */
  server: string;
  /** Name of the model on the server. */
  model: string;
  runId: string;
} & (
  | {
      event: 'modelAdjusted';
      /** Change that the server needed, such as `omits temperature`. It applies to later requests, too. */
      change: string;
    }
  | {
      event: 'modelFailed';
      code: ModelError['code'];
      /** Kind of the failure, such as `auth` or `silence`. */
      kind: string;
      /** HTTP status. Null if the server sent no response or failed during its answer. */
      status: number | null;
      /** Id that the server gave the request. Null without one. */
      requestId: string | null;
    }
);
