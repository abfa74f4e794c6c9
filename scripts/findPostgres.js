import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { argv, env, stderr } from 'node:process';
import { pathToFileURL } from 'node:url';
import { canInstall, installPackages, isExecutable } from './installPackages.js';

/** Oldest version that the store supports. */
const OLDEST_VERSION = 14;

const HELP = [
  `The tests of postgresStore need PostgreSQL ${OLDEST_VERSION} or newer, and none was found.`,
  'Install it with your system (Debian, Ubuntu: sudo apt-get install postgresql; macOS: brew install postgresql)',
  'or set POSTGRES_BIN to the folder that contains initdb and postgres.',
].join('\n');

/** Folders in which systems keep one folder for each version. */
const versionFolders = [
  { folder: '/usr/lib/postgresql', pattern: /^(\d+)$/, bin: 'bin' },
  { folder: '/opt/homebrew/opt', pattern: /^postgresql@(\d+)$/, bin: 'bin' },
  { folder: '/usr/local/opt', pattern: /^postgresql@(\d+)$/, bin: 'bin' },
];

/**
 * Returns the folder with the commands of PostgreSQL, or undefined. POSTGRES_BIN takes precedence, then the newest version
 * of the system.
 *
 * @returns {string | undefined}
 */
export function findPostgres() {
  const chosen = env['POSTGRES_BIN'];
  if (chosen !== undefined && chosen !== '') {
    if (!hasCommands(chosen))
      throw new Error(`POSTGRES_BIN is ${chosen}, which does not contain initdb and postgres.`);
    return chosen;
  }
  const config = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' });
  return [
    ...listVersionFolders(),
    ...(config.status === 0 ? [config.stdout.trim()] : []),
    ...(env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== ''),
  ].find((folder) => hasCommands(folder) && getVersion(folder) >= OLDEST_VERSION);
}

/**
 * Returns the folder with the commands of PostgreSQL, and installs them first where that is possible without asking (as root
 * on Debian).
 *
 * @returns {string}
 * @throws {Error} if there is none and none can be installed. The message says what to do.
 */
export function ensurePostgres() {
  const found = findPostgres();
  if (found !== undefined) return found;
  if (canInstall()) {
    stderr.write('No PostgreSQL found: installing the postgresql package. This happens once.\n');
    installPackages('postgresql');
    const installed = findPostgres();
    if (installed !== undefined) return installed;
  }
  throw new Error(HELP);
}

/** @returns {string[]} newest first */
function listVersionFolders() {
  return versionFolders.flatMap(({ folder, pattern, bin }) =>
    existsSync(folder)
      ? readdirSync(folder)
          .flatMap((name) => {
            const version = pattern.exec(name)?.[1];
            return version === undefined ? [] : [{ name, version: Number(version) }];
          })
          .sort((a, b) => b.version - a.version)
          .map(({ name }) => join(folder, name, bin))
      : [],
  );
}

/** @param {string} folder */
function hasCommands(folder) {
  return isExecutable(join(folder, 'initdb')) && isExecutable(join(folder, 'postgres'));
}

/** @param {string} folder */
function getVersion(folder) {
  const { stdout } = spawnSync(join(folder, 'postgres'), ['--version'], { encoding: 'utf8' });
  return Number(/\s(\d+)/.exec(stdout ?? '')?.[1] ?? 0);
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  console.log(ensurePostgres());
}
