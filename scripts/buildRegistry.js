/**
 * node scripts/buildRegistry.js [FOLDER]: builds the shadcn registry of `registry/` with shadcn's own command, by default in
 * `dist/registry`, where it is a part of the package.
 */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { argv, execPath, exit } from 'node:process';
import { binary, root } from './run.js';

const source = join(root, 'registry');
const target = resolve(argv[2] ?? join(root, 'dist/registry'));

const { status } = spawnSync(
  execPath,
  [binary('shadcn'), 'build', 'registry.json', '--cwd', source, '--output', target],
  { stdio: 'inherit' },
);
exit(status ?? 1);
