import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** TCP proxy that passes each connection to the next server. */
export interface Proxy {
  /** URL without a trailing slash. */
  url: string;
  /** Cuts all connections, as a network that fails does. */
  cutConnections(): void;
  close(): Promise<void>;
}

/**
 * Starts a proxy on a free port, like a load balancer without sticky sessions and without health checks.
 *
 * @param listPorts Returns the ports of the servers on this machine. A server that refuses a connection is skipped.
 */
export async function startProxy(listPorts: () => readonly number[]): Promise<Proxy> {
  const sockets = new Set<Socket>();
  let turn = 0;

  function add(socket: Socket): void {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  }

  async function connectToNext(): Promise<Socket | undefined> {
    const ports = listPorts();
    for (let attempt = 0; attempt < ports.length; attempt++) {
      turn += 1;
      const upstream = connect({ host: '127.0.0.1', port: ports[turn % ports.length] ?? 0 });
      add(upstream);
      try {
        await once(upstream, 'connect');
        return upstream;
      } catch {
        // The server was killed. The next one gets the connection.
      }
    }
    return undefined;
  }

  const server = createServer({ pauseOnConnect: true }, (client) => {
    add(client);
    void connectToNext().then((upstream) => {
      if (upstream === undefined || client.destroyed) {
        client.destroy();
        upstream?.destroy();
        return;
      }
      // `pipe` passes the end of a connection on, but not its failure.
      client.once('error', () => upstream.destroy());
      upstream.once('error', () => client.destroy());
      client.pipe(upstream).pipe(client);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Servers that listen on a port have an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    cutConnections() {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
