import type { OperationId } from '../protocol/types.js';
import type { PreparedRequest } from './prepareRequest.js';

/** A request with its headers, for one attempt. */
export interface OutgoingRequest {
  operationId: OperationId;
  url: string;
  init: RequestInit & { headers: Headers };
  params: PreparedRequest['params'];
  fetch: (request: Request) => Promise<Response>;
}
