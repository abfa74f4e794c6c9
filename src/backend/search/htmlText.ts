import { Parser } from 'htmlparser2';
import { createYielder } from '../../common/yieldToEventLoop.js';

const SILENT = new Set(['script', 'style', 'template', 'noscript', 'svg', 'head']);
const INLINE = new Set(
  'a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark q s samp small span strong sub sup time u var wbr'.split(
    ' ',
  ),
);

/** How much is parsed before others may get their turn. */
const SLICE = 65_536;

/** What a reader sees of an HTML page: its title, then its text, block by block, without markup. */
export async function htmlText(html: string): Promise<string> {
  const lines: string[] = [];
  let line = '';
  let title = '';
  /** The open elements whose text nobody sees. */
  const silent: string[] = [];
  let inTitle = false;
  const endLine = () => {
    const text = line.replace(/\s+/g, ' ').trim();
    if (text !== '') lines.push(text);
    line = '';
  };
  const parser = new Parser({
    onopentag(name) {
      if (name === 'title' && silent.at(-1) === 'head') inTitle = true;
      else if (SILENT.has(name)) silent.push(name);
      // Cells of a row stay on its line.
      else if (name === 'td' || name === 'th') line += ' ';
      else if (!INLINE.has(name)) endLine();
    },
    ontext(text) {
      if (inTitle) title += text;
      else if (silent.length === 0) line += text;
    },
    onclosetag(name) {
      if (inTitle && name === 'title') inTitle = false;
      else if (silent.at(-1) === name) silent.pop();
      else if (name === 'td' || name === 'th') line += ' ';
      else if (!INLINE.has(name)) endLine();
    },
  });
  const pause = createYielder();
  for (let start = 0; start < html.length; start += SLICE) {
    parser.write(html.slice(start, start + SLICE));
    await pause();
  }
  parser.end();
  endLine();
  const heading = title.replace(/\s+/g, ' ').trim();
  return (heading === '' ? lines : [heading, ...lines]).join('\n');
}
