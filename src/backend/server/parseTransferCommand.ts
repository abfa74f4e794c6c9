import { parseArgs, type ParseArgsConfig } from 'node:util';

/** Command that imports or exports. */
export interface TransferCommand {
  name: 'import' | 'export';
  /** Folder to read or to write. */
  folder: string;
  /** Path of the database file. */
  data: string;
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
  files: { type: 'string' },
  threads: { type: 'string' },
  report: { type: 'string' },
  'dry-run': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} satisfies ParseArgsConfig['options'];

/** Options that only one of the commands has. */
const ONLY = { import: ['files', 'dry-run'], export: ['threads'] } as const;

/**
 * Parses the arguments after `import` or `export`. Returns undefined if they ask for help.
 *
 * @throws Error with a message for the user
 */
export function parseTransferCommand(
  name: TransferCommand['name'],
  argv: readonly string[],
): TransferCommand | undefined {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: OPTIONS,
  });
  if (values.help === true) return undefined;
  const [folder, unexpected] = positionals;
  if (folder === undefined)
    throw new Error(`${name} needs a folder: assistants-react ${name} FOLDER --data FILE.`);
  if (unexpected !== undefined) throw new Error(`Unexpected argument '${unexpected}'.`);
  const other = name === 'import' ? 'export' : 'import';
  const wrong = ONLY[other].find((option) => values[option] !== undefined);
  if (wrong !== undefined) throw new Error(`--${wrong} is an option of ${other}.`);
  if (values.data === undefined || values.data === '')
    throw new Error(`${name} needs a database: set --data FILE.`);
  return {
    name,
    folder,
    data: values.data,
    files: values.files,
    threads: values.threads,
    report: values.report,
    isDryRun: values['dry-run'] === true,
  };
}
