/**
 * npm test: installs a browser and PostgreSQL and builds the package if the tests need it, runs the tests, and prints
 * `N passed, N failed` as the last line. Arguments go to vitest: `npm test -- --project node`, `npm test -- thread`.
 * `--no-build` uses the existing dist. The projects `journeys`, `slow`, `cluster`, `embedding` and `engines` run only by name,
 * for example with `npm run test:slow`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, env, execPath, exit } from 'node:process';
import { ensureChromium } from './findChromium.js';
import { ensureEngines } from './findEngines.js';
import { ensurePostgres } from './findPostgres.js';
import { binary, root } from './run.js';

// Not `!slow` and `!embedding`: each of them excludes one project and includes the others.
const projectsByDefault = ['node', 'dom', 'browser', 'storybook', 'e2e'];
const projectsWithoutBrowser = ['node', 'dom', 'cluster', 'slow'];
const projectsWithBuild = ['e2e', 'journeys', 'cluster', 'slow'];
const projectsWithPostgres = ['node', 'e2e', 'journeys', 'cluster', 'slow'];

const given = argv.slice(2);
const vitestArguments = given.filter((argument) => argument !== '--no-build');
const projects = readProjects(vitestArguments);
const needsBrowser = !(
  projects.length > 0 && projects.every((name) => projectsWithoutBrowser.includes(name))
);
const needsBuild =
  projects.length === 0 ||
  projects.some((name) => projectsWithBuild.includes(name) || /[*!]/.test(name));

try {
  if (needsBrowser) env['CHROMIUM_PATH'] = ensureChromium();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  finish({ passed: 0, failed: 1, skipped: 0 }, 1);
}

try {
  if (projects.length === 0 || projects.some((name) => projectsWithPostgres.includes(name)))
    env['POSTGRES_BIN'] = ensurePostgres();
} catch (error) {
  // The tests that need it fail. All others run.
  console.error(error instanceof Error ? error.message : error);
}

try {
  if (projects.includes('engines')) ensureEngines();
} catch (error) {
  // The tests of the engine that is missing fail.
  console.error(error instanceof Error ? error.message : error);
}

if (needsBuild && !given.includes('--no-build')) {
  for (const [name, ...rest] of [
    ['vite', 'build', '--logLevel', 'warn'],
    ['tsc', '-p', 'tsconfig.build.json'],
  ]) {
    const { status } = spawnSync(execPath, [binary(/** @type {string} */ (name)), ...rest], {
      cwd: root,
      stdio: 'inherit',
    });
    if (status !== 0) {
      console.error('The library does not build, so its tests cannot run.');
      finish({ passed: 0, failed: 1, skipped: 0 }, 1);
    }
  }
}

/**
 * Makes vitest collect the garbage of Chromium after each file, by a threshold that no disk exceeds. Chromium keeps a file
 * descriptor for each module that has not changed since the last test file, and its page crashes when none is left.
 */
const chromiumGarbage = { VITEST_CHROMIUM_GC_DISK_THRESHOLD_GB: '1000000' };
const folder = mkdtempSync(join(tmpdir(), 'assistants-react-'));
const countsFile = join(folder, 'counts.json');
const { status } = spawnSync(
  execPath,
  [
    binary('vitest'),
    'run',
    '--reporter=default',
    '--reporter=./scripts/CountReporter.js',
    ...(projects.length === 0 ? projectsByDefault.map((name) => `--project=${name}`) : []),
    ...vitestArguments,
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...env, ...chromiumGarbage, TEST_COUNTS_FILE: countsFile },
  },
);
const counts = readCounts(countsFile);
rmSync(folder, { recursive: true, force: true });
const exitCode = status ?? 1;
// vitest can fail without a failed test: it crashed, found no test, or missed a coverage threshold.
if (exitCode !== 0 && counts.failed === 0) counts.failed = 1;
finish(counts, counts.failed > 0 ? 1 : 0);

/**
 * @param {{ passed: number, failed: number, skipped: number }} counts
 * @param {number} exitCode
 * @returns {never}
 */
function finish({ passed, failed, skipped }, exitCode) {
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  exit(exitCode);
}

/**
 * @param {string} file
 * @returns {{ passed: number, failed: number, skipped: number }}
 */
function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

/**
 * @param {string[]} list
 * @returns {string[]}
 */
function readProjects(list) {
  return list.flatMap((argument, index) => {
    if (argument === '--project') return list[index + 1] ?? [];
    return argument.startsWith('--project=') ? argument.slice('--project='.length) : [];
  });
}
