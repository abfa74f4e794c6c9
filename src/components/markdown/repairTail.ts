/**
 * Makes the last block of a growing text look as it will once its marks are complete: half-open emphasis, code and links are
 * closed, marks that may become anything (`-`, `#`, a lone `|`) wait until they are decided, and the first line of a table
 * already is one. Only for showing; the text itself stays as it is.
 */
export function repairTail(source: string): string {
  if (endsInFence(source)) return source.replace(/\n[ \t>]*(?:`{1,2}|~{1,2})$/, '');
  const decided = dropUndecidedLine(source);
  const table = completeTable(decided);
  if (table !== undefined) return table;
  const start = lastParagraphStart(decided);
  return decided.slice(0, start) + closeMarks(decided.slice(start));
}

const CONTAINER = /^[ \t]*(?:>[ \t]?|[-*+][ \t]+|\d{1,9}[.)][ \t]+)*/;
const FENCE = /^(`{3,}|~{3,})/;
const UNDECIDED = /^(?:[-*+_=~`>]|--|\*\*|__|~~|``|#{1,6}|\d{1,3}[.)]?|\|[\s|:-]*|\[[ xX]?\]?)[ \t]*$/;
const BRACKET_REACH = 300;
const MAX_OPEN = 32;

function endsInFence(source: string): boolean {
  let fence: string | undefined;
  for (const line of source.split('\n')) {
    const mark = FENCE.exec(line.replace(CONTAINER, ''))?.[1];
    if (mark === undefined) continue;
    if (fence === undefined) fence = mark;
    else if (mark.startsWith(fence)) fence = undefined;
  }
  return fence !== undefined;
}

function dropUndecidedLine(source: string): string {
  const start = source.lastIndexOf('\n') + 1;
  const line = source.slice(start);
  const container = CONTAINER.exec(line)?.[0] ?? '';
  // The second line of a table is decided below.
  if (line.startsWith('|') && start > 0) return source;
  return UNDECIDED.test(line.slice(container.length)) ? source.slice(0, start + container.trimEnd().length) : source;
}

/** A table of which only the header, or the header and a part of the rule below it, has arrived. */
function completeTable(source: string): string | undefined {
  if (!source.startsWith('|')) return undefined;
  const [header = '', rule = '', ...rows] = source.split('\n');
  if (rows.length > 0 || !/^[\s|:-]*$/.test(rule)) return undefined;
  const cells = header.trim().replace(/^\|/, '').replace(/(?<!\\)\|$/, '').split(/(?<!\\)\|/).length;
  return `${header}\n|${'-|'.repeat(cells)}`;
}

/** Where the inline text begins that is still growing: after a blank line, the start of an item, of a heading or of a cell. */
function lastParagraphStart(source: string): number {
  const lines = source.split('\n');
  let start = source.length;
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const line = lines[index] ?? '';
    if (line.trim() === '') return Math.min(start, source.length);
    start -= line.length;
    const container = CONTAINER.exec(line)?.[0] ?? '';
    if (line.startsWith('|')) return start + line.replace(/\\\|/g, '..').lastIndexOf('|') + 1;
    if (container.trim() !== '' || line.startsWith('#')) return start + container.length;
    if (index > 0) start -= 1;
  }
  return 0;
}

function closeMarks(source: string): string {
  const open: string[] = [];
  const brackets: { at: number; isImage: boolean }[] = [];
  let text = source;
  let at = 0;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (character === '\\') {
      if (at + 1 === text.length) text = text.slice(0, at);
      at += 2;
    } else if (character === '`') {
      const run = runLength(text, at);
      const close = closingRun(text, at + run, run);
      if (close === -1) {
        const code = text.slice(at + run).replace(/`+$/, '');
        text = code.trim() === '' ? text.slice(0, at) : text.slice(0, at + run) + code + '`'.repeat(run);
        break;
      }
      at = close + run;
    } else if (character === '[') {
      brackets.push({ at, isImage: text[at - 1] === '!' });
      at += 1;
    } else if (character === ']') {
      const bracket = brackets.pop();
      const close = text[at + 1] === '(' ? text.indexOf(')', at + 2) : at;
      const isOpen = close === -1 || at + 1 === text.length;
      if (bracket !== undefined && isOpen) {
        text = unlink(text.slice(0, at), bracket);
        break;
      }
      at = isOpen ? at + 1 : close + 1;
    } else if (character === '*' || character === '_' || character === '~') {
      const run = runLength(text, at);
      const isCut = turnMark(text, at, run, open);
      if (isCut) text = text.slice(0, at);
      at += run;
      if (open.length > MAX_OPEN) return source;
    } else {
      at += 1;
    }
  }
  const bracket = brackets.at(-1);
  if (bracket !== undefined && text.length - bracket.at < BRACKET_REACH) text = unlink(text, bracket);
  const written = text.trimEnd();
  return written + open.reverse().join('') + text.slice(written.length);
}

/** Opens or closes emphasis at a run of marks. True if the run stands at the end and cannot be told yet. */
function turnMark(text: string, at: number, run: number, open: string[]): boolean {
  const mark = text[at] ?? '';
  const before = text[at - 1];
  const after = text[at + run];
  const mayClose = before !== undefined && !/\s/.test(before);
  const mayOpen = after !== undefined && !/\s/.test(after);
  if (mark === '_' && mayClose && mayOpen && /\w/.test(before) && /\w/.test(after)) return false;
  let left = run;
  if (mayClose) {
    while (left > 0) {
      const index = open.findLastIndex((opened) => opened.startsWith(mark));
      const opened = open[index];
      if (opened === undefined) break;
      if (opened.length > left) return after === undefined;
      left -= opened.length;
      open.length = index;
    }
  }
  if (left === 0) return false;
  if (after === undefined) return left === run;
  if (mayOpen && left <= 3 && !(mark === '~' && left > 2)) {
    if (left === 3) open.push(mark.repeat(2), mark);
    else open.push(mark.repeat(left));
  }
  return false;
}

function unlink(text: string, bracket: { at: number; isImage: boolean }): string {
  if (bracket.isImage) return text.slice(0, bracket.at - 1);
  return text.slice(0, bracket.at) + text.slice(bracket.at + 1);
}

function runLength(text: string, at: number): number {
  let length = 1;
  while (text[at + length] === text[at]) length += 1;
  return length;
}

function closingRun(text: string, from: number, length: number): number {
  for (let at = text.indexOf('`', from); at !== -1; at = text.indexOf('`', at)) {
    const run = runLength(text, at);
    if (run === length) return at;
    at += run;
  }
  return -1;
}
