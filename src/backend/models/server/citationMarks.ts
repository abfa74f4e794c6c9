import type { FoundPassage } from '../../search/FoundPassage.js';

/** Matches a mark. The groups are the index of the search message and the index of the passage. */
export const MARK_PATTERN = /【(\d+):(\d+)(?:†[^【】]*)?】/g;

/** Maximum length of a mark: a file name and the characters around it. */
export const MAX_MARK_LENGTH = 400;

/**
 * Returns the mark of a passage, such as `【3:0†notes.txt】`.
 *
 * @param searchIndex Index of the search in the messages of the request.
 * @param passageIndex Index of the passage in the search.
 */
export function createMark(
  searchIndex: number,
  passageIndex: number,
  { filename }: FoundPassage,
): string {
  return `【${searchIndex}:${passageIndex}†${filename.replace(/[【】†\p{Cc}]/gu, ' ')}】`;
}

/**
 * Formats the result of a search for the model, each passage after its mark.
 *
 * @param searchIndex Index of the search in the messages of the request.
 */
export function formatPassages(searchIndex: number, passages: readonly FoundPassage[]): string {
  const [first] = passages;
  if (first === undefined)
    return 'Nothing was found. Try other words, or say that the files do not contain the answer.';
  const texts = passages.map(
    (passage, index) => `${createMark(searchIndex, index, passage)}\n${passage.text}`,
  );
  return `Write the mark of a passage, such as ${createMark(searchIndex, 0, first)}, directly after each statement that you take from it.\n\n${texts.join('\n\n')}`;
}
