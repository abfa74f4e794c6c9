import type { MessageAnnotation } from '../../protocol/types.js';

/** File that a message cites. */
export interface CitedSource {
  /** Counts from 1, in the order of the text. */
  number: number;
  fileId: string;
  /** Cited words. Undefined if the server sends none: only version 1 of the API has quotes. */
  quote: string | undefined;
}

/**
 * Passage of a text that is displayed in another way, from `start` to `end` in UTF-16 units:
 *
 * - `citation`: a citation marker, displayed as the number of its source.
 * - `file`: the path of a file that the model has written, displayed as a download.
 * - `stray`: a citation marker without an annotation, which is hidden.
 */
export type AnnotatedPassage = { start: number; end: number } & (
  | { kind: 'citation'; source: CitedSource }
  | { kind: 'file'; fileId: string; path: string }
  | { kind: 'stray' }
);

/** Annotations of a text. */
export interface ResolvedAnnotations {
  /** In text order, without overlap. */
  passages: readonly AnnotatedPassage[];
  /** In the order of their numbers. */
  sources: readonly CitedSource[];
}

const CITATION_MARKER = /【\d{1,6}(?::\d{1,6})?†[^】\n]{0,200}】/g;
/** Also matches a marker at the end of the text that is not complete yet. */
const GROWING_CITATION_MARKER = new RegExp(`${CITATION_MARKER.source}|【[^】\\n]{0,200}$`, 'g');

/**
 * Finds the passages that annotations refer to.
 *
 * Servers count `start_index` and `end_index` in UTF-16 units or in code points, and some are wrong. An index is used only if
 * the text of the annotation is at that position. Otherwise the text is searched for it.
 *
 * @param isStreaming Also hides an incomplete citation marker at the end of the text.
 */
export function resolveAnnotations(
  value: string,
  annotations: readonly MessageAnnotation[],
  isStreaming = false,
): ResolvedAnnotations {
  const sources = new Map<string, CitedSource>();
  const passages: AnnotatedPassage[] = [];
  let end = 0;
  for (const located of locateAnnotations(value, annotations)) {
    if (located.start < end) continue;
    passages.push(...findStrayMarkers(value, end, located.start, CITATION_MARKER));
    end = located.start + located.annotation.text.length;
    passages.push(toPassage(located, end, sources));
  }
  const pattern = isStreaming ? GROWING_CITATION_MARKER : CITATION_MARKER;
  passages.push(...findStrayMarkers(value, end, value.length, pattern));
  return { passages, sources: [...sources.values()] };
}

/** Returns the text without citation markers, for the clipboard. */
export function removeCitationMarkers(
  value: string,
  annotations: readonly MessageAnnotation[],
): string {
  let result = '';
  let position = 0;
  for (const { kind, start, end } of resolveAnnotations(value, annotations).passages) {
    result += value.slice(position, kind === 'file' ? end : start);
    position = end;
  }
  return result + value.slice(position);
}

interface LocatedAnnotation {
  annotation: MessageAnnotation;
  fileId: string;
  /** Position in UTF-16 units, or -1 if the text does not contain the annotated passage. */
  start: number;
}

/** Returns the annotations that refer to a file, in text order. */
function locateAnnotations(
  value: string,
  annotations: readonly MessageAnnotation[],
): LocatedAnnotation[] {
  const locate = createLocator(value);
  return annotations
    .flatMap((annotation) => {
      const fileId = getFileId(annotation);
      return fileId === undefined ? [] : [{ annotation, fileId, start: locate(annotation) }];
    })
    .sort((one, other) => one.start - other.start);
}

/** Returns a function that finds the position of an annotation, or -1. */
function createLocator(value: string): (annotation: MessageAnnotation) => number {
  const searchStarts = new Map<string, number>();
  let offsets: number[] | undefined;
  return ({ text, start_index: startIndex }) => {
    if (Number.isInteger(startIndex) && startIndex >= 0) {
      if (value.startsWith(text, startIndex)) return startIndex;
      offsets ??= getCodePointOffsets(value);
      const offset = offsets[startIndex];
      if (offset !== undefined && value.startsWith(text, offset)) return offset;
    }
    // Annotations with the same text refer to its occurrences in order.
    const start = value.indexOf(text, searchStarts.get(text));
    if (start !== -1) searchStarts.set(text, start + text.length);
    return start;
  };
}

/** Returns the offset of each code point in UTF-16 units. */
function getCodePointOffsets(value: string): number[] {
  const offsets: number[] = [];
  let offset = 0;
  for (const character of value) {
    offsets.push(offset);
    offset += character.length;
  }
  return offsets;
}

/**
 * Returns the id of the file that an annotation refers to. Returns undefined for unknown types of annotations, and for
 * annotations without the fields that this component needs: later versions and other servers send such annotations.
 */
function getFileId(annotation: MessageAnnotation): string | undefined {
  if (typeof annotation.text !== 'string' || annotation.text === '') return undefined;
  const fileId = getFileReference(annotation)?.file_id;
  return typeof fileId === 'string' ? fileId : undefined;
}

function getFileReference(annotation: MessageAnnotation): { file_id: string } | undefined {
  switch (annotation.type) {
    case 'file_citation':
      return annotation.file_citation;
    case 'file_path':
      return annotation.file_path;
    default:
      return undefined;
  }
}

function findStrayMarkers(
  value: string,
  from: number,
  to: number,
  pattern: RegExp,
): AnnotatedPassage[] {
  return Array.from(value.slice(from, to).matchAll(pattern), ({ index, 0: marker }) => ({
    start: from + index,
    end: from + index + marker.length,
    kind: 'stray',
  }));
}

/** Converts an annotation to a passage. Adds the file that it cites to `sources`. */
function toPassage(
  { annotation, fileId, start }: LocatedAnnotation,
  end: number,
  sources: Map<string, CitedSource>,
): AnnotatedPassage {
  if (annotation.type !== 'file_citation')
    return { start, end, kind: 'file', fileId, path: annotation.text };
  const source = addSource(sources, fileId, annotation.file_citation.quote);
  return { start, end, kind: 'citation', source };
}

function addSource(
  sources: Map<string, CitedSource>,
  fileId: string,
  quote: string | undefined,
): CitedSource {
  const key = `${fileId}\n${quote ?? ''}`;
  const known = sources.get(key);
  if (known !== undefined) return known;
  const source = { number: sources.size + 1, fileId, quote: quote || undefined };
  sources.set(key, source);
  return source;
}
