import type { ParseArgsConfig } from 'node:util';
import type { BuiltInTool } from '../models/BuiltInTool.js';
import type { RetryOptions } from '../models/server/ModelServerOptions.js';
import type { Environment } from './parseArguments.js';
import { parseBuiltInTools } from './parseBuiltInTools.js';
import { readInteger } from './readInteger.js';
import { UsageError } from './UsageError.js';

/** Model on an OpenAI-compatible server. */
export interface ModelSettings {
  baseUrl: string;
  apiKey: string | undefined;
  /** Undefined for the model that the assistant names. */
  model: string | undefined;
  timeoutMs?: number;
  retry?: RetryOptions;
  /** Tools that the server runs itself. */
  builtInTools?: readonly BuiltInTool[];
}

/** Options of the command line for the model. */
export const MODEL_OPTIONS = {
  'model-base-url': { type: 'string' },
  'model-api-key': { type: 'string' },
  model: { type: 'string' },
  'model-timeout-seconds': { type: 'string' },
  'model-retries': { type: 'string' },
  'model-retry-min-ms': { type: 'string' },
  'model-retry-max-seconds': { type: 'string' },
  'model-loading-seconds': { type: 'string' },
  'built-in-tool': { type: 'string', multiple: true },
} as const satisfies ParseArgsConfig['options'];

type Option = Exclude<keyof typeof MODEL_OPTIONS, 'built-in-tool'>;
type Values = Partial<Record<Option, string>> & { 'built-in-tool'?: string[] };

/**
 * Returns the settings of the model, or undefined if the command line and the environment name none.
 *
 * @throws UsageError if a value is invalid
 */
export function parseModel(values: Values, env: Environment): ModelSettings | undefined {
  const baseUrl = values['model-base-url'] ?? env['MODEL_BASE_URL'];
  const model = values.model ?? env['MODEL'];
  const tools = values['built-in-tool'];
  if (baseUrl === undefined) {
    if (tools !== undefined)
      throw new UsageError('--built-in-tool requires --model-base-url, the server that runs it.');
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
    ...(tools === undefined ? {} : { builtInTools: parseBuiltInTools(tools) }),
  };
}

/** Reads the time limits and retries. Each option has an environment variable: `MODEL_RETRIES` for `--model-retries`. */
function readModelLimits(
  values: Values,
  env: Environment,
): Pick<ModelSettings, 'timeoutMs' | 'retry'> {
  const read = (name: Option, range: { min: number; max: number }) => {
    const variable = name.replaceAll('-', '_').toUpperCase();
    return readInteger({ [name]: values[name] ?? env[variable] }, name, range);
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
