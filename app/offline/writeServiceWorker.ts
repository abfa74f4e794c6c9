import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

/** Writes the service worker of the playground, which keeps all files of the build for visits without a network. */
export function offlinePlugin(): Plugin {
  let folder = '';
  return {
    name: 'offline',
    apply: 'build',
    configResolved({ root, build: { outDir } }) {
      folder = resolve(root, outDir);
    },
    closeBundle: () => writeServiceWorker(folder),
  };
}

/** Writes `serviceWorker.js` for the files in a folder. */
export async function writeServiceWorker(folder: string): Promise<void> {
  const paths = await readdir(folder, { recursive: true });
  const names = paths.map((path) => path.replaceAll('\\', '/'));
  const assets = names.filter((name) => /^assets\/.*\.\w+$/.test(name) && !name.endsWith('.map'));
  const page = await readFile(join(folder, 'index.html'));
  const files = [
    { url: 'index.html', revision: hash(page) },
    // Their names have a hash already.
    ...assets.sort().map((url) => ({ url, revision: null })),
  ];
  const version = hash(JSON.stringify(files));
  await build({
    configFile: false,
    logLevel: 'warn',
    root: fileURLToPath(new URL('.', import.meta.url)),
    publicDir: false,
    define: { BUILD: JSON.stringify({ version, files }) },
    build: {
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: {
        input: fileURLToPath(new URL('serviceWorker.ts', import.meta.url)),
        // Firefox has no modules in service workers.
        output: { format: 'iife', entryFileNames: 'serviceWorker.js' },
      },
    },
  });
}

function hash(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}
