/** Line of a text, with the markers before its content. */
export interface TextLine {
  /** Start of the line in the text. */
  start: number;
  /** Start after indentation and the markers of quotes and list items. */
  contentStart: number;
  isInQuote: boolean;
  /** The line starts a list item. */
  isListItem: boolean;
  /** The line is a row of a table. */
  isTableRow: boolean;
}

const MARKERS = /([ \t>]*)((?:(?:[-*+•]|\d{1,9}[.)])[ \t]+)*)/y;

/** Returns a function that returns the line at a position. It reads each line once, so call it with increasing positions. */
export function createLineReader(text: string): (position: number) => TextLine {
  let line = readLine(text, 0);
  let end = text.indexOf('\n');
  return (position) => {
    if (end !== -1 && end < position) {
      const start = findLineStart(text, end + 1, position);
      line = readLine(text, start);
      end = text.indexOf('\n', start);
    }
    return line;
  };
}

/** @param start Start of a line before the position. */
function findLineStart(text: string, start: number, position: number): number {
  let lineStart = start;
  let end = text.indexOf('\n', lineStart);
  while (end !== -1 && end < position) {
    lineStart = end + 1;
    end = text.indexOf('\n', lineStart);
  }
  return lineStart;
}

function readLine(text: string, start: number): TextLine {
  MARKERS.lastIndex = start;
  const [markers = '', indentation = '', listMarkers = ''] = MARKERS.exec(text) ?? [];
  const contentStart = start + markers.length;
  return {
    start,
    contentStart,
    isInQuote: indentation.includes('>'),
    isListItem: listMarkers !== '',
    isTableRow: text[contentStart] === '|',
  };
}
