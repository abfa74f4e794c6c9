/**
 * npm run check: everything that must pass before a change is merged. A failing step does not hide the steps after it. The
 * tests come last, so that their count is the last line.
 */
import { spawnSync } from 'node:child_process';
import { env, execPath, exit } from 'node:process';
import { binary, root } from './run.js';

/** @type {ReadonlyArray<readonly [name: string, command: string, ...parameters: string[]]>} */
const steps = [
  ['generated files', 'scripts/generate.js', '--check'],
  ['API document', binary('redocly'), 'lint', 'openapi/assistants.yaml'],
  ['types', binary('tsc'), '--noEmit'],
  ['format', binary('prettier'), '--check', '--log-level', 'warn', '.'],
  ['lint', binary('oxlint'), '--type-aware'],
  ['style', 'scripts/checkStyle.js'],
  ['commit subjects', 'scripts/checkCommits.js'],
  ['unused code', binary('knip'), '--no-progress'],
  ['build', binary('vite'), 'build', '--logLevel', 'warn'],
  ['declarations', binary('tsc'), '-p', 'tsconfig.build.json'],
  ['registry', 'scripts/buildRegistry.js'],
  ['package', binary('publint'), '--strict'],
  [
    'package types',
    binary('attw'),
    '--pack',
    '.',
    '--profile',
    'esm-only',
    '--exclude-entrypoints',
    'styles.css',
    'unlayered.css',
    'devtools.css',
    'backend/file-worker',
  ],
  ['size', binary('size-limit')],
  ['examples', 'scripts/testExamples.js'],
  ['documentation', 'scripts/buildDocs.js'],
  ['pages of the documentation', 'scripts/checkDocs.js'],
  ['journeys', 'scripts/test.js', '--no-build', '--project', 'journeys'],
  ['embedding', 'scripts/test.js', '--no-build', '--project', 'embedding'],
  ['tests', 'scripts/test.js', '--no-build'],
];

env['REDOCLY_TELEMETRY'] = 'off';
env['REDOCLY_SUPPRESS_UPDATE_NOTICE'] = 'true';

/** @type {string[]} */
const failed = [];
for (const [name, command, ...parameters] of steps) {
  const isLast = name === 'tests';
  if (isLast && failed.length > 0) console.error(`\nFailed before the tests: ${failed.join(', ')}`);
  console.log(`\n== ${name}`);
  const { status } = spawnSync(execPath, [command, ...parameters], { cwd: root, stdio: 'inherit' });
  if (status !== 0) failed.push(name);
}
exit(failed.length === 0 ? 0 : 1);
