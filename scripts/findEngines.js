import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { argv, env, stderr } from 'node:process';
import { pathToFileURL } from 'node:url';
import { canInstall, installPackages, isExecutable } from './installPackages.js';

/**
 * @typedef {object} Engines
 * @property {string} firefox Path of the Firefox executable.
 * @property {string} webKitDriver Path of WebKitWebDriver.
 * @property {string} miniBrowser Path of the browser that the driver starts.
 * @property {string} xvfb Path of Xvfb, because the browser has no headless mode.
 */

const HELP = {
  firefox: [
    'The tests of Firefox need it, and none was found.',
    'Install it with your system (Debian: sudo apt-get install firefox-esr; macOS: brew install --cask firefox)',
    'or set FIREFOX_PATH to its executable.',
  ],
  webKit: [
    'The tests of WebKit need WebKitWebDriver, MiniBrowser and Xvfb, and at least one was not found.',
    'Install them with your system (Debian: sudo apt-get install webkit2gtk-driver xvfb).',
  ],
};

const firefoxNames = ['firefox-esr', 'firefox'];
const firefoxApplications = [
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  '/opt/firefox/firefox',
];

/** @returns {string | undefined} */
export function findFirefox() {
  const chosen = env['FIREFOX_PATH'];
  if (chosen !== undefined && chosen !== '') {
    if (!isExecutable(chosen))
      throw new Error(`FIREFOX_PATH is ${chosen}, which is not an executable file.`);
    return chosen;
  }
  return [...firefoxNames.flatMap(listInPath), ...firefoxApplications].find(isExecutable);
}

/** @returns {Omit<Engines, 'firefox'> | undefined} */
export function findWebKit() {
  const webKitDriver = listInPath('WebKitWebDriver').find(isExecutable);
  const xvfb = listInPath('Xvfb').find(isExecutable);
  const miniBrowser = listMiniBrowsers().find(isExecutable);
  if (webKitDriver === undefined || xvfb === undefined || miniBrowser === undefined)
    return undefined;
  return { webKitDriver, xvfb, miniBrowser };
}

/**
 * Installs Firefox and WebKit where they are missing and that is possible without asking (as root on Debian).
 *
 * @throws {Error} if one is missing and cannot be installed. The message says what to do.
 */
export function ensureEngines() {
  const missing = [
    ...(findFirefox() === undefined ? ['firefox-esr'] : []),
    ...(findWebKit() === undefined ? ['webkit2gtk-driver', 'xvfb'] : []),
  ];
  if (missing.length > 0 && canInstall()) {
    stderr.write(`Installing ${missing.join(', ')} for the tests. This happens once.\n`);
    installPackages(...missing);
  }
  const help = [
    ...(findFirefox() === undefined ? HELP.firefox : []),
    ...(findWebKit() === undefined ? HELP.webKit : []),
  ];
  if (help.length > 0) throw new Error(help.join('\n'));
}

/** @returns {string[]} */
function listMiniBrowsers() {
  const roots = ['/usr/lib', '/usr/libexec', '/usr/lib64'];
  const folders = roots.filter((folder) => existsSync(folder)).flatMap(listFolders);
  return [...roots, ...folders].flatMap((folder) =>
    ['webkitgtk-6.0', 'webkit2gtk-4.1', 'webkit2gtk-4.0'].map((version) =>
      join(folder, version, 'MiniBrowser'),
    ),
  );
}

/** @param {string} folder */
function listFolders(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name));
}

/** @param {string} name */
function listInPath(name) {
  const folders = [...(env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];
  return folders.filter((folder) => folder !== '').map((folder) => join(folder, name));
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  ensureEngines();
  console.log(findFirefox(), findWebKit());
}
