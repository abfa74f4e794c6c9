import type { OperationId, operations } from '../../protocol/types.js';

/** Version of the API that a request uses. */
export type Dialect = 'v1' | 'v2';

/**
 * Validated request to an operation: path parameters have the form of ids, the body matches its schema, and fields of the
 * other API version were rejected.
 *
 * The body is normalized to version 2: `retrieval` became `file_search`, and `file_ids` of a message became `attachments`. Only
 * with `unsupportedTools: 'ignore'`, a tool can be `code_interpreter`. Only `file_ids` of an assistant remain as they are.
 */
export interface OperationCall<Id extends OperationId> {
  readonly operation: Id;
  readonly params: PathParameters<Id>;
  /** Unvalidated query. Lists read it with `listPage`. */
  readonly query: URLSearchParams;
  readonly body: OperationBody<Id>;
  readonly dialect: Dialect;
  /** True if the client accepts the events of the extension `reasoning`. */
  readonly acceptsReasoning: boolean;
  /** Aborts when the client disconnects. Ends streams, but not runs. */
  readonly signal: AbortSignal;
}

/**
 * Handles an operation. Resolves with the object of the contract, which holds the fields of both API versions and is then
 * projected to the version of the request. Handlers that return bytes resolve with a Response, handlers that stream with a
 * `StreamedResponse`.
 * @throws HttpError
 */
export type Handler<Id extends OperationId> = (
  call: OperationCall<Id>,
) => Promise<HandlerResult<Id>>;

export type HandlerResult<Id extends OperationId> =
  OperationResponses[Id] | StreamedResponse<OperationResponses[Id]> | Response;

/** Response object of each operation. */
export type OperationResponses = { [Id in OperationId]: OperationResponse<Id> };

/** Handlers of some operations, by operationId. */
export type Handlers<Id extends OperationId> = { [Operation in Id]: Handler<Operation> };

/** Event stream about an object. A repetition with the same Idempotency-Key gets the object instead of the stream. */
export class StreamedResponse<Object> {
  constructor(
    readonly response: Response,
    readonly object: Object,
  ) {}
}

/** Path parameters of an operation, such as `{ thread_id, run_id }`. */
export type PathParameters<Id extends OperationId> = operations[Id]['parameters'] extends {
  path: infer Path;
}
  ? Path
  : Record<never, never>;

/** Request body of an operation: parsed JSON, a form, or undefined. */
export type OperationBody<Id extends OperationId> = BodyContent<
  NonNullable<operations[Id]['requestBody']>
>;

type BodyContent<Declared> = [Declared] extends [never]
  ? undefined
  : Declared extends { content: { 'application/json': infer Json } }
    ? Json
    : FormData;

/** JSON response of an operation. `never` for operations that return bytes. */
export type OperationResponse<Id extends OperationId> = operations[Id]['responses'] extends {
  200: { content: { 'application/json': infer Json } };
}
  ? Json
  : never;
