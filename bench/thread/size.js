import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const configFile = fileURLToPath(new URL('vite.config.ts', import.meta.url));

/**
 * Bytes of what a page of `pages/` loads, minified and compressed: without React, which an app has, and without what is loaded
 * only when it is needed. TanStack Query counts.
 * @param {'view' | 'hooks' | 'operations' | 'conversation'} page
 * @param {(id: string) => boolean} [isCounted] of modules, to see what costs
 */
export async function sizeOf(page, isCounted = () => true) {
  const entry = fileURLToPath(new URL(`pages/${page}.ts`, import.meta.url));
  const output = await build({
    configFile,
    logLevel: 'silent',
    build: {
      write: false,
      minify: true,
      // Not `lib`, which leaves the white space in.
      rolldownOptions: {
        input: entry,
        preserveEntrySignatures: 'strict',
        external: (id) => /^react(-dom)?(\/|$)/.test(id) || !isCounted(id),
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
