import type { OperationId, operations } from '../../protocol/types.js';

/** Which version of the wire a request speaks. */
export type Dialect = 'v1' | 'v2';

/**
 * One request to an operation, checked: the ids of the path can be ids, the body fits its schema, fields of the other
 * version were refused. Whatever the dialect, the body says what it means in the words of version 2: `retrieval` became
 * `file_search`, `file_ids` of a message became `attachments`, and no tool is `code_interpreter`. What stays is `file_ids`
 * of an assistant.
 */
export interface OperationCall<Id extends OperationId> {
  readonly operation: Id;
  readonly params: PathParameters<Id>;
  /** As it was sent; lists read it through listPage. */
  readonly query: URLSearchParams;
  readonly body: OperationBody<Id>;
  readonly dialect: Dialect;
  /** Aborted when the caller is gone. What was begun for the caller alone ends with it; a run goes on. */
  readonly signal: AbortSignal;
}

/**
 * Answers an operation: with the object of the contract, holding the fields of both versions (the router projects it to
 * the dialect of the call), with a Response of its own for bytes, or with a stream. Throws HttpError to refuse.
 */
export type Handler<Id extends OperationId> = (
  call: OperationCall<Id>,
) => Promise<OperationResponses[Id] | StreamedResponse<OperationResponses[Id]> | Response>;

/** What each operation answers with. */
export type OperationResponses = { [Id in OperationId]: OperationResponse<Id> };

/** The handlers of some operations, by operationId. A route file makes them: `messageRoutes(context): Handlers<...>`. */
export type Handlers<Id extends OperationId> = { [Operation in Id]: Handler<Operation> };

/** A response that streams, and the object it is about: what a repetition of the same Idempotency-Key is answered with. */
export interface StreamedResponse<Object> {
  response: Response;
  object: Object;
}

/** The parameters in the path of an operation: `{ thread_id, run_id }`. */
export type PathParameters<Id extends OperationId> = operations[Id]['parameters'] extends {
  path: infer Path;
}
  ? Path
  : Record<never, never>;

/** The body of an operation: parsed JSON, a form, or undefined where the operation takes none. */
export type OperationBody<Id extends OperationId> = BodyOf<
  NonNullable<operations[Id]['requestBody']>
>;

type BodyOf<Declared> = [Declared] extends [never]
  ? undefined
  : Declared extends { content: { 'application/json': infer Json } }
    ? Json
    : FormData;

/** The JSON that an operation answers with; never where it answers with bytes. */
export type OperationResponse<Id extends OperationId> = operations[Id]['responses'] extends {
  200: { content: { 'application/json': infer Json } };
}
  ? Json
  : never;
