import { findQuote } from '../../search/findQuote.js';
import type { FoundPassage } from '../../search/FoundPassage.js';
import type { ModelEvent, ModelRequest } from '../model.js';

/** The most a mark is long: a name of a file, and what stands around it. */
const LONGEST_MARK = 400;
/** What may come between two pieces of one text. */
const WITHIN_TEXT: ReadonlySet<ModelEvent['type']> = new Set(['annotation', 'usage', 'file']);
const MARK = /【(\d+):(\d+)(?:†[^【】]*)?】/g;

/** The mark of a passage: `【3:0†notes.txt】`, by the place of the search in the conversation and its own in what was found. */
export function createMark(search: number, passage: number, { filename }: FoundPassage): string {
  return `【${search}:${passage}†${filename.replace(/[【】†\p{Cc}]/gu, ' ')}】`;
}

/** What a search has found, as a model reads it: each passage under its mark. `place`: where the search is in the conversation. */
export function foundText(place: number, found: readonly FoundPassage[]): string {
  const [first] = found;
  if (first === undefined)
    return 'Nothing was found. Try other words, or say that the files do not tell.';
  const passages = found.map(
    (passage, index) => `${createMark(place, index, passage)}\n${passage.text}`,
  );
  return `Write the mark of a passage, such as ${createMark(place, 0, first)}, right behind what you take from it.\n\n${passages.join('\n\n')}`;
}

/**
 * Annotates the marks that a model writes with the passages they stand for. Text is passed on as it comes; the annotation
 * follows once its mark is whole. A mark that nothing was found under stays plain text.
 */
export async function* withAnnotations(
  events: AsyncIterable<ModelEvent>,
  { messages }: Pick<ModelRequest, 'messages'>,
): AsyncGenerator<ModelEvent, void, void> {
  /** Of the text block being written, in UTF-16 units. */
  let length = 0;
  /** The end of the block, from the last bracket on that may open a mark. */
  let open = '';
  for await (const event of events) {
    yield event;
    if (event.type !== 'text') {
      if (!WITHIN_TEXT.has(event.type)) [length, open] = [0, ''];
      continue;
    }
    const start = length - open.length;
    const text = open + event.text;
    length += event.text.length;
    for (const match of text.matchAll(MARK)) {
      const message = messages[Number(match[1])];
      const passage = message?.role === 'search' ? message.found[Number(match[2])] : undefined;
      if (message?.role !== 'search' || passage === undefined) continue;
      const place = {
        start_index: start + match.index,
        end_index: start + match.index + match[0].length,
      };
      const quoted = { file_id: passage.fileId, quote: findQuote(passage.text, message.query) };
      yield {
        type: 'annotation',
        annotation: { type: 'file_citation', text: match[0], ...place, file_citation: quoted },
      };
    }
    const bracket = text.lastIndexOf('【');
    const rest = bracket === -1 || text.includes('】', bracket) ? '' : text.slice(bracket);
    open = rest.length > LONGEST_MARK ? '' : rest;
  }
}
