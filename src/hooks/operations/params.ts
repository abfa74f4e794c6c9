import type { OperationParams } from '../../client/operations.js';
import type { OperationId } from '../../protocol/types.js';

/**
 * Params of a query hook. Ids may be null or undefined while they are unknown; nothing is requested until all are
 * known. Until then, `refetch` rejects with an AssistantsError of kind 'invalid-id' that names the id.
 */
export type MaybeOperationParams<Id extends OperationId> = WithMaybeIds<OperationParams<Id>>;

/** Params with ids that may be null or undefined. */
export type WithMaybeIds<Params> = {
  [Name in keyof Params]: Name extends `${string}Id`
    ? Params[Name] | null | undefined
    : Params[Name];
};

/** Returns true if all ids are known. An empty id counts as known, so that the client reports it as an error. */
export function hasIds(params: object): boolean {
  return Object.entries(params).every(
    ([name, value]) => !name.endsWith('Id') || (value !== null && value !== undefined),
  );
}
