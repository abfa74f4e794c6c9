/**
 * npm run test:examples: installs the packed package in each app of `examples/`, from its lock file, and builds the app. Starts
 * the one with a server, and lets it read a file.
 * The package must be built before. `--update` replaces the lock files, after a change of dependencies.
 */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, env, exit } from 'node:process';
import { checkFileSearch } from './checkFileSearch.js';
import { root } from './run.js';

const tarball = 'assistants-react.tgz';
const isUpdate = argv.includes('--update');

/** Text that the build of each example must contain, by the folder of its files. */
const expected = [
  {
    example: 'next',
    folder: '.next/server/app',
    extension: '.html',
    text: 'What can I help with?',
    check: checkFileSearch,
  },
  { example: 'tailwind', folder: 'dist/assets', extension: '.css', text: '[data-part=' },
];

const folder = mkdtempSync(join(tmpdir(), 'examples-'));
/** @type {string[]} */
const failed = [];
try {
  run(root, 'pack', '--ignore-scripts', '--silent', '--pack-destination', folder);
  const packed = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
  for (const { example, check, ...output } of expected) {
    console.log(`\n-- ${example}`);
    try {
      buildExample(example, join(folder, packed));
      checkOutput(join(folder, example), output);
      await check?.(join(folder, example));
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      failed.push(example);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(failed.length === 0 ? '\nAll examples build.' : `\nFailed: ${failed.join(', ')}`);
exit(failed.length === 0 ? 0 : 1);

/**
 * @param {string} example
 * @param {string} packed
 */
function buildExample(example, packed) {
  const source = join(root, 'examples', example);
  const app = join(folder, example);
  cpSync(source, app, {
    recursive: true,
    filter: (path) => !/[\\/](?:node_modules|\.next|dist)$/.test(path),
  });
  copyFileSync(packed, join(app, tarball));
  const lock = 'package-lock.json';
  run(app, isUpdate ? 'install' : 'ci', '--no-audit', '--no-fund', '--loglevel=error');
  // The tarball differs with each build, so the lock file has no checksum of it.
  if (isUpdate)
    writeFileSync(join(source, lock), withoutChecksum(readFileSync(join(app, lock), 'utf8')));
  run(app, 'run', 'build');
}

/**
 * @param {string} text
 * @returns {string}
 */
function withoutChecksum(text) {
  const lock = JSON.parse(text);
  delete lock.packages['node_modules/assistants-react'].integrity;
  return `${JSON.stringify(lock, null, 2)}\n`;
}

/**
 * @param {string} app
 * @param {{ folder: string, extension: string, text: string }} output
 */
function checkOutput(app, output) {
  const built = join(app, output.folder);
  const files = readdirSync(built).filter((name) => name.endsWith(output.extension));
  if (!files.some((name) => readFileSync(join(built, name), 'utf8').includes(output.text)))
    throw new Error(`No ${output.extension} file in ${output.folder} contains '${output.text}'.`);
}

/**
 * @param {string} cwd
 * @param {string[]} parameters Parameters of npm.
 */
function run(cwd, ...parameters) {
  const { status } = spawnSync('npm', parameters, {
    cwd,
    stdio: 'inherit',
    env: {
      ...env,
      CI: '1',
      NEXT_TELEMETRY_DISABLED: '1',
      NODE_ENV: 'production',
      npm_config_include: 'dev',
    },
  });
  if (status !== 0) throw new Error(`npm ${parameters[0]} failed in ${cwd}.`);
}
