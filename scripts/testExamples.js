/**
 * npm run test:examples: makes each app of `examples/` with `assistants-react create`, installs the packed package in it from the
 * lock file of the example, builds it, starts it, and uses it in Chromium. `shadcn` is the example `tailwind` with the chat of
 * `registry/`. The package and the registry must be built before.
 *
 * Names of examples select some of them. `--update` replaces their lock files, after a change of dependencies.
 */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { register } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, env, execPath, exit } from 'node:process';
import { exampleChecks } from './exampleChecks.js';
import { ensureChromium } from './findChromium.js';
import { ensurePostgres } from './findPostgres.js';
import { makeShadcnApp } from './makeShadcnApp.js';
import { root } from './run.js';

register('./sourceHooks.js', import.meta.url);
const { launchBrowser } = await import('../test/e2e/launchBrowser.js');
const { startPostgres } = await import('../test/backend/postgres/startPostgres.js');

const TARBALL = 'assistants-react.tgz';
/** Ends what hangs. No check depends on the speed of the machine. */
const TIMEOUT_MS = 120_000;

const isUpdate = argv.includes('--update');
const selected = argv.slice(2).filter((parameter) => !parameter.startsWith('--'));
const names = [...readdirSync(join(root, 'examples')), ...(isUpdate ? [] : ['shadcn'])];
const examples = names.filter((name) => selected.length === 0 || selected.includes(name));

ensureChromium();
ensurePostgres();
const folder = mkdtempSync(join(tmpdir(), 'examples-'));
const browser = await launchBrowser();
const database = await startPostgres();
/** @type {string[]} */
const failed = [];
try {
  run(root, 'npm', 'pack', '--ignore-scripts', '--silent', '--pack-destination', folder);
  const packed = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
  for (const example of examples) {
    console.log(`\n-- ${example}`);
    const app = join(folder, example);
    try {
      makeApp(app, example === 'shadcn' ? 'tailwind' : example, join(folder, packed));
      if (example === 'shadcn') await makeShadcnApp(app);
      run(app, 'npm', 'run', 'build');
      await checkApp(app, example);
    } catch (error) {
      console.error(error);
      failed.push(example);
    }
    rmSync(app, { recursive: true, force: true });
  }
} finally {
  await browser.close();
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`\n${examples.length - failed.length} examples passed, ${failed.length} failed`);
if (failed.length > 0) console.log(`Failed: ${failed.join(', ')}`);
exit(failed.length === 0 ? 0 : 1);

/**
 * @param {string} app
 * @param {string} example
 * @param {string} packed Path of the packed package.
 */
function makeApp(app, example, packed) {
  const cli = join(root, 'dist/backend/server/cli.js');
  run(root, execPath, cli, 'create', app, '--example', example);
  copyFileSync(packed, join(app, TARBALL));
  const manifest = JSON.parse(readFileSync(join(app, 'package.json'), 'utf8'));
  manifest.dependencies['assistants-react'] = `file:${TARBALL}`;
  writeFileSync(join(app, 'package.json'), JSON.stringify(manifest));
  const lock = join(root, 'examples', example, 'package-lock.json');
  if (!isUpdate) copyFileSync(lock, join(app, 'package-lock.json'));
  const install = isUpdate ? 'install' : 'ci';
  run(app, 'npm', install, '--no-audit', '--no-fund', '--loglevel=error');
  if (isUpdate) writeFileSync(lock, toSharedLock(readFileSync(join(app, 'package-lock.json'))));
}

/**
 * The tarball differs with each build, so the lock file has no checksum of it, and addresses of this machine's registry
 * are left out.
 *
 * @param {Buffer} bytes
 * @returns {string}
 */
function toSharedLock(bytes) {
  const lock = JSON.parse(bytes.toString());
  for (const entry of Object.values(lock.packages))
    if (entry.resolved?.startsWith('http')) delete entry.resolved;
  delete lock.packages['node_modules/assistants-react'].integrity;
  return `${JSON.stringify(lock, null, 2)}\n`;
}

/**
 * @param {string} app
 * @param {string} example
 */
async function checkApp(app, example) {
  /** @type {string[]} */
  const errors = [];
  const openPage = async ({ expectsErrors } = { expectsErrors: false }) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    page.setDefaultTimeout(TIMEOUT_MS);
    if (expectsErrors) return page;
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      const isIcon = message.location().url.endsWith('/favicon.ico');
      if (message.type() === 'error' && !isIcon) errors.push(message.text());
    });
    return page;
  };
  const closePages = async () => {
    for (const context of browser.contexts()) await context.close();
  };
  const check = exampleChecks[example];
  if (check === undefined) throw new Error(`${example} has no check.`);
  try {
    await check({ app, openPage, closePages, databaseUrl: database.url });
  } finally {
    await closePages();
  }
  if (errors.length > 0) throw new Error(`Errors in the page:\n${errors.join('\n')}`);
}

/**
 * @param {string} cwd
 * @param {string} command
 * @param {string[]} parameters
 */
function run(cwd, command, ...parameters) {
  const { status } = spawnSync(command, parameters, {
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
  if (status !== 0) throw new Error(`${command} ${parameters[0]} failed in ${cwd}.`);
}
