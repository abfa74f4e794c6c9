import { tryDecodeBase64 } from '../../../common/tryDecodeBase64.js';
import { ServerFault } from './ServerFault.js';
import { type Fields, toFields } from './toFields.js';

/** Longest vector that is accepted. The largest models have about 4,000 values. */
const MAX_DIMENSIONS = 16_384;

/**
 * Reads the vectors of an answer to `POST /embeddings`, in the order of their texts. They are lists of numbers, or
 * 32-bit floats in base64. Servers may send them in any order with their indexes, or in order without.
 *
 * @throws ServerFault unless there is one vector for each text, and all have the same number of finite values
 */
export function readEmbeddings(answer: unknown, count: number): Float32Array[] {
  const { data } = toFields(answer);
  if (!Array.isArray(data)) throw createFault('no list of vectors');
  if (data.length !== count) throw createFault(`${data.length} vectors for ${count} texts`);
  const vectors: Float32Array[] = [];
  for (const [position, item] of data.map(toFields).entries())
    vectors[readIndex(item, position, count)] = readVector(item['embedding']);
  const dimensions = vectors[0]?.length ?? 0;
  for (let index = 0; index < count; index++) {
    // An index that is sent twice leaves another one out.
    const vector = vectors[index];
    if (vector === undefined) throw createFault(`no vector for text ${index + 1}`);
    if (vector.length !== dimensions) throw createFault('vectors of different lengths');
  }
  return vectors;
}

function readIndex({ index }: Fields, position: number, count: number): number {
  if (index === undefined || index === null) return position;
  if (typeof index === 'number' && Number.isInteger(index) && index >= 0 && index < count)
    return index;
  throw createFault('a vector with an index that no text has');
}

function readVector(value: unknown): Float32Array {
  const vector = typeof value === 'string' ? decodeFloats(value) : toFloats(value);
  if (vector.length > MAX_DIMENSIONS) throw createFault(`a vector of ${vector.length} values`);
  if (!vector.every(Number.isFinite)) throw createFault('a vector with values that are no numbers');
  return vector;
}

function toFloats(value: unknown): Float32Array {
  if (!Array.isArray(value) || value.length === 0) throw createFault('an empty vector');
  return Float32Array.from(value, (item: unknown) => (typeof item === 'number' ? item : NaN));
}

/** Decodes little-endian 32-bit floats. */
function decodeFloats(text: string): Float32Array {
  const bytes = tryDecodeBase64(text);
  if (bytes === undefined || bytes.length === 0 || bytes.length % 4 !== 0)
    throw createFault('a vector that is neither a list of numbers nor base64');
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) =>
    view.getFloat32(index * 4, true),
  );
}

function createFault(what: string): ServerFault {
  return new ServerFault('server_error', `The embeddings server answered with ${what}.`);
}
