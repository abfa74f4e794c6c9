import { isAbsolute } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { unlayeredStyles } from './scripts/unlayeredStyles.js';

const isBare = (id: string): boolean =>
  !id.startsWith('.') && !id.startsWith('\0') && !isAbsolute(id);

/** Each language is an entry of its own: an app loads only the languages that it imports. */
const languages = Object.fromEntries(
  ['arabic', 'chinese', 'french', 'german', 'japanese', 'spanish']
    .map((language) => `components/i18n/languages/${language}`)
    .map((path) => [path, `src/${path}.ts`]),
);

const MODULE_URL = /(new URL\('[^']+', )import\.meta\.url\)/g;
const HIDDEN_MODULE_URL = /(new URL\([^)]+, )hiddenModuleUrl\)/g;

/**
 * Keeps `new URL('./module.js', import.meta.url)` as it is, so that Node and the bundler of an app find the module of a worker.
 * Vite would inline the module instead.
 */
const keepWorkerUrls: Plugin = {
  name: 'keep-worker-urls',
  enforce: 'pre',
  transform(code, id) {
    if (!id.includes('/search/worker/')) return undefined;
    return { code: code.replaceAll(MODULE_URL, '$1hiddenModuleUrl)'), map: null };
  },
  renderChunk: (code) => ({
    code: code.replaceAll(HIDDEN_MODULE_URL, '$1import.meta.url)'),
    map: null,
  }),
};

/** The library build. Declarations come from tsc afterwards, see tsconfig.build.json. */
export default defineConfig({
  publicDir: false,
  plugins: [keepWorkerUrls],
  css: { postcss: { plugins: [unlayeredStyles] } },
  build: {
    target: 'es2022',
    // Without a target of its own, light-dark() is lowered and an app's own `color-scheme` stops working.
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    // The stylesheet is an entry of its own, which needs the split.
    cssCodeSplit: true,
    minify: false,
    sourcemap: true,
    lib: {
      entry: {
        index: 'src/index.ts',
        'entries/client': 'src/entries/client.ts',
        'entries/backend': 'src/entries/backend.ts',
        'entries/backend-node': 'src/entries/backend-node.ts',
        'entries/backend-postgres': 'src/entries/backend-postgres.ts',
        'backend/search/worker/workerEntry': 'src/backend/search/worker/workerEntry.ts',
        'entries/proxy': 'src/entries/proxy.ts',
        'entries/highlight': 'src/entries/highlight.ts',
        'entries/math': 'src/entries/math.ts',
        'entries/devtools': 'src/entries/devtools.ts',
        'entries/schema-form': 'src/entries/schema-form.ts',
        'backend/server/cli': 'src/backend/server/cli.ts',
        ...languages,
        styles: 'src/styles.css',
        unlayered: 'src/unlayered.css',
        devtools: 'src/devtools/devtools.css',
      },
      formats: ['es'],
      cssFileName: 'styles',
    },
    rolldownOptions: {
      external: isBare,
      // Turns off the warning that 'use client' may be lost: preserveModules keeps it, and a test of dist checks that.
      checks: { moduleLevelDirective: false },
      output: {
        // One file per module: a bundle of several modules would lose 'use client'.
        preserveModules: true,
        preserveModulesRoot: 'src',
        entryFileNames: '[name].js',
      },
    },
  },
});
