import type { MessageAnnotation } from '../../../protocol/types.js';
import { findQuote } from '../../search/findQuote.js';
import type { ModelEvent, ModelRequest } from '../Model.js';
import { MARK_PATTERN, MAX_MARK_LENGTH } from './citationMarks.js';

/** Events that may occur between two pieces of the same text block. */
const WITHIN_TEXT: ReadonlySet<ModelEvent['type']> = new Set([
  'annotation',
  'usage',
  'file',
  'reasoning',
]);

/**
 * Adds annotations for the citation marks in the text of an answer. Passes on text immediately, and emits an annotation when its
 * mark is complete. Marks without a passage remain plain text.
 */
export async function* withAnnotations(
  events: AsyncIterable<ModelEvent>,
  request: Pick<ModelRequest, 'messages'>,
): AsyncGenerator<ModelEvent, void, void> {
  /** Length of the current text block, in UTF-16 units. */
  let length = 0;
  /** End of the text block that may be the start of a mark. */
  let partialMark = '';
  for await (const event of events) {
    yield event;
    if (event.type !== 'text') {
      if (!WITHIN_TEXT.has(event.type)) {
        length = 0;
        partialMark = '';
      }
      continue;
    }
    const startIndex = length - partialMark.length;
    const text = partialMark + event.text;
    length += event.text.length;
    for (const match of text.matchAll(MARK_PATTERN)) {
      const annotation = createAnnotation(match, startIndex, request);
      if (annotation !== undefined) yield { type: 'annotation', annotation };
    }
    partialMark = getPartialMark(text);
  }
}

/** Returns the annotation of a mark; undefined if the mark has no passage. */
function createAnnotation(
  { 0: mark, 1: searchIndex, 2: passageIndex, index }: RegExpExecArray,
  startIndex: number,
  { messages }: Pick<ModelRequest, 'messages'>,
): MessageAnnotation | undefined {
  const message = messages[Number(searchIndex)];
  if (message?.role !== 'search') return undefined;
  const passage = message.found[Number(passageIndex)];
  if (passage === undefined) return undefined;
  return {
    type: 'file_citation',
    text: mark,
    start_index: startIndex + index,
    end_index: startIndex + index + mark.length,
    file_citation: { file_id: passage.fileId, quote: findQuote(passage.text, message.query) },
  };
}

/** Returns the end of a text, from an opening bracket that is not closed. */
function getPartialMark(text: string): string {
  const bracket = text.lastIndexOf('【');
  if (bracket === -1 || text.includes('】', bracket)) return '';
  const partialMark = text.slice(bracket);
  return partialMark.length > MAX_MARK_LENGTH ? '' : partialMark;
}
