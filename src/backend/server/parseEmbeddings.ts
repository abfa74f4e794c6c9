import type { ParseArgsConfig } from 'node:util';
import type { EmbeddingsModelOptions } from '../models/embeddingsModel.js';

/** Options of the command line for vectors. */
export const EMBEDDINGS_OPTIONS = {
  'embeddings-model': { type: 'string' },
  'embeddings-base-url': { type: 'string' },
  'embeddings-api-key': { type: 'string' },
  'embeddings-dimensions': { type: 'string' },
  'embeddings-batch': { type: 'string' },
  'embeddings-query-prefix': { type: 'string' },
  'embeddings-passage-prefix': { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

type Option = keyof typeof EMBEDDINGS_OPTIONS;
type Environment = Record<string, string | undefined>;
type ModelServer = { baseUrl: string; apiKey: string | undefined };
type Values = Partial<Record<Option, string>>;

const NUMBERS = {
  'embeddings-dimensions': { min: 1, max: 16_384 },
  'embeddings-batch': { min: 1, max: 2_048 },
} as const;

/**
 * Returns the settings of the embeddings model, or undefined if the command line names none. Without a base URL, it is on the
 * server of the model.
 *
 * @throws Error with a message for the user
 */
export function parseEmbeddings(
  values: Values,
  env: Environment,
  modelServer: ModelServer | undefined,
): EmbeddingsModelOptions | undefined {
  const model = values['embeddings-model'] ?? env['EMBEDDINGS_MODEL'];
  if (model === undefined || model === '') {
    const unused = Object.keys(EMBEDDINGS_OPTIONS).find((name) => name in values);
    if (unused === undefined) return undefined;
    throw new Error(`--${unused} requires --embeddings-model.`);
  }
  const dimensions = readNumber(values, 'embeddings-dimensions');
  const batchSize = readNumber(values, 'embeddings-batch');
  return {
    ...readServer(values, env, modelServer),
    model,
    ...(dimensions === undefined ? {} : { dimensions }),
    ...(batchSize === undefined ? {} : { batchSize }),
    queryPrefix: values['embeddings-query-prefix'] ?? '',
    passagePrefix: values['embeddings-passage-prefix'] ?? '',
  };
}

/** @throws Error with a message for the user */
function readServer(
  values: Values,
  env: Environment,
  modelServer: ModelServer | undefined,
): Pick<EmbeddingsModelOptions, 'baseUrl' | 'apiKey'> {
  const ownUrl = values['embeddings-base-url'] ?? env['EMBEDDINGS_BASE_URL'];
  if (ownUrl !== undefined && !/^https?:\/\//.test(ownUrl))
    throw new Error('--embeddings-base-url must start with http:// or https://.');
  const baseUrl = ownUrl ?? modelServer?.baseUrl;
  if (baseUrl === undefined)
    throw new Error('--embeddings-model requires --embeddings-base-url, or --model-base-url.');
  // The key of one server must not be sent to another one.
  const sharedKey = ownUrl === undefined ? modelServer?.apiKey : undefined;
  const apiKey = values['embeddings-api-key'] ?? env['EMBEDDINGS_API_KEY'] ?? sharedKey;
  return { baseUrl, ...(apiKey === undefined ? {} : { apiKey }) };
}

/** @throws Error with a message for the user */
function readNumber(values: Values, name: keyof typeof NUMBERS): number | undefined {
  const text = values[name];
  if (text === undefined) return undefined;
  const { min, max } = NUMBERS[name];
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new Error(`--${name} must be an integer from ${min} to ${max}.`);
}
