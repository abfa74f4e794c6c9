import type { Run } from '../../../protocol/types.js';
import { ModelError } from '../Model.js';
import type { ModelLogEntry } from './ModelLogEntry.js';
import type { ModelServerOptions } from './ModelServerOptions.js';
import { ServerFault } from './ServerFault.js';

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
