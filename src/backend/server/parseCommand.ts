import type { ParseArgsConfig } from 'node:util';
import { MEBIBYTE } from '../../common/mebibyte.js';
import type { EmbeddingsModelOptions } from '../models/embeddingsModel.js';
import type { CreateCommand } from './createApp.js';
import { type BlobSettings, parseBlobStore } from './openBlobStore.js';
import { type Environment, omitEmptyVariables, parseArguments } from './parseArguments.js';
import { EMBEDDINGS_OPTIONS, parseEmbeddings } from './parseEmbeddings.js';
import { MODEL_OPTIONS, type ModelSettings, parseModel } from './parseModel.js';
import { parseTransferCommand, type TransferCommand } from './parseTransferCommand.js';
import { readInteger } from './readInteger.js';
import type { ServeOptions } from './serve.js';
import { UsageError } from './UsageError.js';
import { parseUsers, USERS_OPTIONS, type UsersSettings } from './users/parseUsers.js';

/** Parsed command line. */
export type Command =
  | { name: 'help' }
  | { name: 'version' }
  | ServeCommand
  | TransferCommand
  | CreateCommand
  | InvalidCommand;

/** Command that starts a server. */
export interface ServeCommand {
  name: 'serve';
  options: Omit<ServeOptions, 'model' | 'user' | 'embed' | 'blobStore'>;
  /** Without it, all callers are one user. */
  users?: UsersSettings;
  /** Undefined to keep the contents of files in the store. */
  blobs?: BlobSettings;
  /** Undefined for the scripted demo. */
  model: ModelSettings | undefined;
  /** Without them, files are searched by words only. */
  embeddings?: EmbeddingsModelOptions;
  /** Time that active runs have to finish after a signal, in milliseconds. */
  shutdownMs: number;
}

/** Command line that cannot be executed. */
export interface InvalidCommand {
  name: 'invalid';
  message: string;
}

const DEFAULT_PORT = 8787;
/** Bodies are held in memory while they are read. */
const MAX_MIB = 1024;

/** Options of the command `serve`. */
export const SERVE_OPTIONS = {
  port: { type: 'string' },
  host: { type: 'string' },
  'allow-host': { type: 'string', multiple: true },
  data: { type: 'string' },
  database: { type: 'string' },
  'blob-store': { type: 'string' },
  'no-reasoning': { type: 'boolean' },
  key: { type: 'string', multiple: true },
  ...MODEL_OPTIONS,
  ...EMBEDDINGS_OPTIONS,
  ...USERS_OPTIONS,
  cors: { type: 'string', multiple: true },
  'rate-limit': { type: 'string' },
  'concurrent-runs': { type: 'string' },
  'max-json-mib': { type: 'string' },
  'max-upload-mib': { type: 'string' },
  'metrics-port': { type: 'string' },
  'metrics-host': { type: 'string' },
  'shutdown-seconds': { type: 'string' },
  'unsupported-tools': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} satisfies ParseArgsConfig['options'];

const CREATE_OPTIONS = {
  example: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} satisfies ParseArgsConfig['options'];

type Values = ReturnType<typeof parseArguments<typeof SERVE_OPTIONS>>['values'];

/**
 * Parses the command line and the environment.
 * @param argv Arguments without the paths of Node and the script.
 */
export function parseCommand(argv: readonly string[], environment: Environment): Command {
  const [first, ...rest] = argv;
  const env = omitEmptyVariables(environment);
  try {
    if (first === 'import' || first === 'export')
      return parseTransferCommand(first, rest, env) ?? { name: 'help' };
    if (first === 'create') return parseCreate(rest);
    const { values, positionals } = parseArguments(argv, SERVE_OPTIONS);
    const [name, unexpected] = positionals;
    if (values.help === true) return { name: 'help' };
    if (values.version === true) return { name: 'version' };
    if (name === undefined) return { name: 'help' };
    if (name !== 'serve') throw new UsageError(`Unknown command '${name}'.`);
    if (unexpected !== undefined) throw new UsageError(`Unexpected argument '${unexpected}'.`);
    return toServeCommand(values, env);
  } catch (error) {
    if (error instanceof UsageError) return { name: 'invalid', message: error.message };
    throw error;
  }
}

