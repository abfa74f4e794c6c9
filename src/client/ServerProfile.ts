import type { AssistantsClientOptions } from './AssistantsClient.js';
import type { ServerOptions } from './ServerOptions.js';

/** Knowledge of a client about its server. */
export interface ServerProfile {
  /** Options of the client. A preset and announced extensions complete them. */
  readonly options: AssistantsClientOptions;
  /** Capabilities that the options state, or that responses have shown. */
  readonly supported: ServerOptions;
  /** Operations with the ids of their objects whose 404 did not say whether the operation or an object is missing. */
  readonly missingPaths: Set<string>;
  /** True while nothing is known to be missing, so that all requests are sent as they are. */
  isComplete: boolean;
  /** Token of the `tokenProvider`, shared by all requests. Undefined until the next request, which gets one. */
  token: Promise<string> | undefined;
}
