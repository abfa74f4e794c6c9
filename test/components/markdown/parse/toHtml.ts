import { parseBlocks } from '../../../../src/components/markdown/parse/parseBlocks.js';
import { parseInline } from '../../../../src/components/markdown/parse/parseInline.js';
import type {
  Block,
  Inline,
  Item,
  ReferenceLinks,
  Target,
} from '../../../../src/components/markdown/parse/tokens.js';

/** What the parser makes of a text, as the HTML that CommonMark's and GitHub's specifications show. */
export function toHtml(text: string, isOpen = false): string {
  const blocks = parseBlocks(text, isOpen).map(({ block }) => block);
  return blocksToHtml(blocks, linksOf(blocks), false);
}

function linksOf(blocks: readonly Block[]): ReferenceLinks {
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
    case 'code': {
      const language = block.info.split(/\s/)[0] ?? '';
      return `<pre><code${language === '' ? '' : ` class="language-${escapeHtml(language)}"`}>${escapeHtml(block.text === '' ? '' : `${block.text}\n`)}</code></pre>\n`;
    }
    case 'quote':
      return `<blockquote>\n${blocksToHtml(block.blocks, links, false)}</blockquote>\n`;
    case 'list': {
      const tag = block.start === undefined ? 'ul' : 'ol';
      const start = block.start === undefined || block.start === 1 ? '' : ` start="${block.start}"`;
      return `<${tag}${start}>\n${block.items.map((item) => itemToHtml(item, links, !block.isLoose)).join('')}</${tag}>\n`;
    }
    case 'table': {
      const row = (cells: readonly string[], tag: string, isLast: boolean): string =>
        `<tr>\n${cells
          .map((cell, index) => {
            const align = block.columns[index];
            return `<${tag}${align === undefined ? '' : ` align="${align}"`}>${inline(cell, isLast && index === block.openColumn)}</${tag}>\n`;
          })
          .join('')}</tr>\n`;
      const [header = [], ...rows] = block.rows;
      const body = rows.map((cells, index) => row(cells, 'td', index === rows.length - 1)).join('');
      return `<table>\n<thead>\n${row(header, 'th', rows.length === 0)}</thead>\n${body === '' ? '' : `<tbody>\n${body}</tbody>\n`}</table>\n`;
    }
    case 'rule':
      return '<hr />\n';
    case 'plain':
      // Our page shows it as text; the specification has it as it is.
      return `${block.text}\n`;
    case 'definitions':
      return '';
  }
}

function itemToHtml({ blocks, isDone }: Item, links: ReferenceLinks, isTight: boolean): string {
  const box =
    isDone === undefined
      ? ''
      : `<input ${isDone ? 'checked="" ' : ''}disabled="" type="checkbox"> `;
  const shown = blocks.filter(({ type }) => type !== 'definitions');
  const html = shown.map((block, index) => {
    const before = shown[index - 1];
    const isLine = isTight && block.type === 'paragraph';
    return (
      (isLine
        ? before === undefined
          ? ''
          : before.type === 'paragraph'
            ? '\n'
            : ''
        : index === 0 || (isTight && before?.type === 'paragraph')
          ? '\n'
          : '') + blockToHtml(block, links, isTight)
    );
  });
  return `<li>${box}${html.join('')}</li>\n`;
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
