import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { findWebKit } from '../../scripts/findEngines.js';
import { findFreePort } from '../../scripts/findFreePort.js';
import { VIEWPORT, type EnginePage, type NamedKey } from './EnginePage.js';

/** The driver may stop responding. A command without a limit would hang the whole run. */
const COMMAND_TIMEOUT_MS = 60_000;

/** The driver has a minute to start, with a pause of 100 ms after each attempt. */
const MAX_CONNECTION_ATTEMPTS = 600;

const KEYS: Record<NamedKey, string> = { Enter: '\uE007', F6: '\uE036' };

/** Opens a page of WebKitGTK, the engine of Safari, on a display in memory. Driven by the HTTP protocol of WebDriver. */
export async function openWebKit(): Promise<EnginePage> {
  const engine = findWebKit();
  if (!engine) throw new Error('No WebKit was found. Install webkit2gtk-driver and xvfb (Debian).');
  const processes: ChildProcess[] = [];
  const stopProcesses = () => processes.forEach((child) => child.kill('SIGKILL'));
  try {
    const display = await startDisplay(engine.xvfb, processes);
    const port = await findFreePort();
    const env = {
      ...process.env,
      DISPLAY: `:${display}`,
      // Its sandbox needs user namespaces, which containers lack.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      // Debian's driver looks for accessibility and settings services on the bus of a desktop.
      NO_AT_BRIDGE: '1',
      GSETTINGS_BACKEND: 'memory',
    };
    processes.push(spawn(engine.webKitDriver, [`--port=${port}`], { env, stdio: 'ignore' }));
    const session = await openSession(`http://127.0.0.1:${port}`, engine.miniBrowser);
    return createPage(session, stopProcesses);
  } catch (error) {
    stopProcesses();
    throw error;
  }
}

/** Sends a command of the session. */
type Send = (method: 'POST' | 'DELETE', path: string, body?: object) => Promise<unknown>;

function createPage(send: Send, stopProcesses: () => void): EnginePage {
  const find = (selector: string) =>
    send('POST', '/element', { using: 'css selector', value: selector });
  const act = (...actions: object[]) => send('POST', '/actions', { actions });
  const typeKeys = (keys: string) =>
    act({
      type: 'key',
      id: 'keyboard',
      actions: Array.from(keys).flatMap((value) => [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ]),
    });
  return {
    goto: async (url) => void (await send('POST', '/url', { url })),
    reload: async () => void (await send('POST', '/refresh', {})),
    run: (script) => send('POST', '/execute/sync', { script: `return (${script});`, args: [] }),
    async click(selector) {
      const element = await find(selector);
      const pointer = { type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' } };
      const move = { type: 'pointerMove', duration: 0, origin: element, x: 0, y: 0 };
      const press = [
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ];
      await act({ ...pointer, actions: [move, ...press] });
    },
    type: async (text) => void (await typeKeys(text)),
    press: async (key) => void (await typeKeys(KEYS[key])),
    async wheel(selector, deltaY) {
      const origin = await find(selector);
      const scroll = { type: 'scroll', x: 0, y: 0, deltaX: 0, deltaY, origin, duration: 0 };
      await act({ type: 'wheel', id: 'wheel', actions: [scroll] });
    },
    async close() {
      await send('DELETE', '').catch(() => undefined);
      stopProcesses();
    },
  };
}

/** Starts a display in memory and returns its number. */
async function startDisplay(xvfb: string, processes: ChildProcess[]): Promise<string> {
  const screen = `${VIEWPORT.width + 100}x${VIEWPORT.height + 200}x24`;
  const child = spawn(xvfb, ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  processes.push(child);
  // `spawn` opened the pipe as a stream that can be read.
  const output = child.stdio[3] as Readable;
  return new Promise((resolve, reject) => {
    output.once('data', (chunk) => resolve(String(chunk).trim()));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Xvfb exited with code ${code}.`)));
  });
}

/** Waits for the driver and opens a session. */
async function openSession(driver: string, binary: string): Promise<Send> {
  const capabilities = {
    alwaysMatch: { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } },
  };
  const create = () => request('POST', `${driver}/session`, { capabilities });
  const { sessionId } = (await retryUntilConnected(create)) as { sessionId: string };
  const send: Send = (method, path, body) =>
    request(method, `${driver}/session/${sessionId}${path}`, body);
  await send('POST', '/window/rect', {
    x: 0,
    y: 0,
    width: VIEWPORT.width,
    height: VIEWPORT.height,
  });
  return send;
}

/** Repeats a request while the driver does not listen yet. */
async function retryUntilConnected(create: () => Promise<unknown>): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await create();
    } catch (error) {
      if (!isRefusedConnection(error) || attempt === MAX_CONNECTION_ATTEMPTS) throw error;
      // The driver is another process, which does not say when it listens.
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Returns true if no process listens at the address of a request. */
function isRefusedConnection(error: unknown): boolean {
  return error instanceof TypeError && Object(error.cause).code === 'ECONNREFUSED';
}

/** Sends a command to the driver. Rejects if it fails, or after `COMMAND_TIMEOUT_MS` without a response. */
async function request(method: 'POST' | 'DELETE', url: string, body?: object): Promise<unknown> {
  const signal = AbortSignal.timeout(COMMAND_TIMEOUT_MS);
  try {
    const response = await fetch(url, {
      method,
      signal,
      ...(body && { body: JSON.stringify(body) }),
    });
    const { value } = (await response.json()) as { value: unknown };
    if (!response.ok) throw new Error(`WebDriver: ${method} ${url}: ${JSON.stringify(value)}`);
    return value;
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new Error(`WebDriver: ${method} ${url}: timed out after ${COMMAND_TIMEOUT_MS} ms.`, {
      cause: error,
    });
  }
}
