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
const GROWING_STRAY = /【[^】\n]{0,200}$/;

/**
 * Finds what each annotation stands for. Servers count `start_index` and `end_index` in UTF-16 units or in code points, and
 * some count wrong: they are believed only where the passage is the annotation's own text; else the text is searched.
 * @param isGrowing also hides a citation mark that is half there
 */
export function resolveAnnotations(value: string, annotations: readonly MessageAnnotation[], isGrowing = false): ResolvedAnnotations {
  const locate = createLocator(value);
  const found: { start: number; end: number; annotation: MessageAnnotation }[] = [];
  for (const annotation of annotations) {
    const start = locate(annotation);
    if (start !== undefined) found.push({ start, end: start + annotation.text.length, annotation });
  }
  found.sort((a, b) => a.start - b.start);

  const sources = new Map<string, CitedSource>();
  const passages: AnnotatedPassage[] = [];
  let covered = 0;
  for (const { start, end, annotation } of found) {
    if (start < covered) continue;
    if (annotation.type === 'file_citation') {
      passages.push({ start, end, kind: 'citation', source: sourceOf(annotation.file_citation, sources) });
    } else {
      passages.push({ start, end, kind: 'file', fileId: annotation.file_path.file_id, path: annotation.text });
    }
    covered = end;
  }
  return { passages: withStrays(value, passages, isGrowing), sources: [...sources.values()] };
}

/** The text as a person would copy it: without citation marks. */
export function textWithoutMarks(value: string, annotations: readonly MessageAnnotation[]): string {
  let result = '';
  let at = 0;
  for (const passage of resolveAnnotations(value, annotations).passages) {
    result += value.slice(at, passage.start) + (passage.kind === 'file' ? value.slice(passage.start, passage.end) : '');
    at = passage.end;
  }
  return result + value.slice(at);
}

function createLocator(value: string): (annotation: MessageAnnotation) => number | undefined {
  const searchedTo = new Map<string, number>();
  let units: number[] | undefined;
  return (annotation) => {
    const { text } = annotation;
    if (!isReadable(annotation) || text === '') return undefined;
    const { start_index: start } = annotation;
    if (Number.isInteger(start) && start >= 0) {
      if (value.startsWith(text, start)) return start;
      units ??= unitOffsets(value);
      const unit = units[start];
      if (unit !== undefined && value.startsWith(text, unit)) return unit;
    }
    const from = searchedTo.get(text) ?? 0;
    const at = value.indexOf(text, from);
    if (at === -1) return undefined;
    searchedTo.set(text, at + text.length);
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

/** Other servers and later versions bring annotations that lack what ours need; their text is shown as it stands. */
function isReadable(annotation: MessageAnnotation): boolean {
  const kind: string = annotation.type;
  if (typeof annotation.text !== 'string') return false;
  if (kind === 'file_citation') return 'file_citation' in annotation && typeof annotation.file_citation?.file_id === 'string';
  return kind === 'file_path' && 'file_path' in annotation && typeof annotation.file_path?.file_id === 'string';
}

function sourceOf(citation: { file_id: string; quote?: string }, sources: Map<string, CitedSource>): CitedSource {
  const quote = citation.quote === undefined || citation.quote === '' ? undefined : citation.quote;
  const key = `${citation.file_id}\n${quote ?? ''}`;
  const known = sources.get(key);
  if (known !== undefined) return known;
  const source = { number: sources.size + 1, fileId: citation.file_id, quote };
  sources.set(key, source);
  return source;
}

function withStrays(value: string, passages: readonly AnnotatedPassage[], isGrowing: boolean): AnnotatedPassage[] {
  if (!value.includes('【')) return [...passages];
  const strays = [...value.matchAll(STRAY)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
  const half = isGrowing ? GROWING_STRAY.exec(value.slice(-201)) : null;
  if (half !== null) strays.push({ start: value.length - half[0].length, end: value.length });
  const isFree = (stray: { start: number; end: number }): boolean =>
    !passages.some((passage) => passage.start < stray.end && stray.start < passage.end);
  const free: AnnotatedPassage[] = strays.filter(isFree).map((stray) => ({ ...stray, kind: 'stray' }));
  return [...passages, ...free].sort((a, b) => a.start - b.start);
}
