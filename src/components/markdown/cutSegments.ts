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
 * screens is one segment. Segments of a text that has grown keep their identity but for the last.
 */
export function cutSegments(source: string, previous: readonly Segment[] = []): readonly Segment[] {
  const kept = previous.slice(0, -1);
  const last = previous.at(-1);
  if (last !== undefined && last.start + last.source.length === source.length && source.endsWith(last.source)) return previous;
  const cutter = createCutter(source, last?.start ?? 0, MAX_SEGMENTS - kept.length);
  let at = last?.start ?? 0;
  while (at < source.length) {
    const newline = source.indexOf('\n', at);
    const end = newline === -1 ? source.length : newline;
    cutter.read(at, end);
    at = end + 1;
  }
  return [...kept, ...cutter.end()];
}

function createCutter(source: string, from: number, room: number): { read: (start: number, end: number) => void; end: () => Segment[] } {
  const segments: Segment[] = [];
  let start = from;
  let lines = 0;
  let wasBlank = false;
  let isRest = false;
  let fence: { mark: string; start: number; lines: number } | undefined;

  const cut = (at: number, count: number, isForced: boolean): void => {
    if (segments.length >= room && at < source.length) return;
    const text = source.slice(start, at);
    const isFence = FENCE.test(text.slice(0, text.indexOf('\n')));
    const isLong = !isFence && text.length > SOFT_SIZE * TABLE_FACTOR;
    segments.push({ source: text, start, lines: count, isPlain: isLong || segments.length >= room || (isRest && text.startsWith('|')) });
    start = at;
    lines -= count;
    isRest = isForced;
  };
  /** A long fence begins a segment: parsed from its first line it is code whatever stands before. */
  const cutBeforeFence = (at: number): void => {
    if (fence !== undefined && fence.start > start && at - fence.start > SOFT_SIZE) cut(fence.start, fence.lines, false);
  };

  return {
    read(at, end) {
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
      if (factor >= 1 && isOpening) cut(at, lines, false);
      else if (factor >= (line.startsWith('|') ? TABLE_FACTOR : HARD_FACTOR)) cut(at, lines, true);
      if (mark !== undefined) {
        fence = { mark, start: at, lines };
        lines += FENCE_LINES;
      }
      wasBlank = line.trim() === '' && end - at <= 400;
      // What is nested stands in one element more for each level.
      lines += wraps + Math.floor(Math.max(0, line.search(/[^\s>]/)) / 8) + (line.split('![').length - 1) * IMAGE_LINES;
    },
    end() {
      cutBeforeFence(source.length);
      if (source.length > start) cut(source.length, lines, false);
      return segments;
    },
  };
}
