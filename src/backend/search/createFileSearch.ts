import { createLruCache } from '../../common/createLruCache.js';
import { createYielder } from '../../common/yieldToEventLoop.js';
import type { FileObject } from '../../protocol/types.js';
import type { FoundPassage } from './FoundPassage.js';
import type { Passage, PassageIndex } from './indexPassages.js';
import type { Splitting } from './splitText.js';

/** File to search, and the rules for splitting its text. */
export interface SearchedFile {
  file: FileObject;
  splitting: Splitting;
}

/** Query to a set of files. */
export interface FileQuery {
  query: string;
  /** Distinct files in any order. */
  files: readonly SearchedFile[];
  /** Maximum number of passages. */
  limit: number;
  /** Minimum score, from 0 to 1. */
  threshold: number;
}

/** Full-text search in files. */
export interface FileSearch {
  /** Returns the best passages, best first. Skips files without text and files that no longer exist. */
  find(query: FileQuery): Promise<FoundPassage[]>;
}

/** Size of each cache, of texts and of indexes, in UTF-16 units of text. */
const CACHE_SIZE = 32_000_000;
/** Text of one file that is searched, about ten thousand pages. The rest is ignored. */
const MAX_FILE_LENGTH = 16_000_000;
/** Total length of the passages of one search, about 16,000 tokens. */
const MAX_RESULT_LENGTH = 64_000;

/**
 * Creates a search over the files of a store. Parsers and index are loaded with the first search. The content of a file never
 * changes, so texts and the indexes of file sets are cached.
 *
 * @param readFile Returns the bytes of a file, or undefined if it no longer exists.
 */
export function createFileSearch(
  readFile: (fileId: string) => Promise<Uint8Array | undefined>,
): FileSearch {
  const passagesByFile = createLruCache<Passage[]>(CACHE_SIZE);
  const indexesByFiles = createLruCache<PassageIndex>(CACHE_SIZE);

  async function readPassages({ file, splitting }: SearchedFile): Promise<Passage[]> {
    const bytes = await readFile(file.id);
    if (bytes === undefined) return [];
    const [{ extractText }, { splitText }] = await Promise.all([
      import('./extractText.js'),
      import('./splitText.js'),
    ]);
    const text = await extractText(file.filename, bytes);
    const yieldIfDue = createYielder();
    const passages: Passage[] = [];
    for (const passage of splitText(text?.slice(0, MAX_FILE_LENGTH) ?? '', splitting)) {
      passages.push({ fileId: file.id, filename: file.filename, text: passage });
      await yieldIfDue();
    }
    return passages;
  }

  async function createIndex(files: readonly SearchedFile[]): Promise<PassageIndex> {
    const { indexPassages } = await import('./indexPassages.js');
    const passages: Passage[] = [];
    // Files are read in sequence, because the pages of a PDF take much memory while they are read.
    for (const file of files) {
      const read = await passagesByFile.get(getKey(file), () => readPassages(file), getTextLength);
      // Not `push(...read)`, which fails for a very large number of passages.
      for (const passage of read) passages.push(passage);
    }
    return indexPassages(passages);
  }

  return {
    async find({ query, files, limit, threshold }) {
      if (files.length === 0) return [];
      const key = files.map(getKey).sort().join();
      const index = await indexesByFiles.get(
        key,
        () => createIndex(files),
        ({ passages }) => getTextLength(passages),
      );
      return takeBest(index.search(query), limit, threshold);
    },
  };
}

/** Returns the first passages that satisfy all limits. The best passage is returned even if it is too long. */
function takeBest(
  passages: readonly FoundPassage[],
  limit: number,
  threshold: number,
): FoundPassage[] {
  const taken: FoundPassage[] = [];
  let length = 0;
  for (const passage of passages) {
    length += passage.text.length;
    const isTooLong = taken.length > 0 && length > MAX_RESULT_LENGTH;
    if (taken.length === limit || passage.score < threshold || isTooLong) break;
    taken.push(passage);
  }
  return taken;
}

function getKey({ file: { id }, splitting: { size, overlap } }: SearchedFile): string {
  return `${id}/${size}/${overlap}`;
}

function getTextLength(passages: readonly Passage[]): number {
  return passages.reduce((sum, { text }) => sum + text.length, 0);
}
