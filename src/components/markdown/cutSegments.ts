/** A stretch of text that is parsed and shown by itself, so that a long text costs no more at a time than a short one. */
export interface Segment {
  source: string;
  /** Where it begins in the whole, in UTF-16 units. */
  start: number;
  /** Its lines, long ones counted as often as they wrap; an estimate. */
  lines: number;
  /** It is beyond a limit, or the rest of something that was cut, and is shown as it stands. */
  isPlain: boolean;
}

/** From here on a segment ends where the text allows it. */
const SOFT_SIZE = 6_000;
const SOFT_LINES = 100;
/** How many times as much ends it at any line: of a table, whose rows make no sense alone, and of the rest. */
const TABLE_FACTOR = 4;
const HARD_FACTOR = 2;
const WRAP = 80;
/** A block of code has a header and a button: it weighs as much as some lines. */
const FENCE_LINES = 6;
/** So does an image that waits for consent. */
const IMAGE_LINES = 4;
/** Behind these, tens of thousands of lines down, text stays plain. */
const MAX_SEGMENTS = 400;

const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
/** A line that cannot belong to a list, a quote or a table above. */
const OPENING = /^(?![-*+>|]|\d{1,9}[.)])\S/;

/**
 * Cuts text into segments at blank lines before words, which is where blocks end; a fence is never cut. Text of one or two
 * screens is one segment.
 * @param previous Segments of a text that this one begins with; all but the last of them are kept.
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
  /** A long fence begins a segment: parsed from its first line it is code whatever stands before. */
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
    // What is nested stands in one element more for each level.
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
