import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Command that creates an app. */
export interface CreateCommand {
  name: 'create';
  /** Folder of the new app. */
  folder: string;
  /** Name of a folder in `examples/`. */
  example: string;
}

// dist/backend/server and src/backend/server are equally deep, so this works for both.
const EXAMPLES = join(dirname(fileURLToPath(import.meta.url)), '../../../examples');
const NOT_COPIED =
  /[\\/](?:node_modules|dist|\.next|\.tanstack|package-lock\.json|[^\\/]+\.gen\.ts)$/;
const GITIGNORE = 'node_modules/\ndist/\n.next/\n.env*\n*.gen.ts\n*.sqlite*\n';

/**
 * Copies an example to a new folder, as an app that depends on a released version of the package.
 *
 * @param version Version of the package, such as `1.2.3`.
 * @returns what to do next, for the user
 * @throws Error with a message for the user if the example does not exist, or the folder is not empty
 */
export async function createApp(
  { folder, example }: Pick<CreateCommand, 'folder' | 'example'>,
  version: string,
): Promise<string> {
  const examples = (await readdir(EXAMPLES)).sort();
  if (!examples.includes(example))
    throw new Error(`No example is named '${example}'. There are: ${examples.join(', ')}.`);
  await makeEmptyFolder(folder);
  const source = join(EXAMPLES, example);
  await cp(source, folder, {
    recursive: true,
    filter: (path) => !NOT_COPIED.test(path.slice(source.length)),
  });
  await changeManifest(folder, version);
  await writeFile(join(folder, '.gitignore'), GITIGNORE);
  return `Created ${folder} from the example '${example}'. Next:

  cd ${folder}
  npm install

README.md there says how to start it, and what each file is about.
`;
}

async function makeEmptyFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new Error(`${folder} cannot be created.`, { cause: error });
  }
  if ((await readdir(folder)).length > 0)
    throw new Error(`${folder} is not empty. Choose a new folder.`);
}

async function changeManifest(folder: string, version: string): Promise<void> {
  const path = join(folder, 'package.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as {
    name: string;
    dependencies: Record<string, string>;
  };
  manifest.name = toPackageName(basename(resolve(folder)));
  manifest.dependencies['assistants-react'] = `^${version}`;
  await writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`);
}

/** npm accepts lower-case letters, digits, hyphens, dots and underscores, and no dot or underscore at the start. */
function toPackageName(name: string): string {
  const allowed = name.toLowerCase().replaceAll(/[^a-z0-9._-]+/g, '-');
  return allowed.replace(/^[._-]+/, '').replace(/-+$/, '') || 'chat';
}
