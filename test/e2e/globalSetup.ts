import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder with the production builds: `pages`, `size`, `files`, `playground`, `playgroundStatic` and `embedding`. */
    builds: string;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const vite = join(root, 'node_modules/vite/bin/vite.js');

const configs = {
  pages: 'test/e2e/pages/vite.config.ts',
  size: 'test/exports/sizePage/vite.config.ts',
  files: 'test/exports/filePage/vite.config.ts',
  playground: 'app/vite.config.ts',
  playgroundStatic: 'app/vite.config.ts',
  embedding: 'test/embedding/vite.config.ts',
};

/** Builds all pages of the end-to-end tests once, before the first test. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'assistants-react-pages-'));
  await Promise.all(
    Object.entries(configs).map(([name, config]) => build(config, join(folder, name))),
  );
  project.provide('builds', folder);
  return () => rm(folder, { recursive: true });
}

async function build(config: string, outDir: string): Promise<void> {
  // NODE_ENV of this process is "test", which would bundle the development build of React.
  const env = { ...process.env, NODE_ENV: 'production' };
  const mode = outDir.endsWith('Static') ? ['--mode', 'static'] : [];
  const options = ['build', '--config', join(root, config), '--outDir', outDir, '--emptyOutDir'];
  await promisify(execFile)(process.execPath, [vite, ...options, ...mode], { cwd: root, env });
}
