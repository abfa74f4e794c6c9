import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'packed-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs npm without a shell and returns its output. Throws with its error output if it fails. */
function npm(cwd: string, ...parameters: string[]): string {
  const { status, stdout, stderr } = spawnSync('npm', parameters, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm ${parameters.join(' ')}: ${stderr}`);
  return stdout;
}

it('serves a run when it is installed from its packed tarball', async () => {
  npm(root, 'pack', '--ignore-scripts', '--pack-destination', folder);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'empty', private: true }));
  npm(folder, 'install', '--no-audit', '--no-fund', join(folder, tarball));
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  expect(npm(folder, 'exec', '--no', '--', 'assistants-react', '--version').trim()).toBe(version);

  // Runs the linked command instead of npx, because npx does not forward signals to it.
  const child = spawn(
    join(folder, 'node_modules', '.bin', 'assistants-react'),
    ['serve', '--port', '0', '--data', 'store.sqlite'],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const exited = once(child, 'exit');
  try {
    const [output] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    const url = /Listening on (\S+)\/v1/.exec(output)?.[1] ?? '';
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'ok' });
    const post = (path: string, body: object) =>
      fetch(`${url}/v1${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const assistant = (await (await post('/assistants', { model: 'm' })).json()) as { id: string };
    const thread = { messages: [{ role: 'user', content: 'Hello' }] };
    const events = await (
      await post('/threads/runs', { assistant_id: assistant.id, stream: true, thread })
    ).text();
    expect(events).toContain('event: thread.run.completed');
    expect(events).toMatch(/event: done\nid: \d+\ndata: \[DONE\]\n\n$/);
    child.kill('SIGTERM');
    await exited;
    expect(child.exitCode).toBe(0);
    expect(readdirSync(folder)).toContain('store.sqlite');
  } finally {
    child.kill('SIGKILL');
    await exited;
  }
});
