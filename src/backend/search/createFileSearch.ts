import type { FileObject } from '../../protocol/types.js';
import type { FoundPassage } from './FoundPassage.js';
import { createYielder } from '../../common/yieldToEventLoop.js';
import { createLruCache } from '../../common/createLruCache.js';
import type { Passage, PassageIndex } from './indexPassages.js';
import type { Splitting } from './splitText.js';

/** A question to a set of files. */
export interface FileQuery {
  query: string;
  /** In any order, each once; with how its text is cut. */
  files: readonly { file: FileObject; splitting: Splitting }[];
  /** How many passages at most. */
  limit: number;
  /** The lowest score that is answered, 0 to 1. */
  threshold: number;
}

/** Finds passages of files. */
export interface FileSearch {
  /** The passages that fit best, best first. Files without text, and files that are gone, are passed over. */
  find(query: FileQuery): Promise<FoundPassage[]>;
}

/** How much text is kept read, and how much of it indexed, in UTF-16 units. */
const KEPT_TEXT = 32_000_000;
/** The most of one file that is searched: some ten thousand pages. What follows is left out. */
const LONGEST_FILE = 16_000_000;
/** The most text that one search answers, about 16,000 tokens. */
const LONGEST_ANSWER = 64_000;

/**
 * A search over the files of a store. Nothing of it is loaded before the first search. Files never change under their id, so
 * their text is read once; a set of files is indexed once, and as long as it is not crowded out by others.
 */
export function createFileSearch(
  readFile: (fileId: string) => Promise<Uint8Array | undefined>,
): FileSearch {
  const texts = createLruCache<Passage[]>(KEPT_TEXT);
  const indexes = createLruCache<PassageIndex>(KEPT_TEXT);

  async function passagesOf(file: FileObject, splitting: Splitting): Promise<Passage[]> {
    const bytes = await readFile(file.id);
    if (bytes === undefined) return [];
    const [{ extractText }, { splitText }] = await Promise.all([
      import('./extractText.js'),
      import('./splitText.js'),
    ]);
    const text = await extractText(file.filename, bytes);
    const pause = createYielder();
    const passages: Passage[] = [];
    for (const passage of splitText(text?.slice(0, LONGEST_FILE) ?? '', splitting)) {
      passages.push({ fileId: file.id, filename: file.filename, text: passage });
      await pause();
    }
    return passages;
  }

  async function indexOf(files: FileQuery['files']): Promise<PassageIndex> {
    const { indexPassages } = await import('./indexPassages.js');
    const passages: Passage[] = [];
    // One after another: the pages of a PDF take memory while they are read.
    for (const { file, splitting } of files) {
      const read = await texts.get(
        keyOf(file, splitting),
        () => passagesOf(file, splitting),
        sizeOf,
      );
      for (const passage of read) passages.push(passage);
    }
    return indexPassages(passages);
  }

  return {
    async find({ query, files, limit, threshold }) {
      if (files.length === 0) return [];
      const key = files.map(({ file, splitting }) => keyOf(file, splitting)).sort();
      const index = await indexes.get(
        key.join(),
        () => indexOf(files),
        ({ passages }) => sizeOf(passages),
      );
      const found: FoundPassage[] = [];
      let length = 0;
      for (const passage of index.find(query)) {
        length += passage.text.length;
        if (
          found.length === limit ||
          passage.score < threshold ||
          (found.length > 0 && length > LONGEST_ANSWER)
        )
          break;
        found.push(passage);
      }
      return found;
    },
  };
}

function keyOf({ id }: FileObject, { size, overlap }: Splitting): string {
  return `${id}/${size}/${overlap}`;
}

function sizeOf(passages: readonly Passage[]): number {
  return passages.reduce((sum, { text }) => sum + text.length, 0);
}
