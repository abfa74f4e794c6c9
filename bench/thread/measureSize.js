import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const configFile = fileURLToPath(new URL('vite.config.ts', import.meta.url));

/** @typedef {'view' | 'hooks' | 'operations'} PageName */

/** Leaves out the modules that are loaded on demand, and with them what Vite adds to split a page. */
const leaveOutLazyModules = {
  name: 'leave-out-lazy-modules',
  /** @param {unknown} id */
  resolveDynamicImport: (id) => ({ id: String(id), external: true }),
};

/**
 * Returns the bytes that a page of `pages/` loads first, minified and gzipped, without React, which an app has anyway. TanStack
 * Query is included.
 * @param {PageName} page
 */
export function measureSize(page) {
  return measureBuild(page, [leaveOutLazyModules]);
}

/**
 * Returns the same with everything that Vite adds to split the page: imports and exports of each chunk, and the lists of
 * modules to preload.
 * @param {PageName} page
 */
export function measureSplitSize(page) {
  return measureBuild(page, []);
}

/** @param {PageName} page @param {import('vite').Plugin[]} plugins */
async function measureBuild(page, plugins) {
  const entry = fileURLToPath(new URL(`pages/${page}.ts`, import.meta.url));
  const output = await build({
    configFile,
    logLevel: 'silent',
    plugins,
    build: {
      write: false,
      minify: true,
      // The option `lib` would keep the white space.
      rolldownOptions: {
        input: entry,
        preserveEntrySignatures: 'strict',
        external: (id) => /^react(-dom)?(\/|$)/.test(id),
      },
    },
  });
  const [{ output: files } = { output: [] }] =
    /** @type {import('vite').Rolldown.RolldownOutput[]} */ ([output].flat());
  const chunks = new Map(
    files.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : [])),
  );
  const wanted = new Set([...chunks.values()].filter(({ isEntry }) => isEntry));
  for (const { imports } of wanted) {
    for (const name of imports) {
      const chunk = chunks.get(name);
      if (chunk) wanted.add(chunk);
    }
  }
  return gzipSync([...wanted].map(({ code }) => code).join(''), { level: 9 }).length;
}
