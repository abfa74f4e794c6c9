import type { MessageAnnotation } from '../../protocol/types.js';
import { parseLinkUrl } from '../markdown/parseSafeUrl.js';

/** File or page that a message cites. */
export type CitedSource = {
  /** Counts from 1, in the order of the text. */
  number: number;
} & (
  | {
      kind: 'file';
      fileId: string;
      /** Name of a file that the server does not have. Undefined for others. */
      name: string | undefined;
      /** Cited words. Undefined if the server sends none: only version 1 of the API has quotes. */
      quote: string | undefined;
    }
  | {
      kind: 'page';
      /** Absolute http, https or mailto address. */
      url: URL;
      /** Title of the page, or its host. Untrusted. */
      name: string;
    }
);

/** File that the model has written. */
export interface WrittenFile {
  fileId: string;
  /** Path in the text. Empty for a file that the text does not link to. */
  path: string;
}

/**
 * Passage of a text that is displayed in another way, from `start` to `end` in UTF-16 units:
 *
 * - `citation`: a citation marker, or a link to a cited page, displayed as the number of its source.
 * - `file`: the path of a file that the model has written, displayed as a download.
 * - `stray`: a citation marker without an annotation, which is hidden.
 */
export type AnnotatedPassage = { start: number; end: number } & (
  { kind: 'citation'; source: CitedSource } | ({ kind: 'file' } & WrittenFile) | { kind: 'stray' }
);

/** Annotations of a text. */
export interface ResolvedAnnotations {
  /** In text order, without overlap. */
  passages: readonly AnnotatedPassage[];
  /** In the order of their numbers. Some are not in a passage, because the text has no marker for them. */
  sources: readonly CitedSource[];
  /** In text order, with those that the text does not link to. */
  files: readonly WrittenFile[];
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
  const files: WrittenFile[] = [];
  const passages: AnnotatedPassage[] = [];
  let end = 0;
  for (const { start, text, target } of locateAnnotations(value, annotations)) {
    if (start < end && text !== '') continue;
    const replacement = replace(target, text, { sources, files });
    if (text === '') continue;
    passages.push(...findStrayMarkers(value, end, start, CITATION_MARKER));
    end = start + text.length;
    passages.push({ start, end, ...replacement });
  }
  const pattern = isStreaming ? GROWING_CITATION_MARKER : CITATION_MARKER;
  passages.push(...findStrayMarkers(value, end, value.length, pattern));
  return { passages, sources: [...sources.values()], files };
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

/** File or page that an annotation refers to. */
type Target =
  | { kind: 'file'; fileId: string; name: string | undefined; quote: string | undefined }
  | { kind: 'page'; url: URL; name: string }
  | { kind: 'written'; fileId: string };

interface LocatedAnnotation {
  /** Annotated passage. Empty for a reference without one. */
  text: string;
  target: Target;
  /** Position in UTF-16 units, or -1 if the text does not contain the annotated passage. */
  start: number;
}

/** Returns the annotations that refer to a file or a page, in text order. */
function locateAnnotations(
  value: string,
  annotations: readonly MessageAnnotation[],
): LocatedAnnotation[] {
  const locate = createLocator(value);
  return annotations
    .flatMap((annotation) => {
      const { text } = annotation;
      const target = typeof text === 'string' ? readTarget(annotation) : undefined;
      return target === undefined ? [] : [{ text, target, start: locate(annotation) }];
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
 * Returns what an annotation refers to. Returns undefined for unknown types of annotations, for annotations without the
 * fields that this component needs, and for unsafe addresses: later versions and other servers send such annotations.
 */
function readTarget(annotation: MessageAnnotation): Target | undefined {
  switch (annotation.type) {
    case 'file_citation': {
      const { file_id: fileId, file_name: name, quote } = annotation.file_citation ?? {};
      return typeof fileId === 'string'
        ? { kind: 'file', fileId, name: name || undefined, quote: quote || undefined }
        : undefined;
    }
    case 'file_path': {
      const fileId = annotation.file_path?.file_id;
      return typeof fileId === 'string' ? { kind: 'written', fileId } : undefined;
    }
    case 'url_citation': {
      const { url: address, title } = annotation.url_citation ?? {};
      const url = parseLinkUrl(address);
      return url && { kind: 'page', url, name: String(title || url.hostname || url.href) };
    }
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

/** Returns what replaces an annotated passage. Adds its source or its file to those of the text. */
function replace(
  target: Target,
  path: string,
  { sources, files }: { sources: Map<string, CitedSource>; files: WrittenFile[] },
) {
  if (target.kind !== 'written')
    return { kind: 'citation', source: addSource(sources, target) } as const;
  const file = { fileId: target.fileId, path };
  files.push(file);
  return { kind: 'file', ...file } as const;
}

/** Returns the source that a citation refers to. Adds it to `sources` if it is new. */
function addSource(
  sources: Map<string, CitedSource>,
  target: Exclude<Target, { kind: 'written' }>,
): CitedSource {
  const key = target.kind === 'page' ? target.url.href : `${target.fileId}\n${target.quote ?? ''}`;
  const known = sources.get(key);
  if (known !== undefined) return known;
  const source: CitedSource = { number: sources.size + 1, ...target };
  sources.set(key, source);
  return source;
}
