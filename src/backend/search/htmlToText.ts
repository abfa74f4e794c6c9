import { Tokenizer } from 'htmlparser2';
import type { TextWriter } from './createTextWriter.js';

/** Elements whose text is not visible. */
const HIDDEN = new Set(['script', 'style', 'template', 'noscript', 'svg', 'head']);
const INLINE = new Set(
  'a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark q s samp small span strong sub sup time u var wbr'.split(
    ' ',
  ),
);

/** HTML that is parsed between two pauses, in UTF-16 units. */
const SLICE_LENGTH = 65_536;

/**
 * Writes the visible text of an HTML page without markup: its title, then one line per block. Uses the tokenizer without a
 * parser, because a stack of open elements takes quadratic time for deeply nested pages.
 */
export async function htmlToText(html: string, writer: TextWriter): Promise<void> {
  const collector = createTextCollector(html);
  const tokenizer = new Tokenizer({}, collector.callbacks);
  for (let start = 0; start < html.length; start += SLICE_LENGTH) {
    tokenizer.write(html.slice(start, start + SLICE_LENGTH));
    if (!(await writer.write(collector.takeText()))) return;
  }
  tokenizer.end();
  await writer.write(collector.takeText());
}

type Callbacks = ConstructorParameters<typeof Tokenizer>[1];

function createTextCollector(html: string) {
  let text = '';
  /** True at the start of a line too, so that no line starts with a space. */
  let endsWithSpace = true;
  let isLineEmpty = true;
  /** Outermost hidden element. Elements of the same name inside of it are counted. */
  let hidden: { name: string; depth: number } | undefined;
  let inTitle = false;
  let openedName = '';

  function addText(added: string): void {
    if (hidden !== undefined && !inTitle) return;
    const collapsed = added.replace(/\s+/g, ' ');
    const shown = endsWithSpace && collapsed.startsWith(' ') ? collapsed.slice(1) : collapsed;
    if (shown === '') return;
    text += shown;
    endsWithSpace = shown.endsWith(' ');
    isLineEmpty = false;
  }

  function endLine(): void {
    if (isLineEmpty) return;
    text += '\n';
    endsWithSpace = true;
    isLineEmpty = true;
  }

  function separate(name: string): void {
    if (hidden !== undefined) return;
    // Cells of a row stay on one line.
    if (name === 'td' || name === 'th') addText(' ');
    else if (!INLINE.has(name)) endLine();
  }

  function open(name: string): void {
    // The end tag of a head may be missing.
    if (name === 'body' && hidden?.name === 'head') hidden = undefined;
    if (hidden?.name === name) hidden.depth += 1;
    else if (hidden?.name === 'head' && name === 'title') inTitle = true;
    else if (hidden === undefined && HIDDEN.has(name)) hidden = { name, depth: 1 };
    else separate(name);
  }

  function close(name: string): void {
    if (inTitle && name === 'title') {
      inTitle = false;
      endLine();
    } else if (hidden?.name === name) {
      hidden.depth -= 1;
      if (hidden.depth === 0) hidden = undefined;
    } else {
      separate(name);
    }
  }

  const callbacks: Callbacks = {
    ontext: (start, end) => addText(html.slice(start, end)),
    ontextentity: (codepoint) => addText(String.fromCodePoint(codepoint)),
    onopentagname(start, end) {
      openedName = html.slice(start, end).toLowerCase();
      open(openedName);
    },
    onclosetag: (start, end) => close(html.slice(start, end).toLowerCase()),
    onselfclosingtag() {
      // HTML ignores the slash, except in SVG.
      if (openedName === 'svg') close('svg');
    },
    onopentagend: ignore,
    onattribname: ignore,
    onattribdata: ignore,
    onattribentity: ignore,
    onattribend: ignore,
    oncdata: ignore,
    oncomment: ignore,
    ondeclaration: ignore,
    onprocessinginstruction: ignore,
    onend: ignore,
  };

  return {
    callbacks,
    /** Returns the text since the last call. */
    takeText(): string {
      const taken = text;
      text = '';
      return taken;
    },
  };
}

function ignore(): void {}
