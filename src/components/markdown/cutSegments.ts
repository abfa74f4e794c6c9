/** A part of a text that is parsed and rendered separately, so that a long text never takes one long task. */
export interface Segment {
  source: string;
  /** Start in the text, in UTF-16 units. */
  start: number;
  /** Estimated number of lines, including wrapped ones. */
  lines: number;
  /** The segment is beyond a limit, or continues a block that was split. It is rendered as plain text. */
  isPlain: boolean;
}

/** From this size on, a segment ends at the next possible line. */
const SOFT_SIZE = 6_000;
const SOFT_LINES = 100;
/** Factors of that size after which a segment ends at any line: in a table, whose rows need their header, and elsewhere. */
const TABLE_FACTOR = 4;
const HARD_FACTOR = 2;
const WRAP = 80;
/** A code block counts as some lines more, for its header. */
const FENCE_LINES = 6;
/** An image that waits for consent counts as some lines more. */
const IMAGE_LINES = 4;
/** Segments after this number are rendered as plain text. */
const MAX_SEGMENTS = 400;

const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
/** Matches a line that cannot continue a list, a quote or a table. */
const OPENING = /^(?![-*+>|]|\d{1,9}[.)])\S/;

/**
 * Splits text into segments at blank lines before words, where blocks end. A fenced block is never split. Text of one or two
 * screens is one segment.
 *
 * @param previous Segments of a prefix of the text. All but the last are kept.
 */
export function cutSegments(source: string, previous: readonly Segment[] = []): readonly Segment[] {
  const last = previous.at(-1);
  if (last !== undefined && last.start + last.source.length === source.length) return previous;
  const segments = previous.slice(0, -1);
  let start = last?.start ?? 0;
  let lines = 0;
  let wasBlank = false;
  let isRest = false;
  let fence: { mark: string; start: number; lines: number } | undefined;

  const cut = (at: number, count: number, isForced = false): void => {
    if (segments.length >= MAX_SEGMENTS && at < source.length) return;
    const text = source.slice(start, at);
    const isFence = FENCE.test(text.slice(0, text.indexOf('\n')));
    const isLong = !isFence && text.length > SOFT_SIZE * TABLE_FACTOR;
    segments.push({
      source: text,
      start,
      lines: count,
      isPlain: isLong || segments.length >= MAX_SEGMENTS || (isRest && text.startsWith('|')),
    });
    start = at;
    lines -= count;
    isRest = isForced;
  };
  /** A long fence starts a segment: its first line makes it code, regardless of the text before. */
  const cutBeforeFence = (at: number): void => {
    if (fence !== undefined && fence.start > start && at - fence.start > SOFT_SIZE)
      cut(fence.start, fence.lines);
  };
  const readLine = (at: number, end: number): void => {
    const line = source.slice(at, Math.min(end, at + 400));
    const mark = FENCE.exec(line)?.[1];
    const wraps = Math.max(1, Math.ceil((end - at) / WRAP));
    if (fence !== undefined) {
      lines += wraps;
      if (mark?.startsWith(fence.mark) === true && line.trim() === mark) {
        cutBeforeFence(end);
        fence = undefined;
        wasBlank = true;
      }
      return;
    }
    const factor = Math.max((at - start) / SOFT_SIZE, lines / SOFT_LINES);
    const isOpening = wasBlank && OPENING.test(line);
    if (factor >= 1 && isOpening) cut(at, lines);
    else if (factor >= (line.startsWith('|') ? TABLE_FACTOR : HARD_FACTOR)) cut(at, lines, true);
    if (mark !== undefined) {
      fence = { mark, start: at, lines };
      lines += FENCE_LINES;
    }
    wasBlank = line.trim() === '' && end - at <= 400;
    // Each level of nesting adds an element.
    lines +=
      wraps +
      Math.floor(Math.max(0, line.search(/[^\s>]/)) / 8) +
      (line.split('![').length - 1) * IMAGE_LINES;
  };

  for (let at = start; at < source.length;) {
    const newline = source.indexOf('\n', at);
    const end = newline === -1 ? source.length : newline;
    readLine(at, end);
    at = end + 1;
  }
  cutBeforeFence(source.length);
  if (source.length > start) cut(source.length, lines);
  return segments;
}
