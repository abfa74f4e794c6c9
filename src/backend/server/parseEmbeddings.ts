import type { ParseArgsConfig } from 'node:util';
import type { EmbeddingsModelOptions } from '../models/embeddingsModel.js';
import type { Environment } from './parseArguments.js';
import type { ModelSettings } from './parseModel.js';
import { readInteger } from './readInteger.js';
import { UsageError } from './UsageError.js';

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
type ModelServer = Pick<ModelSettings, 'baseUrl' | 'apiKey'>;
type Values = Partial<Record<Option, string>>;

/**
 * Returns the settings of the embeddings model, or undefined if the command line names none. Without a base URL, it is on the
 * server of the model.
 *
 * @throws UsageError
 */
export function parseEmbeddings(
  values: Values,
  env: Environment,
  modelServer: ModelServer | undefined,
): EmbeddingsModelOptions | undefined {
  const model = values['embeddings-model'] ?? env['EMBEDDINGS_MODEL'];
  if (model === undefined) {
    const unused = Object.keys(EMBEDDINGS_OPTIONS).find((name) => name in values);
    if (unused === undefined) return undefined;
    throw new UsageError(`--${unused} requires --embeddings-model.`);
  }
  const dimensions = readInteger(values, 'embeddings-dimensions', { min: 1, max: 16_384 });
  const batchSize = readInteger(values, 'embeddings-batch', { min: 1, max: 2_048 });
  return {
    ...readServer(values, env, modelServer),
    model,
    ...(dimensions === undefined ? {} : { dimensions }),
    ...(batchSize === undefined ? {} : { batchSize }),
    queryPrefix: values['embeddings-query-prefix'] ?? '',
    passagePrefix: values['embeddings-passage-prefix'] ?? '',
  };
}

/** @throws UsageError */
function readServer(
  values: Values,
  env: Environment,
  modelServer: ModelServer | undefined,
): Pick<EmbeddingsModelOptions, 'baseUrl' | 'apiKey'> {
  const ownUrl = values['embeddings-base-url'] ?? env['EMBEDDINGS_BASE_URL'];
  if (ownUrl !== undefined && !/^https?:\/\//.test(ownUrl))
    throw new UsageError('--embeddings-base-url must start with http:// or https://.');
  const baseUrl = ownUrl ?? modelServer?.baseUrl;
  if (baseUrl === undefined)
    throw new UsageError('--embeddings-model requires --embeddings-base-url, or --model-base-url.');
  // The key of one server must not be sent to another one.
  const sharedKey = ownUrl === undefined ? modelServer?.apiKey : undefined;
  const apiKey = values['embeddings-api-key'] ?? env['EMBEDDINGS_API_KEY'] ?? sharedKey;
  return { baseUrl, ...(apiKey === undefined ? {} : { apiKey }) };
}
