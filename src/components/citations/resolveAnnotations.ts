import type { MessageAnnotation } from '../../protocol/types.js';

/** A file that a message cites, numbered from 1 in the order of the text. */
export interface CitedSource {
  number: number;
  fileId: string;
  /** The cited words, where the server gives them (version 1). */
  quote: string | undefined;
}

/** A passage that an annotation explains. `stray` is a citation mark that nothing explains; it is not shown. */
export type AnnotatedPassage = { start: number; end: number } & (
  | { kind: 'citation'; source: CitedSource }
  | { kind: 'file'; fileId: string; path: string }
  | { kind: 'stray' }
);

/** Passages in order and without overlap, and the sources in the order of their numbers. */
export interface ResolvedAnnotations {
  passages: readonly AnnotatedPassage[];
  sources: readonly CitedSource[];
}

const STRAY = /【\d{1,6}(?::\d{1,6})?†[^】\n]{0,200}】/g;
/** Also one that is half there, at the end. */
const GROWING_STRAY = new RegExp(`${STRAY.source}|【[^】\\n]{0,200}$`, 'g');

/**
 * Finds what each annotation stands for. Servers count `start_index` and `end_index` in UTF-16 units or in code points, and
 * some count wrong: they are believed only where the passage is the annotation's own text; else the text is searched.
 * @param isGrowing also hides a citation mark that is half there
 */
export function resolveAnnotations(
  value: string,
  annotations: readonly MessageAnnotation[],
  isGrowing = false,
): ResolvedAnnotations {
  const locate = createLocator(value);
  const found = annotations.flatMap((annotation) => {
    const fileId = fileIdOf(annotation);
    return fileId === undefined ? [] : [{ annotation, fileId, start: locate(annotation) }];
  });

  const sources = new Map<string, CitedSource>();
  const passages: AnnotatedPassage[] = [];
  let covered = 0;
  const hideStrays = (end: number, pattern: RegExp): void => {
    for (const { index, 0: mark } of value.slice(covered, end).matchAll(pattern)) {
      passages.push({ start: covered + index, end: covered + index + mark.length, kind: 'stray' });
    }
  };
  for (const { annotation, fileId, start } of found.sort((a, b) => a.start - b.start)) {
    if (start < covered) continue;
    hideStrays(start, STRAY);
    const end = start + annotation.text.length;
    if (annotation.type === 'file_citation') {
      passages.push({
        start,
        end,
        kind: 'citation',
        source: sourceOf(fileId, annotation.file_citation.quote, sources),
      });
    } else {
      passages.push({ start, end, kind: 'file', fileId, path: annotation.text });
    }
    covered = end;
  }
  hideStrays(value.length, isGrowing ? GROWING_STRAY : STRAY);
  return { passages, sources: [...sources.values()] };
}

/** The text as a person would copy it: without citation marks. */
export function removeAnnotationMarks(
  value: string,
  annotations: readonly MessageAnnotation[],
): string {
  let result = '';
  let at = 0;
  for (const passage of resolveAnnotations(value, annotations).passages) {
    result +=
      value.slice(at, passage.start) +
      (passage.kind === 'file' ? value.slice(passage.start, passage.end) : '');
    at = passage.end;
  }
  return result + value.slice(at);
}

/** Finds where annotations begin; -1 for a text that is not there. */
function createLocator(value: string): (annotation: MessageAnnotation) => number {
  const searchedTo = new Map<string, number>();
  let units: number[] | undefined;
  return ({ text, start_index: start }) => {
    if (Number.isInteger(start) && start >= 0) {
      if (value.startsWith(text, start)) return start;
      units ??= unitOffsets(value);
      const unit = units[start];
      if (unit !== undefined && value.startsWith(text, unit)) return unit;
    }
    const at = value.indexOf(text, searchedTo.get(text));
    if (at !== -1) searchedTo.set(text, at + text.length);
    return at;
  };
}

/** Offset in UTF-16 units of each code point. */
function unitOffsets(value: string): number[] {
  const offsets: number[] = [];
  let offset = 0;
  for (const character of value) {
    offsets.push(offset);
    offset += character.length;
  }
  return offsets;
}

/** The file of an annotation. Other servers and later versions bring annotations that lack what ours need; their text is shown as it stands. */
function fileIdOf(annotation: MessageAnnotation): string | undefined {
  const file =
    annotation.type === 'file_citation'
      ? annotation.file_citation
      : annotation.type === 'file_path'
        ? annotation.file_path
        : undefined;
  return typeof annotation.text === 'string' &&
    annotation.text !== '' &&
    typeof file?.file_id === 'string'
    ? file.file_id
    : undefined;
}

function sourceOf(
  fileId: string,
  quote: string | undefined,
  sources: Map<string, CitedSource>,
): CitedSource {
  const key = `${fileId}\n${quote ?? ''}`;
  const source = sources.get(key) ?? {
    number: sources.size + 1,
    fileId,
    quote: quote || undefined,
  };
  sources.set(key, source);
  return source;
}
