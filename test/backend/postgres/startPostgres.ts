import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, getuid } from 'node:process';
import { findFreePort } from '../../../scripts/findFreePort.js';
import { findPostgres } from '../../../scripts/findPostgres.js';

/** PostgreSQL server in a temporary folder. */
export interface PostgresServer {
  /** URL of an empty database, for a user who may do everything. */
  url: string;
  /** Ends the server at once, as its crash would. */
  kill(): Promise<void>;
  /** Starts it again at the same port. */
  start(): Promise<void>;
  /** Stops the server and removes its folder. */
  stop(): Promise<void>;
}

/**
 * Stops the server when standard input ends, and removes its folder unless that contains a file `keep`. So the server does not
 * outlive the test process, even if that is killed.
 */
const SUPERVISOR =
  'exec 3<&0; "$@" & server=$!; (cat <&3 >/dev/null; kill -QUIT $server) & wait $server; [ -e "$0/keep" ] || rm -rf "$0"';

const SETTINGS = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200'];

/**
 * Starts a PostgreSQL server on a free port of this machine. Uses an ordinary user when the tests run as root, because
 * PostgreSQL refuses root.
 *
 * @param settings Settings of the server. By default it does not wait for the disk.
 */
export async function startPostgres(
  settings: readonly string[] = ['fsync=off'],
): Promise<PostgresServer> {
  const bin = findPostgres();
  if (bin === undefined) {
    throw new Error(
      'The tests of postgresStore need PostgreSQL 14 or newer. Install it, or run them with `npm test`, which installs it on Debian as root.',
    );
  }
  const user = getuid?.() === 0 ? findOrdinaryUser() : undefined;
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  // `C` is available everywhere, and TZ must not be the name of a file that only root can read.
  const options = { ...user, cwd: folder, env: { PATH: env['PATH'], LC_ALL: 'C', TZ: 'UTC' } };
  const created = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'tests', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    { ...options, encoding: 'utf8' },
  );
  if (created.status !== 0) throw new Error(`initdb failed: ${created.stderr}`);
  const port = await findFreePort();
  const url = `postgres://tests@127.0.0.1:${port}/postgres`;
  let supervisor: ChildProcess | undefined;

  async function start(): Promise<void> {
    rmSync(join(folder, 'keep'), { force: true });
    const command = [join(bin ?? '', 'postgres'), '-D', data, '-p', String(port)];
    command.push(...[...SETTINGS, ...settings].flatMap((setting) => ['-c', setting]));
    const child = spawn('sh', ['-c', SUPERVISOR, folder, ...command], {
      ...options,
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    supervisor = child;
    await waitForStart(child);
  }

  async function end(): Promise<void> {
    const child = supervisor;
    if (child === undefined) return;
    supervisor = undefined;
    const exited = once(child, 'exit');
    child.stdin?.end();
    await exited;
  }

  await start();
  return {
    url,
    async kill() {
      writeFileSync(join(folder, 'keep'), '');
      await end();
    },
    start,
    async stop() {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Returns the user of the Debian package, or the one without rights, which every system has. */
function findOrdinaryUser(): { uid: number; gid: number } {
  for (const name of ['postgres', '65534']) {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout || NaN),
    );
    if (uid !== undefined && gid !== undefined && uid > 0) return { uid, gid };
  }
  throw new Error(
    'PostgreSQL needs an ordinary user, and the machine has none of those that the tests know.',
  );
}

/** Waits until the server reports that it accepts connections. @throws Error with its log if it ends before */
function waitForStart(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      if (log.includes('ready to accept connections')) resolve();
    });
    child.once('exit', () => reject(new Error(`PostgreSQL did not start: ${log}`)));
  });
}
