import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeEmbedding } from './describeEmbedding.js';

/** Component functions that React Compiler has changed reserve a cache with this symbol. */
const CACHE_MARK = 'react.memo_cache_sentinel';

describe('with React Compiler', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assistants-react-compiled-'));
    await build({
      configFile: fileURLToPath(new URL('compiled.vite.config.ts', import.meta.url)),
      mode: 'production',
      logLevel: 'error',
      build: { outDir: folder, emptyOutDir: true },
    });
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('compiles the components', async () => {
    const assets = join(folder, 'assets');
    const files = (await readdir(assets)).filter((name) => name.endsWith('.js'));
    const texts = await Promise.all(files.map((name) => readFile(join(assets, name), 'utf8')));
    expect(texts.join('\n').split(CACHE_MARK).length).toBeGreaterThan(20);
  });

  describeEmbedding(['a plain page'], () => folder);
});
