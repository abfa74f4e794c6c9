import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { binary, root } from './run.js';

const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
/** Packages that `shadcn init` installs, at the versions of this repository. */
const packages = ['cn', 'lucide-react'].map((name) => `${name}@${devDependencies[name]}`);

/**
 * Turns the app of the example `tailwind` into one as `shadcn init` makes them, and adds the chat of the registry with shadcn's
 * own command: once from a server, and once from the installed package.
 *
 * @param {string} app Folder of the app, whose packages are installed.
 */
export async function makeShadcnApp(app) {
  cpSync(join(root, 'registry/app'), app, { recursive: true });
  await run(app, 'npm', 'install', '--no-audit', '--no-fund', '--save-exact', ...packages);
  const registry = await serveRegistry(join(app, 'node_modules/assistants-react/dist/registry'));
  const shadcn = binary('shadcn');
  try {
    await run(app, execPath, shadcn, 'add', `${registry.url}/chat.json`, '--yes');
  } finally {
    registry.close();
  }
  const local = './node_modules/assistants-react/dist/registry/thread.json';
  await run(app, execPath, shadcn, 'add', local, '--yes');
}

/**
 * @param {string} folder
 * @returns {Promise<{ url: string, close: () => void }>}
 */
async function serveRegistry(folder) {
  const server = createServer((request, response) => {
    try {
      const item = readFileSync(join(folder, new URL(request.url ?? '', 'http://x').pathname));
      response.setHeader('content-type', 'application/json').end(item);
    } catch {
      response.writeHead(404).end();
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  // A server that listens on a port has an address, never a pipe.
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

/**
 * Runs a command without blocking the server of the registry.
 *
 * @param {string} cwd
 * @param {string} command
 * @param {string[]} parameters
 */
async function run(cwd, command, ...parameters) {
  const child = spawn(command, parameters, { cwd, stdio: 'inherit', env: { ...env, CI: '1' } });
  const [status] = await once(child, 'exit');
  if (status !== 0) throw new Error(`${command} ${parameters.join(' ')} failed in ${cwd}.`);
}
