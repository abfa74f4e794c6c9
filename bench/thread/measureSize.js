import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const configFile = fileURLToPath(new URL('vite.config.ts', import.meta.url));

/**
 * Returns the bytes that a page of `pages/` loads first, minified and gzipped, without React, which an app has anyway. TanStack
 * Query is included.
 * @param {'view' | 'hooks' | 'operations' | 'conversation'} page
 * @param {(id: string) => boolean} [isCounted] selects the modules that count
 */
export async function measureSize(page, isCounted = () => true) {
  const entry = fileURLToPath(new URL(`pages/${page}.ts`, import.meta.url));
  const output = await build({
    configFile,
    logLevel: 'silent',
    build: {
      write: false,
      minify: true,
      // The option `lib` would keep the white space.
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
