/** Part of a text that is parsed and rendered separately, so that no task is longer for a longer text. */
export interface Segment {
  source: string;
  /** Position in the text, in UTF-16 units. */
  start: number;
  /** Estimated height in lines. */
  lineCount: number;
  /** Rendered as plain text: the segment is beyond a limit, or it is the rest of a table that was split. */
  isPlain: boolean;
}

/** From this length on, a segment ends where the next block starts. */
const SEGMENT_LENGTH = 6_000;
/** From this work on, a segment ends where the next block starts. A line of text is one unit: see `estimateWork`. */
const SEGMENT_WORK = 100;
/** A segment of this many times the length or the work ends at any line. */
const MAX_FACTOR = 2;
/** Factor for tables, because rows are not readable without their header. */
const MAX_TABLE_FACTOR = 4;
/** Maximum number of segments. The rest of the text is one plain segment. */
const MAX_SEGMENTS = 400;

/** Estimated length of a line, after which it wraps. */
const WRAP_LENGTH = 80;
/** Height of the header of a code block. */
const CODE_HEADER_LINES = 6;
/** Height of an image that waits for consent. */
const IMAGE_LINES = 4;

/** Work for a heading, whose lines the browser balances, and for a list. */
const UNDERLINE_WORK = 4;
const LIST_WORK = 3;
const UNDERLINE = /^ {0,3}(?:=+|-+)[ \t]*$/;
const BULLET = /^[ \t]*([-*+•])[ \t]/;
/** Matches a line with a hard break, or with the box of a task. */
const EXTRA_ELEMENT = /(?: {2}|\\)$|^[ \t]*(?:[-*+•]|\d{1,9}[.)])[ \t]+\[[ xX]\]/;

const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
/** Matches a line that starts a block: it cannot belong to a list, a quote or a table before it. */
const BLOCK_START = /^(?![-*+>|]|\d{1,9}[.)])\S/;

/**
 * Splits text into segments at blank lines before words, where blocks end. Code between fences is not split. Text of one or two
 * screens is one segment. The text before a block decides whether it starts a segment, so that no block of a growing text moves
 * to another segment.
 *
 * @param previous Segments of a text that this text starts with. All but the last one are reused.
 */
export function splitIntoSegments(
  source: string,
  previous: readonly Segment[] = [],
): readonly Segment[] {
  const last = previous.at(-1);
  if (last !== undefined && last.start + last.source.length === source.length) return previous;
  const segments = previous.slice(0, -1);
  // State of the current segment: its start, the length of its code, its estimated height and work, and whether it continues a
  // block of the previous segment.
  let segmentStart = last?.start ?? 0;
  let codeLength = 0;
  let lineCount = 0;
  let work = 0;
  let bullet: string | undefined;
  let isContinued = false;
  let isAfterBlankLine = false;
  let fence: string | undefined;

  function endSegment(end: number, isWithinBlock = false): void {
    if (segments.length >= MAX_SEGMENTS && end < source.length) return;
    const text = source.slice(segmentStart, end);
    const isTooLong = text.length - codeLength > SEGMENT_LENGTH * MAX_TABLE_FACTOR;
    const isRestOfTable = isContinued && text.startsWith('|');
    const isPlain = isTooLong || isRestOfTable || segments.length >= MAX_SEGMENTS;
    segments.push({ source: text, start: segmentStart, lineCount, isPlain });
    segmentStart = end;
    codeLength = 0;
    lineCount = 0;
    work = 0;
    isContinued = isWithinBlock;
  }

  function addCodeLine(line: string, openingFence: string): void {
    codeLength += line.length + 1;
    const lines = countWrappedLines(line.length);
    lineCount += lines;
    work += lines;
    const marker = FENCE.exec(line)?.[1];
    if (!marker?.startsWith(openingFence) || line.trim() !== marker) return;
    fence = undefined;
    isAfterBlankLine = true;
  }

  function addLine(line: string, start: number): void {
    const factor = Math.max((start - segmentStart) / SEGMENT_LENGTH, work / SEGMENT_WORK);
    const maxFactor = line.startsWith('|') ? MAX_TABLE_FACTOR : MAX_FACTOR;
    const startsBlock = isAfterBlankLine && BLOCK_START.test(line);
    if (factor >= (startsBlock ? 1 : maxFactor)) endSegment(start, !startsBlock);
    fence = FENCE.exec(line)?.[1];
    if (fence !== undefined) {
      lineCount += CODE_HEADER_LINES;
      work += CODE_HEADER_LINES;
    }
    isAfterBlankLine = line.trim() === '';
    const height = estimateHeight(line);
    lineCount += height;
    const nextBullet = BULLET.exec(line)?.[1];
    work += height + estimateWork(line, nextBullet !== undefined && nextBullet !== bullet);
    bullet = nextBullet ?? bullet;
  }

  for (let start = segmentStart; start < source.length;) {
    const newline = source.indexOf('\n', start);
    const end = newline === -1 ? source.length : newline;
    const line = source.slice(start, end);
    if (fence === undefined) addLine(line, start);
    else addCodeLine(line, fence);
    start = end + 1;
  }
  if (source.length > segmentStart) endSegment(source.length);
  return segments;
}

function estimateHeight(line: string): number {
  const imageCount = line.split('![').length - 1;
  // Each level of nesting adds an element.
  const nesting = Math.floor(Math.max(0, line.search(/[^\s>]/)) / 8);
  return countWrappedLines(line.length) + nesting + imageCount * IMAGE_LINES;
}

/** Estimates the work for a line beyond its height: the browser takes longer for some elements than for lines of text. */
function estimateWork(line: string, startsList: boolean): number {
  if (UNDERLINE.test(line)) return UNDERLINE_WORK;
  return (startsList ? LIST_WORK : 0) + (EXTRA_ELEMENT.test(line) ? 1 : 0);
}

function countWrappedLines(length: number): number {
  return Math.max(1, Math.ceil(length / WRAP_LENGTH));
}
