import type { EmbeddingsModel } from '../../src/backend/search/vectors/EmbeddingsModel.js';

const DIMENSIONS = 512;
const LENGTHS = [2, 3, 4];

/**
 * A fake: counts the groups of two to four letters of a text in 512 hashed values. It needs no server and gives the same vectors
 * everywhere. It finds other forms of a word and compounds, but knows no meanings, so a real model finds more.
 */
export const ngramEmbeddings: EmbeddingsModel = {
  id: `letter groups, ${DIMENSIONS}`,
  batchSize: 64,
  embed: async (texts) => texts.map(toVector),
};

function toVector(text: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  const counts = new Map<string, number>();
  for (const word of text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? []) {
    const letters = Array.from(`^${word}$`);
    for (const length of LENGTHS)
      for (let start = 0; start + length <= letters.length; start++) {
        const group = letters.slice(start, start + length).join('');
        counts.set(group, (counts.get(group) ?? 0) + 1);
      }
  }
  for (const [group, count] of counts) {
    const hash = hashText(group);
    // The sign lets groups that share a value cancel each other out.
    const sign = (hash & 1) === 0 ? 1 : -1;
    const value = (hash >>> 1) % DIMENSIONS;
    vector[value] = (vector[value] ?? 0) + sign * Math.log1p(count);
  }
  return vector;
}

/** FNV-1a. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
