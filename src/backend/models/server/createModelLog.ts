import type { Run } from '../../../protocol/types.js';
import { ModelError } from '../Model.js';
import type { ModelServerOptions } from './ModelServerOptions.js';
import { ServerFault } from './ServerFault.js';

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

/** Log of a model server. */
export interface ModelLog {
  adjusted(run: Run, model: string, change: string): void;
  failed(run: Run, model: string, error: unknown): void;
}

/** Creates the log of a model server. Writes warnings to the console if the options have no `log`. */
export function createModelLog({ baseUrl, log = warn }: ModelServerOptions): ModelLog {
  const server = toPublicUrl(baseUrl);
  return {
    adjusted: ({ id: runId }, model, change) =>
      log({ event: 'modelAdjusted', server, model, runId, change }),
    failed({ id: runId }, model, error) {
      const fault = error instanceof ServerFault ? error : undefined;
      log({
        event: 'modelFailed',
        server,
        model,
        runId,
        code: error instanceof ModelError ? error.code : 'server_error',
        kind: fault?.kind ?? 'failure',
        status: fault?.status ?? null,
        requestId: fault?.requestId ?? null,
      });
    },
  };
}

function toPublicUrl(baseUrl: string): string {
  try {
    const { origin, pathname } = new URL(baseUrl);
    return `${origin}${pathname}`.replace(/\/+$/, '');
  } catch {
    return 'invalid URL';
  }
}

function warn(entry: ModelLogEntry): void {
  // oxlint-disable-next-line no-console -- the operator must learn what was changed if the app has no log
  console.warn(JSON.stringify(entry));
}
