/**
 * npm run docs:api: writes a page for each export of the package, from its docblock, and the index of the search to
 * `.storybook/reference/`, which Storybook shows. Fails if typedoc warns, or if a search for the name of an export does
 * not find it.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { execPath, exit } from 'node:process';
import { createSearchIndex, findEntries, listSections } from '../.storybook/searchIndex.js';
import { binary, root } from './run.js';

const folder = join(root, '.storybook/reference');
/** Number of characters at the start of a page that are searched. The rest repeats types. */
const SEARCHED_LENGTH = 2_000;
/** Pages of generated types. They are replaced by a reference to the API document, which is easier to read. */
const GENERATED = ['interfaces/index.operations.md', 'interfaces/index.paths.md'];

const { status } = spawnSync(execPath, [binary('typedoc'), '--logLevel', 'Warn'], {
  cwd: root,
  stdio: 'inherit',
});
if (status !== 0) exit(status ?? 1);

for (const file of GENERATED) {
  const name = file.split('.')[1];
  const text = `# Interface: ${name}\n\nGenerated from \`openapi/assistants.yaml\`, which the package contains.\n`;
  writeFileSync(join(folder, file), text);
}

const reference = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'modules')
  .flatMap(({ name: kind }) =>
    readdirSync(join(folder, kind)).map((file) => readExport(kind, file)),
  );
const guides = readdirSync(join(root, 'docs'))
  .filter((file) => file.endsWith('.md'))
  .flatMap((file) =>
    listSections(
      `guides-${basename(file, '.md')}--docs`,
      readFileSync(join(root, 'docs', file), 'utf8'),
    ),
  );
const entries = [...guides, ...reference];
writeFileSync(join(folder, 'search.json'), JSON.stringify(entries));

const index = createSearchIndex(entries);
const missing = reference.filter(
  ({ id, title }) =>
    !findEntries(index, title)
      .slice(0, 3)
      .some((found) => found.id === id),
);
if (missing.length > 0) {
  console.error(`The search does not find: ${missing.map(({ title }) => title).join(', ')}`);
  exit(1);
}
console.log(`${reference.length} exports and ${guides.length} sections of the documentation`);

/**
 * @param {string} kind Folder of the page, such as "functions".
 * @param {string} file Name of the page, such as "entries_client.followRun.md".
 * @returns {import('../.storybook/searchIndex.js').SearchEntry}
 */
function readExport(kind, file) {
  const path = join(folder, kind, file);
  const [module = '', ...names] = basename(file, '.md').split('.');
  const isComponent = /^[A-Z]/.test(names.at(-1) ?? '');
  // Parameters that are destructured have no name, and typedoc gives them this one.
  const page = readFileSync(path, 'utf8').replace(
    /(?:\\?_){2}namedParameters/g,
    isComponent ? 'props' : 'params',
  );
  writeFileSync(path, page);
  const entry =
    module === 'index' ? 'assistants-react' : module.replace('entries_', 'assistants-react/');
  const text = page
    .replace(/^# .*$/m, '')
    .replace(/```ts[^`]*```/, '')
    .trim();
  return {
    id: `${kind}/${file}`,
    title: names.join('.'),
    place: entry.replace('backend-', 'backend/'),
    text: text.slice(0, SEARCHED_LENGTH),
  };
}
