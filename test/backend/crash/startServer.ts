import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { type Send, sendRequest } from './sendRequest.js';

const command = fileURLToPath(new URL('../../../dist/backend/server/cli.js', import.meta.url));

/** Built CLI that serves in a process of its own. */
export interface ServerProcess {
  /** Base URL of the API. */
  url: string;
  /** Id of the process. */
  pid: number | undefined;
  /** Rejects if the process ends before the response is complete. */
  send: Send;
  /** Resolves when the process has ended. */
  exited: Promise<unknown>;
  /** Returns the log so far. */
  readLog(): string;
  /** Kills the process without giving it time to react, like a power failure. */
  kill(): Promise<void>;
  /** Stops the process gracefully and resolves with its exit code. */
  stop(): Promise<number | null>;
}

/** Starts the built CLI with a database file, see `spawnServer`. */
export function startServer(data: string, ...options: string[]): Promise<ServerProcess> {
  return spawnServer('--data', data, ...options);
}

/** Starts the built CLI on a free port and resolves when it listens. Rejects with its log if it fails to start. */
export function spawnServer(...options: string[]): Promise<ServerProcess> {
  return spawnNode([], options);
}

/** Starts the built CLI like `spawnServer`, with a clock that is ahead of that of the machine. */
export function spawnServerWithClock(
  aheadMs: number,
  ...options: string[]
): Promise<ServerProcess> {
  const code = `const now = Date.now; Date.now = () => now() + ${aheadMs};`;
  return spawnNode(['--import', `data:text/javascript,${encodeURIComponent(code)}`], options);
}

async function spawnNode(nodeOptions: string[], options: string[]): Promise<ServerProcess> {
  if (!existsSync(command)) throw new Error('The CLI is not built. Run: npm run build');
  const child = spawn(execPath, [...nodeOptions, command, 'serve', '--port', '0', ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  // fetch does not always reject when the server process ends.
  const exitSignal = new AbortController();
  child.once('exit', () => exitSignal.abort());
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const url = await waitForUrl(child, exited, () => log);
  return {
    url,
    pid: child.pid,
    send: (...request) => sendRequest(url, request, exitSignal.signal),
    exited,
    readLog: () => log,
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

async function waitForUrl(
  child: ChildProcess,
  exited: Promise<unknown>,
  readLog: () => string,
): Promise<string> {
  let text = '';
  child.stdout?.setEncoding('utf8');
  const printed = new Promise<string>((resolve) => {
    child.stdout?.on('data', (chunk: string) => {
      text += chunk;
      const url = /Listening on (\S+)\n/.exec(text)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
  const url = await Promise.race([printed, exited.then(() => undefined)]);
  if (url === undefined) throw new Error(`The server did not start: ${readLog()}`);
  return url;
}
