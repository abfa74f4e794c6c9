import { createBenchSearch, type Way } from './createBenchSearch.js';
import { ngramEmbeddings } from './ngramEmbeddings.js';
import { readDocuments } from './readDocuments.js';

const FILES = 100;
const PASSAGES = 10_000;
/** The shortest passages that a client can ask for: 100 tokens. */
const PASSAGE_LENGTH = 400;
const ROUNDS = 41;

/** Median times of a search in 10,000 passages in milliseconds. Searches of all ways alternate. */
export async function measureLatency(source: string): Promise<Record<Way, number>> {
  const documents = readDocuments(source);
  const splitting = { size: PASSAGE_LENGTH, overlap: 0 };
  const search = createBenchSearch(buildTexts(source), ngramEmbeddings, splitting);
  const questions = documents.flatMap((document) => document.questions);
  const times: Record<Way, number[]> = { words: [], vectors: [], both: [] };
  const ways = ['words', 'vectors', 'both'] as const;
  for (let round = -2; round < ROUNDS; round++) {
    for (const way of ways) {
      // Another query each time, so that no result is reused.
      const query = `${questions[(round + 2) % questions.length]} ${round}`;
      const startedAt = performance.now();
      await search(way, query, 20);
      if (round >= 0) times[way].push(performance.now() - startedAt);
    }
  }
  const getMedian = (way: Way) => times[way].toSorted((a, b) => a - b)[ROUNDS >> 1] ?? NaN;
  return { words: getMedian('words'), vectors: getMedian('vectors'), both: getMedian('both') };
}

/** Builds texts of words of the documents, in a fixed order that looks random. */
function buildTexts(source: string): Record<string, string> {
  const words = source.split(/\s+/);
  let state = 1;
  const pick = (): string => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return words[(state >>> 8) % words.length] ?? '';
  };
  const texts: Record<string, string> = {};
  for (let file = 0; file < FILES; file++) {
    const passages: string[] = [];
    while (passages.length < PASSAGES / FILES) {
      let passage = '';
      while (passage.length < PASSAGE_LENGTH - 60) passage += `${pick()} `;
      // A heading is where a text is split.
      passages.push(`# ${passage.slice(0, PASSAGE_LENGTH - 40)}`);
    }
    texts[`file-${file}.md`] = passages.join('\n');
  }
  return texts;
}
