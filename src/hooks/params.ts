import type { Params } from '../client/operations.js';
import type { OperationId } from '../protocol/types.js';

/** Params of a query, with ids that may not be known yet: null or undefined keeps it from being sent. */
export type MaybeParams<Id extends OperationId> = {
  [Name in keyof Params<Id>]: Name extends `${string}Id` ? Params<Id>[Name] | null | undefined : Params<Id>[Name];
};

/** Whether all ids are there. An empty one counts: it is a mistake that the client names. */
export function hasIds<Id extends OperationId>(_operationId: Id, params: object): params is Params<Id> {
  return Object.entries(params).every(([name, value]) => !name.endsWith('Id') || (value !== null && value !== undefined));
}
