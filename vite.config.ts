import { readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const isBare = (id: string): boolean => !id.startsWith('.') && !id.startsWith('\0') && !isAbsolute(id);

/**
 * Of marked the lexer alone is used, but the end of its one file makes an instance of everything, which no bundler of an app
 * can leave out. So the lexer is built into this package, without that end.
 */
const lexerOfMarked: Plugin = {
  name: 'lexer-of-marked',
  transform: {
    filter: { id: /\/node_modules\/marked\// },
    handler(code) {
      const inside = (name: string) => new RegExp(`(\\w+) as ${name}\\b`).exec(code)?.[1];
      const end = code.search(new RegExp(`var \\w+=new ${inside('Marked')};`));
      if (end === -1) throw new Error('lexer-of-marked: marked is built in another way now.');
      return { code: `${code.slice(0, end)}export{${inside('Lexer')} as Lexer};`, map: null };
    },
  },
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'vendor/marked/LICENSE', source: readFileSync('node_modules/marked/LICENSE') });
  },
};

/** Each language is a door of its own, so that nobody pays for the others. */
const languages = Object.fromEntries(
  ['arabic', 'chinese', 'french', 'german', 'japanese', 'spanish']
    .map((language) => `components/i18n/languages/${language}`)
    .map((path) => [path, `src/${path}.ts`]),
);

/** The library build. Declarations come from tsc afterwards, see tsconfig.build.json. */
export default defineConfig({
  publicDir: false,
  plugins: [lexerOfMarked],
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
        'doors/client': 'src/doors/client.ts',
        'doors/backend': 'src/doors/backend.ts',
        'doors/backend-node': 'src/doors/backend-node.ts',
        'doors/proxy': 'src/doors/proxy.ts',
        'doors/highlight': 'src/doors/highlight.ts',
        'doors/math': 'src/doors/math.ts',
        'doors/schema-form': 'src/doors/schema-form.ts',
        'backend/serve/cli': 'src/backend/serve/cli.ts',
        ...languages,
        styles: 'src/styles.css',
      },
      formats: ['es'],
      cssFileName: 'styles',
    },
    rolldownOptions: {
      external: (id) => isBare(id) && id !== 'marked',
      // The warning that 'use client' may be lost, which it is not: see preserveModules. A test of dist holds it.
      checks: { moduleLevelDirective: false },
      output: {
        // One file per module: a bundle of several modules would lose 'use client'.
        preserveModules: true,
        preserveModulesRoot: 'src',
        // npm packs no folder of this name.
        entryFileNames: ({ name }) => `${name.replace(/^.*node_modules\//, 'vendor/')}.js`,
      },
    },
  },
});
