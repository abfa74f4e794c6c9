import type { OperationId } from '../protocol/types.js';
import type { CallOptions } from './AssistantsClient.js';
import type { PreparedRequest } from './prepareRequest.js';

/** A request as the methods of the client describe it. */
export interface ClientRequest<Result> {
  operationId: OperationId;
  params: object;
  call: CallOptions;
  /** Value of the `Accept` header. */
  accept: string;
  /** Reads a successful response. The timeout covers it. */
  read: (response: Response, params: object) => Promise<Result>;
}

/** A request that is ready to be sent, any number of times. */
export interface ReadyRequest<Result> extends ClientRequest<Result> {
  prepared: PreparedRequest;
  idempotencyKey: string | undefined;
  timeoutMs: number;
}
