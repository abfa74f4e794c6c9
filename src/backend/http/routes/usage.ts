import { toUsageDay } from '../../domain/usageDays.js';
import type { BackendContext } from '../BackendContext.js';
import type { Handlers } from '../operations.js';
import { listPage } from '../response/pagination.js';

/** Maximum number of days in a page: a year. */
const MAX_DAYS = 366;

/** Creates the handler for the tokens of the caller. The store of a user shows their days in place of those without a user. */
export function usageRoutes({ store }: BackendContext): Handlers<'listUsage'> {
  return {
    async listUsage({ query }) {
      const rules = { maxLimit: MAX_DAYS, defaultLimit: 30 };
      const page = await listPage(store, 'usageDays', query, { parent: [null] }, rules);
      const data = page.data.map(toUsageDay);
      return { ...page, data, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null };
    },
  };
}
