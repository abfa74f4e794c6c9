import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { env, kill } from 'node:process';

/**
 * Runs `npm run NAME` in the folder of an app, and resolves with the URL that the app prints.
 *
 * @param {string} app Folder of the app.
 * @param {string} name Name of the script.
 * @param {{ parameters?: string[], env?: Record<string, string> }} [options]
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startApp(app, name, options = {}) {
  const child = spawn('npm', ['run', name, '--', ...(options.parameters ?? [])], {
    cwd: app,
    env: {
      ...env,
      NODE_ENV: 'production',
      NO_COLOR: '1',
      NEXT_TELEMETRY_DISABLED: '1',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
    // A group of its own, because npm does not forward signals to the app.
    detached: true,
  });
  const exited = once(child, 'exit');
  const stop = async () => {
    if (child.pid !== undefined && child.exitCode === null) kill(-child.pid, 'SIGTERM');
    await exited;
  };
  try {
    return { url: await readUrl(child.stdout), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * @param {import('node:stream').Readable} output
 * @returns {Promise<string>}
 */
async function readUrl(output) {
  let text = '';
  for await (const chunk of output.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    text += chunk;
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
    if (url !== undefined) return url;
  }
  throw new Error(`The app ended without printing its URL:\n${text}`);
}
