import type { UsageDay } from '../../protocol/types.js';
import type { Collections } from '../stores/Store.js';

/** Returns the id under which the tokens of a day are stored. Without a user, it is the date. */
export function getUsageId(date: string, userId: string | undefined): string {
  return userId === undefined ? date : `${date} ${userId}`;
}

/** Returns the tokens of a day as the API shows them. The date identifies it, because a list has the days of one user. */
export function toUsageDay({ id: _id, date, ...tokens }: Collections['usageDays']): UsageDay {
  const createdAt = Date.parse(`${date}T00:00:00Z`) / 1000;
  return { id: date, object: 'usage', created_at: createdAt, date, ...tokens };
}
