import type { Sql } from 'postgres';
import type { SharedEvents } from '../Store.js';
import type { Database } from './createDatabase.js';

const CLEANUP_MS = 60_000;
/** Notifications have at most 8,000 bytes. */
const MAX_NOTIFIED_RUNS = 100;

/** Events in the table `run_events`. */
export interface PostgresEvents extends SharedEvents {
  /** Starts to listen and to remove old events. */
  start(): void;
  close(): Promise<void>;
}

/**
 * Creates the shared events of a store. Each call of `append` sends one notification for all its runs, outside of the
 * transaction, because transactions that notify wait for each other.
 */
export function createSharedEvents(sql: Sql, database: Database, schema: string): PostgresEvents {
  const channel = `${schema}_events`;
  const table = `${schema}.run_events`;
  let listening: ReturnType<Sql['listen']> | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;
  let onNotified: (payload: string) => void = () => undefined;
  const counts = { sent: 0, received: 0 };

  async function removeExpired(): Promise<void> {
    await database.query(`DELETE FROM ${table} WHERE expires_at < now()`);
  }

  return {
    counts,

    start() {
      // Poolers such as PgBouncer do not support it. Readers poll as well.
      listening ??= sql.listen(channel, (payload) => {
        counts.received += 1;
        onNotified(payload);
      });
      void listening.catch(() => undefined);
      timer ??= setInterval(() => void removeExpired().catch(() => undefined), CLEANUP_MS).unref();
    },

    async close() {
      clearInterval(timer);
      await listening?.then((listener) => listener.unlisten()).catch(() => undefined);
    },

    watch(owner, listener) {
      onNotified = (payload) => {
        const [sender, ...runIds] = payload.split(' ');
        if (sender !== owner) listener(runIds.length === 0 ? undefined : runIds);
      };
    },

    async append(owner, records) {
      const refused = await database.query(getAppendSql(schema), [
        records.map(({ runId }) => runId),
        records.map(({ first }) => String(first)),
        records.map(({ last }) => String(last)),
        records.map(({ text }) => text),
        records.map(({ isFinal }) => String(isFinal)),
        owner,
      ]);
      const ended = records.filter(({ isEnd }) => isEnd).map(({ runId }) => runId);
      if (ended.length > 0) {
        await database.query(
          `UPDATE ${table} SET expires_at = now() + interval '10 minutes' WHERE run_id = ANY($1)`,
          [ended],
        );
      }
      const runIds = records.length > MAX_NOTIFIED_RUNS ? [] : records.map(({ runId }) => runId);
      await database.query('SELECT pg_notify($1, $2)', [channel, [owner, ...runIds].join(' ')]);
      counts.sent += 1;
      return refused.map(({ run_id: runId }) => String(runId));
    },

    async read(positions) {
      const rows = await database.query(
        `SELECT stored.run_id, stored.first, stored.events FROM ${table} AS stored
          JOIN unnest($1::text[], $2::bigint[]) AS given (run_id, after)
            ON stored.run_id = given.run_id AND stored.last > given.after
          ORDER BY stored.run_id, stored.first`,
        [positions.map(({ runId }) => runId), positions.map(({ after }) => String(after))],
      );
      return rows.map(({ run_id: runId, first, events }) => ({
        runId: String(runId),
        first: Number(first),
        text: String(events),
      }));
    },

    async remove(runId) {
      await database.query(`DELETE FROM ${table} WHERE run_id = $1`, [runId]);
    },
  };
}

/**
 * Returns the statement that appends records, and returns the runs whose lease belongs to another process than $6. Their records
 * are ignored.
 */
function getAppendSql(schema: string): string {
  return `WITH given AS (
    SELECT *, is_final::boolean OR EXISTS (
      SELECT FROM ${schema}.leases WHERE id = run_id AND json::json ->> 'owner' = $6
    ) AS is_owned
    FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[])
      AS records (run_id, first, last, events, is_final)
  ), inserted AS (
    INSERT INTO ${schema}.run_events (run_id, first, last, events, expires_at)
    SELECT run_id, first, last, events, now() + interval '1 day' FROM given WHERE is_owned
    ON CONFLICT DO NOTHING
  )
  SELECT run_id FROM given WHERE NOT is_owned`;
}
