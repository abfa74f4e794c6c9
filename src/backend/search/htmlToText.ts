import { type Handler, Parser } from 'htmlparser2';
import { createYielder } from '../../common/yieldToEventLoop.js';

/** Elements whose text is not visible. */
const HIDDEN = new Set(['script', 'style', 'template', 'noscript', 'svg', 'head']);
const INLINE = new Set(
  'a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark q s samp small span strong sub sup time u var wbr'.split(
    ' ',
  ),
);

/** HTML that is parsed between two yields to the event loop, in UTF-16 units. */
const SLICE_LENGTH = 65_536;

/** Returns the visible text of an HTML page without markup: its title, then one line per block. */
export async function htmlToText(html: string): Promise<string> {
  const collector = createTextCollector();
  const parser = new Parser(collector.handler);
  const yieldIfDue = createYielder();
  for (let start = 0; start < html.length; start += SLICE_LENGTH) {
    parser.write(html.slice(start, start + SLICE_LENGTH));
    await yieldIfDue();
  }
  parser.end();
  return collector.getLines().join('\n');
}

function createTextCollector() {
  const lines: string[] = [];
  const hiddenElements: string[] = [];
  let line = '';
  let title = '';
  let inTitle = false;

  const endLine = () => {
    const text = collapseSpaces(line);
    if (text !== '') lines.push(text);
    line = '';
  };
  const separate = (name: string) => {
    // Cells of a row stay on one line.
    if (name === 'td' || name === 'th') line += ' ';
    else if (!INLINE.has(name)) endLine();
  };

  const handler: Partial<Handler> = {
    onopentag(name) {
      if (name === 'title' && hiddenElements.at(-1) === 'head') inTitle = true;
      else if (HIDDEN.has(name)) hiddenElements.push(name);
      else separate(name);
    },
    ontext(text) {
      if (inTitle) title += text;
      else if (hiddenElements.length === 0) line += text;
    },
    onclosetag(name) {
      if (inTitle && name === 'title') inTitle = false;
      else if (hiddenElements.at(-1) === name) hiddenElements.pop();
      else separate(name);
    },
  };

  return {
    handler,
    /** Returns the title and the lines. Call it once, at the end. */
    getLines(): string[] {
      endLine();
      const heading = collapseSpaces(title);
      return heading === '' ? lines : [heading, ...lines];
    },
  };
}

function collapseSpaces(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
