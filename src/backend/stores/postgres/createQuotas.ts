import { createHash } from 'node:crypto';
import type { SharedQuotas } from '../Store.js';
import type { Database } from './createDatabase.js';

const CLEANUP_MS = 60_000;

/** Creates the quotas of a store. Callers are stored as hashes, because they may be API keys. */
export function createQuotas({ query }: Database, schema: string): SharedQuotas {
  const table = `${schema}.quotas`;
  const nowMs = 'extract(epoch FROM now())::double precision * 1000';
  let cleanedAtMs = 0;

  /** Full quotas take no space for long. */
  async function removeFull(): Promise<void> {
    if (Date.now() - cleanedAtMs < CLEANUP_MS) return;
    cleanedAtMs = Date.now();
    await query(`DELETE FROM ${table} WHERE full_at < ${nowMs}`);
  }

  return {
    async use(uses) {
      const callers = uses.map(({ caller }) => createHash('sha256').update(caller).digest('hex'));
      // Sorted, because concurrent statements that lock rows in different orders would wait for each other.
      const rows = await query(
        `INSERT INTO ${table} AS stored (caller, full_at)
          SELECT caller, ${nowMs} + used::double precision
          FROM unnest($1::text[], $2::text[]) AS given (caller, used) ORDER BY caller
          ON CONFLICT (caller) DO UPDATE
            SET full_at = greatest(stored.full_at, ${nowMs}) + excluded.full_at - ${nowMs}
          RETURNING caller, full_at - ${nowMs} AS reset`,
        [callers, uses.map(({ usedMs }) => String(usedMs))],
      );
      await removeFull();
      const resets = new Map(rows.map(({ caller, reset }) => [String(caller), Number(reset)]));
      return callers.map((caller) => resets.get(caller) ?? 0);
    },
  };
}
