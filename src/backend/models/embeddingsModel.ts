import { sliceText } from '../../common/sliceText.js';
import {
  EmbeddingsError,
  type EmbeddingsModel,
  type EmbedOptions,
} from '../search/vectors/EmbeddingsModel.js';
import { createModelServer } from './server/createModelServer.js';
import { TOO_LONG } from './server/listAdjustments.js';
import type { ModelServerOptions } from './server/ModelServerOptions.js';
import { readEmbeddings } from './server/readEmbeddings.js';
import { ServerFault } from './server/ServerFault.js';
import { withRetry } from './server/withRetry.js';

/** Options for `embeddingsModel`. */
export interface EmbeddingsModelOptions extends Pick<
  ModelServerOptions,
  'baseUrl' | 'apiKey' | 'headers' | 'fetch' | 'retry'
> {
  /** Name of the model. */
  model: string;
  /** Number of values of a vector, for models that can shorten them. @default that of the model */
  dimensions?: number;
  /** Maximum number of texts in one request. @default 64 */
  batchSize?: number;
  /** Text before each query. Models such as E5 and Nomic were trained with one: `'search_query: '`. @default '' */
  queryPrefix?: string;
  /** Text before each passage, such as `'search_document: '`. @default '' */
  passagePrefix?: string;
  /** Maximum time without data in milliseconds. @default 60,000 */
  timeoutMs?: number;
}

/** Shortest text that is cut because it exceeds the context of the model, in UTF-16 units. */
const MIN_CUT_LENGTH = 200;

/**
 * Creates a model that calls `POST /embeddings` of any OpenAI-compatible server. Requests that fail are repeated. Texts that are
 * too long for the model are sent in smaller requests, and cut if they are too long alone.
 *
 * @throws TypeError if `batchSize` is not a positive integer.
 * @example
 * const embed = embeddingsModel({ baseUrl: 'http://127.0.0.1:11434/v1', model: 'embeddinggemma' });
 * const backend = createBackend({ embed });
 */
export function embeddingsModel(options: EmbeddingsModelOptions): EmbeddingsModel {
  const { model, dimensions, batchSize = 64, timeoutMs = 60_000 } = options;
  const { queryPrefix = '', passagePrefix = '' } = options;
  if (!Number.isInteger(batchSize) || batchSize < 1)
    throw new TypeError(`\`batchSize\` must be a positive integer, not ${batchSize}.`);
  const server = createModelServer({ ...options, timeoutMs });

  async function* request(
    input: readonly string[],
    signal: AbortSignal,
  ): AsyncGenerator<Float32Array[], void, void> {
    const body = { model, input, ...(dimensions === undefined ? {} : { dimensions }) };
    for await (const answer of server.send('/embeddings', body, signal)) {
      yield checkDimensions(readEmbeddings(answer, input.length), dimensions);
      return;
    }
  }

  /** Halves what the model finds too long: first the number of texts, then the text. */
  async function embedAll(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    try {
      const answers = withRetry(() => request(texts, signal), signal, options.retry);
      for await (const vectors of answers) return vectors;
      signal.throwIfAborted();
      throw new ServerFault('server_error', 'The embeddings server answered with nothing.');
    } catch (error) {
      if (!isTooLong(error)) throw error;
      const [text = ''] = texts;
      if (texts.length > 1) {
        const middle = Math.ceil(texts.length / 2);
        const first = await embedAll(texts.slice(0, middle), signal);
        return [...first, ...(await embedAll(texts.slice(middle), signal))];
      }
      if (text.length < 2 * MIN_CUT_LENGTH) throw error;
      return embedAll([sliceText(text, 0, Math.floor(text.length / 2))], signal);
    }
  }

  return {
    id: JSON.stringify([model, dimensions, passagePrefix]),
    batchSize,
    async embed(texts, { purpose, signal }: EmbedOptions) {
      const prefix = purpose === 'query' ? queryPrefix : passagePrefix;
      try {
        return await embedAll(
          texts.map((text) => prefix + text),
          signal,
        );
      } catch (error) {
        if (error instanceof ServerFault)
          throw new EmbeddingsError(error.message, { cause: error });
        throw error;
      }
    },
  };
}

function isTooLong(error: unknown): boolean {
  return (
    error instanceof ServerFault &&
    (error.status === 413 || (error.kind === 'rejected' && TOO_LONG.test(error.detail)))
  );
}

function checkDimensions(vectors: Float32Array[], dimensions: number | undefined): Float32Array[] {
  const length = vectors[0]?.length;
  if (dimensions === undefined || length === dimensions) return vectors;
  throw new ServerFault(
    'server_error',
    `The embeddings server answered with vectors of ${length} values instead of ${dimensions}. Remove the option \`dimensions\`, or set it to ${length}.`,
  );
}
