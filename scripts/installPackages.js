import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { env, getuid, platform } from 'node:process';

/** Returns true if packages can be installed without asking: as root on Debian. */
export function canInstall() {
  return (
    platform === 'linux' &&
    getuid?.() === 0 &&
    existsSync('/etc/debian_version') &&
    existsSync('/usr/bin/apt-get')
  );
}

/**
 * Installs Debian packages.
 *
 * @param {...string} names
 * @throws {Error} if apt-get fails
 */
export function installPackages(...names) {
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  // An old package list may still be good enough if it cannot be refreshed.
  spawnSync('apt-get', ['update', '-qq'], /** @type {const} */ ({ ...options, stdio: 'ignore' }));
  execFileSync(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', ...names],
    /** @type {import('node:child_process').ExecFileSyncOptions} */ (options),
  );
}

/** @param {string} path */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
