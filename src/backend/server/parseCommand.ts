import { MEBIBYTE } from '../../common/mebibyte.js';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { CreateCommand } from './createApp.js';
import type { EmbeddingsModelOptions } from '../models/embeddingsModel.js';
import type { RetryOptions } from '../models/server/ModelServerOptions.js';
import { parseTransferCommand, type TransferCommand } from './parseTransferCommand.js';
import type { ServeOptions } from './serve.js';
import { EMBEDDINGS_OPTIONS, parseEmbeddings } from './parseEmbeddings.js';
import { type BlobSettings, parseBlobStore } from './openBlobStore.js';
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

/** Model on an OpenAI-compatible server. */
export interface ModelSettings {
  baseUrl: string;
  apiKey: string | undefined;
  /** Undefined for the model that the assistant names. */
  model: string | undefined;
  timeoutMs?: number;
  retry?: RetryOptions;
}

type Environment = Record<string, string | undefined>;

const DEFAULT_PORT = 8787;
/** Bodies are held in memory while they are read. */
const MAX_MIB = 1024;

const OPTIONS = {
  port: { type: 'string' },
  host: { type: 'string' },
  'allow-host': { type: 'string', multiple: true },
  data: { type: 'string' },
  database: { type: 'string' },
  'blob-store': { type: 'string' },
  'model-base-url': { type: 'string' },
  'model-api-key': { type: 'string' },
  model: { type: 'string' },
  'model-timeout-seconds': { type: 'string' },
  'model-retries': { type: 'string' },
  'model-retry-min-ms': { type: 'string' },
  'model-retry-max-seconds': { type: 'string' },
  'model-loading-seconds': { type: 'string' },
  'no-reasoning': { type: 'boolean' },
  key: { type: 'string', multiple: true },
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

type Values = ReturnType<typeof parseArguments<typeof OPTIONS>>['values'];

/** Usage error. */
class UsageError extends Error {}

/**
 * Parses the command line and the environment.
 * @param argv Arguments without the paths of Node and the script.
 */
export function parseCommand(argv: readonly string[], env: Environment): Command {
  const [first, ...rest] = argv;
  try {
    if (first === 'import' || first === 'export')
      return asUsageError(() => parseTransferCommand(first, rest, env)) ?? { name: 'help' };
    if (first === 'create') return parseCreate(rest);
    const { values, positionals } = parseArguments(argv, OPTIONS);
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

/** Runs a function that throws errors with messages for the user. @throws UsageError */
function asUsageError<Result>(parse: () => Result): Result {
  try {
    return parse();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
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

/** @throws UsageError for unknown options and missing values. */
function parseArguments<const Options extends NonNullable<ParseArgsConfig['options']>>(
  argv: readonly string[],
  options: Options,
) {
  return asUsageError(() => parseArgs({ args: [...argv], allowPositionals: true, options }));
}

/** @throws UsageError if a value is invalid. */
function toServeCommand(values: Values, env: Environment): ServeCommand {
  const access = readAccessOptions(values, env);
  const users = asUsageError(() => parseUsers(values, access.apiKeys !== undefined));
  const model = readModelSettings(values, env);
  const embeddings = asUsageError(() => parseEmbeddings(values, env, model));
  const blobs = asUsageError(() => parseBlobStore(values['blob-store'], env));
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
  return database === undefined || database === '' ? {} : { database };
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
  if (apiKeys?.includes('') === true) throw new UsageError('--key must not be empty.');
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

/** Reads the time limits and retries. Each option has an environment variable: `MODEL_RETRIES` for `--model-retries`. */
function readModelLimits(
  values: Values,
  env: Environment,
): Pick<ModelSettings, 'timeoutMs' | 'retry'> {
  const read = (name: IntegerOption, range: { min: number; max: number }) => {
    const variable = name.replaceAll('-', '_').toUpperCase();
    return readInteger({ [name]: env[variable], ...values }, name, range);
  };
  const toMs = (seconds: number | undefined) => seconds && seconds * 1000;
  const attempts = read('model-retries', { min: 0, max: 100 });
  const minDelayMs = read('model-retry-min-ms', { min: 1, max: 600_000 });
  const maxDelayMs = toMs(read('model-retry-max-seconds', { min: 1, max: 3600 }));
  const loadingMs = toMs(read('model-loading-seconds', { min: 0, max: 3600 }));
  const timeoutMs = toMs(read('model-timeout-seconds', { min: 1, max: 3600 }));
  const retry: RetryOptions = {
    ...(attempts === undefined ? {} : { attempts }),
    ...(minDelayMs === undefined ? {} : { minDelayMs }),
    ...(maxDelayMs === undefined ? {} : { maxDelayMs }),
    ...(loadingMs === undefined ? {} : { loadingMs }),
  };
  return {
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(Object.keys(retry).length === 0 ? {} : { retry }),
  };
}

function readModelSettings(values: Values, env: Environment): ModelSettings | undefined {
  const baseUrl = values['model-base-url'] ?? env['MODEL_BASE_URL'];
  const model = values.model ?? env['MODEL'];
  if (baseUrl === undefined) {
    if (model === undefined) return undefined;
    throw new UsageError('--model requires --model-base-url, the URL of the model server.');
  }
  if (!/^https?:\/\//.test(baseUrl))
    throw new UsageError('--model-base-url must start with http:// or https://.');
  return {
    baseUrl,
    model,
    apiKey: values['model-api-key'] ?? env['MODEL_API_KEY'],
    ...readModelLimits(values, env),
  };
}

type IntegerOption =
  | 'port'
  | 'metrics-port'
  | 'rate-limit'
  | 'concurrent-runs'
  | 'max-json-mib'
  | 'max-upload-mib'
  | 'shutdown-seconds'
  | 'model-timeout-seconds'
  | 'model-retries'
  | 'model-retry-min-ms'
  | 'model-retry-max-seconds'
  | 'model-loading-seconds';

/** Returns undefined if the option is not set. @throws UsageError unless it is an integer within the range. */
function readInteger(
  values: Values,
  name: IntegerOption,
  { min, max }: { min: number; max: number },
): number | undefined {
  const text = values[name];
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new UsageError(`--${name} must be an integer from ${min} to ${max}.`);
}
