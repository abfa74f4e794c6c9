import { fileURLToPath } from 'node:url';

const source = (path: string): string => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

/**
 * The package's own doors, resolved to their sources, so that stories, tests and the playground import what a
 * reader of the README imports. Exact matches: nothing behind a door can be reached by a longer path.
 * `paths` in tsconfig.json says the same to the compiler.
 */
export const sourceAlias = [
  { find: /^assistants-react$/, replacement: source('index.ts') },
  { find: /^assistants-react\/client$/, replacement: source('doors/client.ts') },
  { find: /^assistants-react\/backend$/, replacement: source('doors/backend.ts') },
  { find: /^assistants-react\/backend\/node$/, replacement: source('doors/backend-node.ts') },
  { find: /^assistants-react\/proxy$/, replacement: source('doors/proxy.ts') },
  { find: /^assistants-react\/highlight$/, replacement: source('doors/highlight.ts') },
  { find: /^assistants-react\/math$/, replacement: source('doors/math.ts') },
  { find: /^assistants-react\/schema-form$/, replacement: source('doors/schema-form.ts') },
  { find: /^assistants-react\/languages\/(\w+)$/, replacement: source('components/i18n/languages/$1.ts') },
  { find: /^assistants-react\/styles\.css$/, replacement: source('styles.css') },
];
