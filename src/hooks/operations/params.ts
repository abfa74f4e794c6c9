import type { OperationParams } from '../../client/operations.js';
import type { OperationId } from '../../protocol/types.js';

/** Params of a query, with ids that may not be known yet: null or undefined keeps it from being sent. */
export type MaybeOperationParams<Id extends OperationId> = WithMaybeIds<OperationParams<Id>>;

/** Any params, with ids that may be missing. */
export type WithMaybeIds<Known> = {
  [Name in keyof Known]: Name extends `${string}Id` ? Known[Name] | null | undefined : Known[Name];
};

/** Whether all ids are there. An empty one counts: it is a mistake that the client names. */
export function hasIds(params: object): boolean {
  return Object.entries(params).every(
    ([name, value]) => !name.endsWith('Id') || (value !== null && value !== undefined),
  );
}
