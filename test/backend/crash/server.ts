import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../../../dist/backend/server/cli.js', import.meta.url));

/** An answer of a server that may die at any moment. */
export interface Answer {
  status: number;
  /** Parsed; undefined for an answer that is no JSON. */
  body: {
    id: string;
    thread_id?: string;
    data?: { id: string }[];
    status?: string;
    has_more?: boolean;
  };
}

/** The built command, serving in a process of its own. */
export interface ServerProcess {
  /** Rejects when the process is gone before its answer was whole. */
  send(
    method: string,
    path: string,
    body?: object | FormData,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  /** What it wrote to its log. */
  log(): string;
  /** As a loss of power: nothing it does can delay or soften it. */
  kill(): Promise<void>;
  /** Asks it to stop, and waits for it; its exit code. */
  stop(): Promise<number | null>;
}

/** Starts the built command on a free port, and waits until it listens. Rejects with what it said when it does not. */
export async function startServer(data: string, ...options: string[]): Promise<ServerProcess> {
  if (!existsSync(command)) throw new Error('There is no dist. Build first: npm run build.');
  const child = spawn(execPath, [command, 'serve', '--port', '0', '--data', data, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  // A request whose server dies under it is not always let go of by fetch.
  const gone = new AbortController();
  child.once('exit', () => gone.abort());
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (log += text));
  const url = await listening(child, exited, () => log);
  return {
    async send(method, path, body, headers = {}) {
      const isForm = body instanceof FormData;
      const response = await fetch(`${url}${path}`, {
        method,
        signal: gone.signal,
        headers: {
          ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      // The server's own JSON, or the bytes of a file that nobody looks into.
      return {
        status: response.status,
        body: (text.startsWith('{') ? JSON.parse(text) : undefined) as Answer['body'],
      };
    },
    log: () => log,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      child.kill('SIGTERM');
      await exited;
      return child.exitCode;
    },
  };
}

async function listening(
  child: ChildProcess,
  exited: Promise<unknown>,
  log: () => string,
): Promise<string> {
  let text = '';
  child.stdout?.setEncoding('utf8');
  const found = new Promise<string>((resolve) => {
    child.stdout?.on('data', (piece: string) => {
      text += piece;
      const url = /Listening on (\S+)\n/.exec(text)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
  const url = await Promise.race([found, exited.then(() => undefined)]);
  if (url === undefined) throw new Error(`The server did not start: ${log()}`);
  return url;
}
