import { fileURLToPath } from 'node:url';

const source = (path: string): string => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

/**
 * Resolves the entries of the package to their sources, so that stories, tests and the playground import the same names as an
 * app does. The matches are exact: no module behind an entry can be imported by a longer path.
 * `paths` in tsconfig.json says the same to the compiler.
 */
export const sourceAlias = [
  { find: /^assistants-react$/, replacement: source('index.ts') },
  { find: /^assistants-react\/client$/, replacement: source('entries/client.ts') },
  { find: /^assistants-react\/backend$/, replacement: source('entries/backend.ts') },
  { find: /^assistants-react\/backend\/node$/, replacement: source('entries/backend-node.ts') },
  {
    find: /^assistants-react\/backend\/postgres$/,
    replacement: source('entries/backend-postgres.ts'),
  },
  { find: /^assistants-react\/proxy$/, replacement: source('entries/proxy.ts') },
  { find: /^assistants-react\/highlight$/, replacement: source('entries/highlight.ts') },
  { find: /^assistants-react\/math$/, replacement: source('entries/math.ts') },
  { find: /^assistants-react\/devtools$/, replacement: source('entries/devtools.ts') },
  { find: /^assistants-react\/schema-form$/, replacement: source('entries/schema-form.ts') },
  {
    find: /^assistants-react\/languages\/(\w+)$/,
    replacement: source('components/i18n/languages/$1.ts'),
  },
  { find: /^assistants-react\/styles\.css$/, replacement: source('styles.css') },
  { find: /^assistants-react\/devtools\.css$/, replacement: source('devtools/devtools.css') },
  { find: /^assistants-react\/unlayered\.css$/, replacement: source('unlayered.css') },
];