function parseCreate(argv: readonly string[]): Command {
  const { values, positionals } = parseArguments(argv, CREATE_OPTIONS);
  if (values.help === true) return { name: 'help' };
  const [folder, unexpected] = positionals;
  if (folder === undefined)
    throw new UsageError('create needs a folder: assistants-react create FOLDER.');
  if (unexpected !== undefined) throw new UsageError(`Unexpected argument '${unexpected}'.`);
  return { name: 'create', folder, example: values.example ?? 'vite' };
}

/** @throws UsageError if a value is invalid. */
function toServeCommand(values: Values, env: Environment): ServeCommand {
  const access = readAccessOptions(values, env);
  const users = parseUsers(values, access.apiKeys !== undefined);
  const model = parseModel(values, env);
  const embeddings = parseEmbeddings(values, env, model);
  const blobs = parseBlobStore(values['blob-store'], env);
  const shutdownSeconds = readInteger(values, 'shutdown-seconds', { min: 0, max: 3600 }) ?? 10;
  return {
    name: 'serve',
    shutdownMs: shutdownSeconds * 1000,
    model,
    ...(embeddings && { embeddings }),
    ...(users === undefined ? {} : { users }),
    ...(blobs === undefined ? {} : { blobs }),
    options: {
      port: readInteger(values, 'port', { min: 0, max: 65_535 }) ?? DEFAULT_PORT,
      ...(values.host === undefined ? {} : { hostname: values.host }),
      ...(values['allow-host'] === undefined ? {} : { allowedHosts: values['allow-host'] }),
      ...readStore(values, env),
      ...readMetrics(values),
      ...readUnsupportedTools(values),
      ...(values['no-reasoning'] === true ? { reasoning: false } : {}),
      ...access,
      // Browsers do not add these headers automatically, so a page of another origin cannot act as a user.
      ...(users !== undefined && access.cors === undefined ? { cors: '*' } : {}),
    },
  };
}

/** `--data` takes precedence over DATABASE_URL, which may be set for another program. */
function readStore(values: Values, env: Environment): Pick<ServeOptions, 'data' | 'database'> {
  const { data, database = env['DATABASE_URL'] } = values;
  if (data !== undefined && values.database !== undefined)
    throw new UsageError('Set either --data or --database. A server has one store.');
  if (data !== undefined) return { data };
  return database === undefined ? {} : { database };
}

/** @throws UsageError */
function readMetrics(values: Values): Pick<ServeOptions, 'metrics'> {
  const port = readInteger(values, 'metrics-port', { min: 0, max: 65_535 });
  const hostname = values['metrics-host'];
  if (port !== undefined) return { metrics: { port, ...(hostname && { hostname }) } };
  if (hostname === undefined) return {};
  throw new UsageError('--metrics-host requires --metrics-port.');
}

function readUnsupportedTools({
  'unsupported-tools': value,
}: Values): Pick<ServeOptions, 'unsupportedTools'> {
  if (value === undefined) return {};
  if (value === 'refuse' || value === 'ignore') return { unsupportedTools: value };
  throw new UsageError("--unsupported-tools must be 'refuse' or 'ignore'.");
}

function readAccessOptions(
  values: Values,
  env: Environment,
): Pick<ServeOptions, 'apiKeys' | 'cors' | 'rateLimit' | 'limits'> {
  const apiKeys = values.key ?? env['ASSISTANTS_KEYS']?.split(',').map((key) => key.trim());
  if (apiKeys?.includes('') === true)
    throw new UsageError('ASSISTANTS_KEYS has an empty key. Unset it to need no key.');
  const { cors } = values;
  const requestsPerMinute = readInteger(values, 'rate-limit', { min: 1, max: 1_000_000 });
  const concurrentRuns = readInteger(values, 'concurrent-runs', { min: 1, max: 1_000_000 });
  if (concurrentRuns !== undefined && values.users === undefined)
    throw new UsageError('--concurrent-runs needs --users.');
  const bodyMib = readInteger(values, 'max-json-mib', { min: 1, max: MAX_MIB }) ?? 4;
  const uploadMib = readInteger(values, 'max-upload-mib', { min: 1, max: MAX_MIB }) ?? 512;
  return {
    limits: {
      bodyBytes: bodyMib * MEBIBYTE,
      uploadBytes: uploadMib * MEBIBYTE,
      ...(concurrentRuns === undefined ? {} : { concurrentRuns }),
    },
    ...(apiKeys === undefined ? {} : { apiKeys }),
    ...(cors === undefined ? {} : { cors: cors.includes('*') ? '*' : cors }),
    ...(requestsPerMinute === undefined ? {} : { rateLimit: { requestsPerMinute } }),
  };
}
