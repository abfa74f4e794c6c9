import { parseBlocks } from '../../../../src/components/markdown/parse/parseBlocks.js';
import { parseInline } from '../../../../src/components/markdown/parse/parseInline.js';
import type {
  Block,
  Inline,
  Item,
  ReferenceLinks,
  Target,
} from '../../../../src/components/markdown/parse/tokens.js';

/** Converts a text to HTML as in the specifications of CommonMark and GitHub. */
export function toHtml(text: string, isOpen = false): string {
  const blocks = parseBlocks(text, isOpen).map(({ block }) => block);
  return blocksToHtml(blocks, collectLinks(blocks), false);
}

function collectLinks(blocks: readonly Block[]): ReferenceLinks {
  const links = new Map<string, Target>();
  const walk = (level: readonly Block[]): void => {
    for (const block of level) {
      if (block.type === 'definitions')
        for (const [label, target] of block.links) if (!links.has(label)) links.set(label, target);
      if (block.type === 'quote') walk(block.blocks);
      if (block.type === 'list') for (const item of block.items) walk(item.blocks);
    }
  };
  walk(blocks);
  return links;
}

function blocksToHtml(blocks: readonly Block[], links: ReferenceLinks, isTight: boolean): string {
  return blocks.map((block) => blockToHtml(block, links, isTight)).join('');
}

function blockToHtml(block: Block, links: ReferenceLinks, isTight: boolean): string {
  const inline = (source: string, isOpen = false): string =>
    inlinesToHtml(parseInline(source, links, isOpen));
  switch (block.type) {
    case 'paragraph':
      return isTight
        ? inline(block.text, block.isOpen)
        : `<p>${inline(block.text, block.isOpen)}</p>\n`;
    case 'heading':
      return `<h${block.level}>${inline(block.text, block.isOpen)}</h${block.level}>\n`;
    case 'code':
      return codeToHtml(block);
    case 'quote':
      return `<blockquote>\n${blocksToHtml(block.blocks, links, false)}</blockquote>\n`;
    case 'list':
      return listToHtml(block, links);
    case 'table':
      return tableToHtml(block, inline);
    case 'rule':
      return '<hr />\n';
    case 'plain':
      // Our page shows it as text; the specification has it as it is.
      return `${block.text}\n`;
    case 'definitions':
      return '';
  }
}

function codeToHtml({ info, text }: Block & { type: 'code' }): string {
  const language = info.split(/\s/)[0] ?? '';
  const attribute = language === '' ? '' : ` class="language-${escapeHtml(language)}"`;
  return `<pre><code${attribute}>${escapeHtml(text === '' ? '' : `${text}\n`)}</code></pre>\n`;
}

function listToHtml(
  { items, start, isLoose }: Block & { type: 'list' },
  links: ReferenceLinks,
): string {
  const tag = start === undefined ? 'ul' : 'ol';
  const attribute = start === undefined || start === 1 ? '' : ` start="${start}"`;
  const body = items.map((item) => itemToHtml(item, links, !isLoose)).join('');
  return `<${tag}${attribute}>\n${body}</${tag}>\n`;
}

function tableToHtml(
  { columns, rows, openColumn }: Block & { type: 'table' },
  inline: (source: string, isOpen?: boolean) => string,
): string {
  const toRow = (cells: readonly string[], tag: string, isLast: boolean): string => {
    const html = cells.map((cell, index) => {
      const align = columns[index];
      const attribute = align === undefined ? '' : ` align="${align}"`;
      return `<${tag}${attribute}>${inline(cell, isLast && index === openColumn)}</${tag}>\n`;
    });
    return `<tr>\n${html.join('')}</tr>\n`;
  };
  const [header = [], ...others] = rows;
  const body = others
    .map((cells, index) => toRow(cells, 'td', index === others.length - 1))
    .join('');
  const head = `<thead>\n${toRow(header, 'th', others.length === 0)}</thead>\n`;
  return `<table>\n${head}${body === '' ? '' : `<tbody>\n${body}</tbody>\n`}</table>\n`;
}

function itemToHtml({ blocks, isDone }: Item, links: ReferenceLinks, isTight: boolean): string {
  const shown = blocks.filter(({ type }) => type !== 'definitions');
  const html = shown.map(
    (block, index) =>
      getSeparator(shown[index - 1], block, isTight) + blockToHtml(block, links, isTight),
  );
  return `<li>${checkboxToHtml(isDone)}${html.join('')}</li>\n`;
}

function checkboxToHtml(isDone: boolean | undefined): string {
  if (isDone === undefined) return '';
  return `<input ${isDone ? 'checked="" ' : ''}disabled="" type="checkbox"> `;
}

/** Returns the line break before a block of an item, as in the specification. */
function getSeparator(before: Block | undefined, block: Block, isTight: boolean): string {
  if (isTight && block.type === 'paragraph') return before?.type === 'paragraph' ? '\n' : '';
  return before === undefined || (isTight && before.type === 'paragraph') ? '\n' : '';
}

export function inlinesToHtml(inlines: readonly Inline[]): string {
  return inlines.map(inlineToHtml).join('');
}

function inlineToHtml(inline: Inline): string {
  switch (inline.type) {
    case 'text':
      return escapeHtml(inline.text);
    case 'code':
      return `<code>${escapeHtml(inline.text)}</code>`;
    case 'em':
    case 'strong':
    case 'del':
      return `<${inline.type}>${inlinesToHtml(inline.inlines)}</${inline.type}>`;
    case 'break':
      return '<br />\n';
    case 'link':
      return `<a href="${escapeAddress(inline.address)}"${titleOf(inline)}>${inlinesToHtml(inline.inlines)}</a>`;
    case 'image':
      return `<img src="${escapeAddress(inline.address)}" alt="${escapeHtml(inline.alt)}"${titleOf(inline)} />`;
  }
}

function titleOf({ title }: Target): string {
  return title === undefined ? '' : ` title="${escapeHtml(title)}"`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function escapeAddress(address: string): string {
  return escapeHtml(encodeURI(address).replace(/%25([0-9a-f]{2})/gi, '%$1'));
}
