import { parseArgs } from 'node:util';
import type { ServeOptions } from './serve.js';

/** What the command line asks for. */
export type Command =
  | { name: 'help' }
  | { name: 'version' }
  | {
      name: 'serve';
      options: Omit<ServeOptions, 'model'>;
      model: ModelSettings | undefined;
      /** How long runs may go on after a signal. */
      shutdownMs: number;
    }
  /** A line that means nothing, and why. */
  | { name: 'refuse'; reason: string };

/** A model behind an OpenAI-compatible server. */
export interface ModelSettings {
  baseUrl: string;
  apiKey: string | undefined;
  /** Undefined: the model that the assistant names. */
  model: string | undefined;
}

export const HELP = `Usage: assistants-react serve [options]

Serves the Assistants API, below /v1.

  --port NUMBER            where to listen; 0 is any free port (8787)
  --host NAME              the address to listen on (127.0.0.1, this machine alone)
  --allow-host NAME        a host name to answer to; may be repeated
  --data FILE              the database file to keep everything in (nothing is kept)
  --model-base-url URL     an OpenAI-compatible server, such as http://127.0.0.1:11434/v1
  --model-api-key KEY      its key
  --model NAME             the model that answers (the one that the assistant names)
  --key KEY                a key that callers must send; may be repeated (any caller is let in)
  --cors ORIGIN            an origin whose pages may call, or *; may be repeated
  --rate-limit NUMBER      requests per minute for each key (no limit)
  --max-json-mib NUMBER    the largest body of a request (16)
  --max-upload-mib NUMBER  the largest file (512)
  --shutdown-seconds N     how long runs may go on after SIGINT or SIGTERM (10)
  --help, --version

Other processes can read the arguments of a command, so keys may also come from the environment: MODEL_BASE_URL,
MODEL_API_KEY, MODEL, and ASSISTANTS_KEYS with commas between them. Without a model server a scripted demo answers.
The log goes to the standard error output, a JSON object a line, without the text of messages.
`;

const DEFAULT_PORT = 8787;
/** A body is held in memory while it is read. */
const MOST_MIB = 1024;

/** Reads a command line, without the names of Node and the script, and the environment. */
export function parseCommand(
  argv: readonly string[],
  env: Record<string, string | undefined>,
): Command {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        'allow-host': { type: 'string', multiple: true },
        data: { type: 'string' },
        'model-base-url': { type: 'string' },
        'model-api-key': { type: 'string' },
        model: { type: 'string' },
        key: { type: 'string', multiple: true },
        cors: { type: 'string', multiple: true },
        'rate-limit': { type: 'string' },
        'max-json-mib': { type: 'string' },
        'max-upload-mib': { type: 'string' },
        'shutdown-seconds': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  if (values.help === true) return { name: 'help' };
  if (values.version === true) return { name: 'version' };
  if (positionals[0] !== 'serve')
    return positionals.length === 0
      ? { name: 'help' }
      : refuse(`There is no command '${positionals[0]}'.`);
  if (positionals.length > 1) return refuse(`'${positionals[1]}' stands behind no option.`);

  const port = numberOf(values.port, DEFAULT_PORT, 0, 65_535);
  if (port === undefined) return refuse('--port takes a number from 0 to 65535.');
  const rateLimit = numberOf(values['rate-limit'], 0, 1, 1_000_000);
  if (rateLimit === undefined)
    return refuse('--rate-limit takes a number of requests per minute, from 1.');
  const jsonMib = numberOf(values['max-json-mib'], 16, 1, MOST_MIB);
  const fileMib = numberOf(values['max-upload-mib'], 512, 1, MOST_MIB);
  if (jsonMib === undefined) return refuse(`--max-json-mib takes a number from 1 to ${MOST_MIB}.`);
  if (fileMib === undefined)
    return refuse(`--max-upload-mib takes a number from 1 to ${MOST_MIB}.`);
  const shutdown = numberOf(values['shutdown-seconds'], 10, 0, 3600);
  if (shutdown === undefined) return refuse('--shutdown-seconds takes a number from 0 to 3600.');

  const baseUrl = values['model-base-url'] ?? env['MODEL_BASE_URL'];
  const model = values.model ?? env['MODEL'];
  if (baseUrl === undefined && model !== undefined)
    return refuse('--model needs --model-base-url, the server that has it.');
  if (baseUrl !== undefined && !/^https?:\/\//.test(baseUrl))
    return refuse('--model-base-url takes an address that begins with http:// or https://.');

  const keys = values.key ?? env['ASSISTANTS_KEYS']?.split(',').map((key) => key.trim());
  if (keys?.some((key) => key === '') === true) return refuse('A key must not be empty.');
  const { host, data, cors } = values;
  return {
    name: 'serve',
    shutdownMs: shutdown * 1000,
    model:
      baseUrl === undefined
        ? undefined
        : { baseUrl, model, apiKey: values['model-api-key'] ?? env['MODEL_API_KEY'] },
    options: {
      port,
      limits: { bodyBytes: jsonMib * 1024 * 1024, uploadBytes: fileMib * 1024 * 1024 },
      ...(host === undefined ? {} : { hostname: host }),
      ...(values['allow-host'] === undefined ? {} : { allowedHosts: values['allow-host'] }),
      ...(data === undefined ? {} : { data }),
      ...(keys === undefined ? {} : { apiKeys: keys }),
      ...(cors === undefined ? {} : { cors: cors.includes('*') ? '*' : cors }),
      ...(rateLimit === 0 ? {} : { rateLimit: { requestsPerMinute: rateLimit } }),
    },
  };
}

/** Undefined when it is no number, or out of bounds. */
function numberOf(
  text: string | undefined,
  otherwise: number,
  least: number,
  most: number,
): number | undefined {
  if (text === undefined) return otherwise;
  const value = Number(text);
  return /^\d+$/.test(text) && value >= least && value <= most ? value : undefined;
}

function refuse(reason: string): Command {
  return { name: 'refuse', reason };
}
