/** A response that is not the result of its operation. */
export interface FailedExchange {
  response: Response;
  /** Text or parsed JSON of a response with an error status. */
  body?: unknown;
  /** Address of the server, for redirects. @default '' */
  baseUrl?: string;
}
