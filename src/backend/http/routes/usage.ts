import type { BackendUser } from '../../domain/BackendUser.js';
import type { Collections, Store } from '../../stores/Store.js';
import { readPageQuery } from '../response/pagination.js';

/** Tokens of a day that `GET /usage` lists. */
export type UsageObject = { object: 'usage' } & Omit<Collections['usageDays'], 'id'>;

/** Maximum number of days: a year. */
const MAX_DAYS = 366;

/**
 * Answers `GET /usage`, an extension of the API: the tokens of the caller by day, newest first. `limit` is the number of days with
 * runs, 30 by default.
 *
 * @throws HttpError 400 if `limit` is invalid.
 */
export async function listUsage(
  store: Store,
  query: URLSearchParams,
  user: BackendUser | undefined,
): Promise<{ object: 'list'; data: UsageObject[]; has_more: boolean }> {
  const { limit } = readPageQuery(query, { maxLimit: MAX_DAYS, defaultLimit: 30 });
  const parent = [user?.id ?? null];
  const page = await store.list('usageDays', { parent, order: 'desc', limit });
  return {
    object: 'list',
    data: (page?.data ?? []).map(({ id: _id, ...day }) => ({ object: 'usage', ...day })),
    has_more: page?.hasMore === true,
  };
}
