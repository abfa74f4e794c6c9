import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

/** PostgreSQL with the extension `vector`, in this process. */
export interface PgliteServer {
  /** URL of an empty database, for a user who may do everything. All connections share one session. */
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL in WebAssembly, because many machines have no pgvector for their PostgreSQL. Statements of several
 * connections must not overlap outside of a transaction, so use a pool with one connection. Notifications do not arrive.
 */
export async function startPglite(): Promise<PgliteServer> {
  const db = await PGlite.create({ extensions: { vector } });
  const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port: 0, maxConnections: 10 });
  await server.start();
  return {
    url: `postgres://postgres:unused@${server.getServerConn()}/postgres`,
    async stop() {
      await server.stop();
      await db.close();
    },
  };
}
