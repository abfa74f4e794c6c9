import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { argv, env, platform, stderr } from 'node:process';
import { pathToFileURL } from 'node:url';
import { canInstall, installPackages, isExecutable } from './installPackages.js';

/**
 * Command line flags for a browser under test. It must run as root and in a container with a small /dev/shm, and must not
 * send requests of its own.
 */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--disable-features=OptimizationHints,MediaRouter,Translate',
  '--no-first-run',
  '--no-pings',
];

const commands = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
];

const macApplications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const windowsApplications = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']]
  .filter((folder) => folder !== undefined)
  .map((folder) => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'));

/**
 * Returns the path of an installed Chromium or Chrome, or undefined. CHROMIUM_PATH takes precedence.
 * @returns {string | undefined}
 */
export function findChromium() {
  const chosen = env['CHROMIUM_PATH'];
  if (chosen !== undefined && chosen !== '') {
    if (!isExecutable(chosen))
      throw new Error(`CHROMIUM_PATH is ${chosen}, which is not an executable file.`);
    return chosen;
  }
  const folders = [
    ...(env['PATH'] ?? '').split(delimiter),
    '/usr/bin',
    '/usr/local/bin',
    '/snap/bin',
  ];
  const candidates = [
    ...folders
      .filter((folder) => folder !== '')
      .flatMap((folder) => commands.map((name) => join(folder, name))),
    ...(platform === 'darwin' ? macApplications : []),
    ...(platform === 'win32' ? windowsApplications : []),
    ...playwrightDownloads(),
  ];
  return candidates.find(isExecutable);
}

/**
 * Returns the path of a Chromium, and installs one first where that is possible without asking (as root on Debian).
 *
 * @returns {string}
 * @throws {Error} if there is none and none can be installed. The message says what to do.
 */
export function ensureChromium() {
  const found = findChromium();
  if (found !== undefined) return found;
  if (canInstall()) {
    stderr.write('No Chromium found: installing the chromium package. This happens once.\n');
    installPackages('chromium', 'fonts-noto-core', 'fonts-noto-color-emoji');
    const installed = findChromium();
    if (installed !== undefined) return installed;
  }
  throw new Error(
    [
      'The browser tests need a Chromium or Chrome, and none was found.',
      'Install one with your system (Debian, Ubuntu: sudo apt-get install chromium; macOS: brew install --cask chromium)',
      'or with `npx playwright install chromium`, or set CHROMIUM_PATH to its executable.',
      'The tests that need no browser: npm test -- --project node --project dom',
    ].join('\n'),
  );
}

/** @returns {string[]} newest first */
function playwrightDownloads() {
  const caches = [
    env['PLAYWRIGHT_BROWSERS_PATH'],
    join(homedir(), '.cache', 'ms-playwright'),
    join(homedir(), 'Library', 'Caches', 'ms-playwright'),
    env['LOCALAPPDATA'] === undefined ? undefined : join(env['LOCALAPPDATA'], 'ms-playwright'),
  ];
  const inside = [
    ['chrome-linux', 'chrome'],
    ['chrome-linux64', 'chrome'],
    ['chrome-mac', 'Chromium.app', 'Contents', 'MacOS', 'Chromium'],
    [
      'chrome-mac-arm64',
      'Google Chrome for Testing.app',
      'Contents',
      'MacOS',
      'Google Chrome for Testing',
    ],
    ['chrome-win', 'chrome.exe'],
    ['chrome-win64', 'chrome.exe'],
  ];
  return caches
    .filter((cache) => cache !== undefined)
    .filter((cache) => existsSync(cache))
    .flatMap((cache) =>
      readdirSync(cache)
        .filter((name) => /^chromium-\d+$/.test(name))
        .sort((a, b) => Number(b.slice(9)) - Number(a.slice(9)))
        .flatMap((name) => inside.map((parts) => join(cache, name, ...parts))),
    );
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  console.log(ensureChromium());
}
