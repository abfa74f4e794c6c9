import type { ParseArgsConfig } from 'node:util';
import { isUserId, USER_ID_RULE } from '../http/access/createUserReader.js';
import { type BlobSettings, parseBlobStore } from './openBlobStore.js';
import { type Environment, parseArguments } from './parseArguments.js';
import { UsageError } from './UsageError.js';

/** Settings of a server that is imported. */
export interface SourceSettings {
  baseUrl: string;
  apiKey: string | undefined;
  headers: Record<string, string>;
  apiVersion: 'v1' | 'v2' | false;
}

/** Command that imports or exports. */
export interface TransferCommand {
  name: 'import' | 'export';
  /** Folder to read or to write. Undefined for an import from a server. */
  folder: string | undefined;
  /** Server to import from. */
  source: SourceSettings | undefined;
  /** Path of a database file, or URL of a PostgreSQL database. */
  target: { data: string } | { database: string };
  /** Undefined to keep the contents of files in the store. */
  blobs: BlobSettings | undefined;
  /** Id of the user who gets what is imported, or whose objects are exported. */
  user: string | undefined;
  /** Folder with the originals of files. */
  files: string | undefined;
  /** File with ids of threads, one in each line. */
  threads: string | undefined;
  /** File for the report as JSON. */
  report: string | undefined;
  isDryRun: boolean;
}

const OPTIONS = {
  data: { type: 'string' },
  database: { type: 'string' },
  'blob-store': { type: 'string' },
  user: { type: 'string' },
  files: { type: 'string' },
  threads: { type: 'string' },
  report: { type: 'string' },
  'dry-run': { type: 'boolean' },
  from: { type: 'string' },
  key: { type: 'string' },
  header: { type: 'string', multiple: true },
  beta: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} satisfies ParseArgsConfig['options'];

/** Options that only one of the commands has. */
const ONLY = { import: ['files', 'dry-run', 'from', 'key', 'header', 'beta'], export: [] } as const;

/**
 * Parses the arguments after `import` or `export`. Returns undefined if they ask for help.
 *
 * @throws UsageError
 */
export function parseTransferCommand(
  name: TransferCommand['name'],
  argv: readonly string[],
  env: Environment,
): TransferCommand | undefined {
  const { values, positionals } = parseArguments(argv, OPTIONS);
  if (values.help === true) return undefined;
  const [folder, unexpected] = positionals;
  const other = name === 'import' ? 'export' : 'import';
  const wrong = ONLY[other].find((option) => values[option] !== undefined);
  if (wrong !== undefined) throw new UsageError(`--${wrong} is an option of ${other}.`);
  const source = readSource(values, env);
  assertInput(name, folder, source);
  if (unexpected !== undefined) throw new UsageError(`Unexpected argument '${unexpected}'.`);
  assertSourceOptions(name, values, source);
  return {
    name,
    folder,
    source,
    target: readTarget(name, values, env),
    blobs: parseBlobStore(values['blob-store'], env),
    user: readUser(values.user),
    files: values.files,
    threads: values.threads,
    report: values.report,
    isDryRun: values['dry-run'] === true,
  };
}

function assertInput(name: string, folder: string | undefined, source: object | undefined): void {
  if (source !== undefined && folder !== undefined)
    throw new UsageError('import takes a folder or --from URL, not both.');
  if (folder === undefined && source === undefined)
    throw new UsageError(`${name} needs a folder: assistants-react ${name} FOLDER --data FILE.`);
}

/** `--data` takes precedence over DATABASE_URL, which may be set for another program. */
function readTarget(
  name: string,
  { data, database }: Values,
  env: Environment,
): TransferCommand['target'] {
  if (data !== undefined && database !== undefined)
    throw new UsageError('Set either --data or --database, not both.');
  if (data !== undefined) return { data };
  const url = database ?? env['DATABASE_URL'];
  if (url !== undefined) return { database: url };
  throw new UsageError(`${name} needs a database: set --data FILE or --database URL.`);
}

function readUser(user: string | undefined): string | undefined {
  if (user === undefined || isUserId(user)) return user;
  throw new UsageError(`--user must be the id of a user: ${USER_ID_RULE}.`);
}

function assertSourceOptions(
  name: string,
  { files, threads }: Values,
  source: object | undefined,
): void {
  if (source !== undefined && files !== undefined)
    throw new UsageError('--files needs a folder to import, not --from.');
  if (name === 'import' && source === undefined && threads !== undefined)
    throw new UsageError('--threads is an option of export, and of import with --from.');
}

type Values = {
  data?: string;
  database?: string;
  files?: string;
  threads?: string;
  from?: string;
  key?: string;
  header?: string[];
  beta?: string;
};

function readSource(
  { from, key, header = [], beta = 'v2' }: Values,
  env: Environment,
): SourceSettings | undefined {
  if (from === undefined) return undefined;
  if (!URL.canParse(from) || !/^https?:$/.test(new URL(from).protocol))
    throw new UsageError('--from must be a URL that starts with http:// or https://.');
  if (beta !== 'v1' && beta !== 'v2' && beta !== 'none')
    throw new UsageError("--beta must be 'v1', 'v2' or 'none'.");
  return {
    baseUrl: from,
    apiKey: key ?? env['SOURCE_API_KEY'],
    headers: Object.fromEntries(header.map(readHeader)),
    apiVersion: beta === 'none' ? false : beta,
  };
}

function readHeader(text: string): [name: string, value: string] {
  const [, name, value] = /^([\w-]+): *(.+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new UsageError("--header must have the form 'name: value'.");
  return [name, value];
}
