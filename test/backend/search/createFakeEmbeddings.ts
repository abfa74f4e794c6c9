import {
  EmbeddingsError,
  type EmbeddingsModel,
  type EmbedOptions,
} from '../../../src/backend/search/vectors/EmbeddingsModel.js';

/** Words of the same meaning, one line for each value of the vectors. */
const MEANINGS = [
  ['car', 'vehicle', 'auto', 'automobile'],
  ['holiday', 'vacation', 'leave'],
  ['tea', 'thé', 'oolong'],
  ['pay', 'salary', 'wage'],
];

/** Embeddings model that knows a few meanings. */
export interface FakeEmbeddings extends EmbeddingsModel {
  calls: { texts: readonly string[]; purpose: EmbedOptions['purpose'] }[];
  /** Error of the next calls. */
  failure: Error | undefined;
}

/** Creates a model whose vectors count the words of each meaning. */
export function createFakeEmbeddings({ id = 'fake', batchSize = 2 } = {}): FakeEmbeddings {
  const model: FakeEmbeddings = {
    id,
    batchSize,
    calls: [],
    failure: undefined,
    async embed(texts, { purpose, signal }) {
      signal.throwIfAborted();
      model.calls.push({ texts, purpose });
      if (model.failure !== undefined) throw model.failure;
      return texts.map(toVector);
    },
  };
  return model;
}

function toVector(text: string): Float32Array {
  const words = text.toLowerCase().match(/[\p{L}]+/gu) ?? [];
  return Float32Array.from(MEANINGS, (meaning) => {
    const isKnown = (word: string) => meaning.some((known) => word.startsWith(known));
    return words.filter(isKnown).length;
  });
}

/** Error of a server that is away. */
export const SERVER_IS_AWAY = new EmbeddingsError('The embeddings server is away.');
