import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Send, sendRequest } from '../backend/crash/sendRequest.js';
import { type ServerProcess, spawnServer } from '../backend/crash/startServer.js';
import { type PostgresServer, startPostgres } from '../backend/postgres/startPostgres.js';
import { startProxy } from './startProxy.js';

/** Servers with one database, behind a proxy. */
export interface Cluster {
  /** Base URL of the API, through the proxy. */
  url: string;
  database: PostgresServer;
  /** Logs of servers that ended by themselves. They are replaced. */
  crashes: readonly string[];
  /** Returns the servers that run now. */
  listServers(): readonly ServerProcess[];
  /** Sends a request through the proxy, and repeats it with its idempotency key until a server has answered. */
  send: Send;
  /** Kills a server without giving it time to react, and starts a new one in its place. */
  replaceKilled(index: number): Promise<void>;
  /** Restarts servers as a deployment does: one after the other, gracefully. */
  restart(count: number): Promise<void>;
  /** Kills all servers together, and starts new ones. */
  replaceAllKilled(): Promise<void>;
  stop(): Promise<void>;
}

const RETRY_MS = 50;
/** `fetch` does not always reject when the server process ends. The key makes the repeated request safe. */
const MAX_WAIT_MS = 40_000;

/**
 * Starts PostgreSQL, servers of the built CLI that play the demo, and the proxy.
 *
 * @param settings Settings of PostgreSQL, see `startPostgres`.
 */
export async function startCluster(size: number, settings?: readonly string[]): Promise<Cluster> {
  const database = await startPostgres(settings);
  const crashes: string[] = [];
  const ending = new Set<ServerProcess>();
  const servers: ServerProcess[] = [];
  async function start(index: number): Promise<void> {
    const server = await spawnServer('--database', database.url);
    servers[index] = server;
    void server.exited.then(async () => {
      if (ending.has(server)) return;
      crashes.push(server.readLog().slice(-2_000));
      await start(index);
    });
  }
  await Promise.all(Array.from({ length: size }, (_, index) => start(index)));
  const proxy = await startProxy(() => servers.map(({ url }) => Number(new URL(url).port)));
  const url = `${proxy.url}/v1`;

  async function replace(index: number, end: (server: ServerProcess) => Promise<unknown>) {
    const server = servers[index];
    if (server === undefined) throw new Error(`The cluster has fewer servers than ${index + 1}.`);
    ending.add(server);
    await end(server);
    await start(index);
  }

  return {
    url,
    database,
    crashes,
    listServers: () => servers,
    send: createRetryingSend(url),
    replaceKilled: (index) => replace(index, (server) => server.kill()),
    async restart(count) {
      for (let index = 0; index < count; index++) await replace(index, (server) => server.stop());
    },
    async replaceAllKilled() {
      await Promise.all([...servers.keys()].map((index) => replace(index, (one) => one.kill())));
    },
    async stop() {
      await Promise.all(
        servers.map((server) => {
          ending.add(server);
          return server.kill();
        }),
      );
      await proxy.close();
      await database.stop();
    },
  };
}

function createRetryingSend(url: string): Send {
  return async (method, path, body, headers = {}) => {
    const key = method === 'POST' ? { 'idempotency-key': randomUUID() } : {};
    for (;;) {
      try {
        const request: Parameters<Send> = [method, path, body, { ...key, ...headers }];
        const response = await sendRequest(url, request, AbortSignal.timeout(MAX_WAIT_MS));
        if (response.status < 500) return response;
      } catch {
        // The server was killed, or it does not answer.
      }
      await sleep(RETRY_MS);
    }
  };
}
