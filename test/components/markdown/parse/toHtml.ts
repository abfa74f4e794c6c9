import { decodeAnyName } from '../../../../src/components/markdown/parse/decodeName.lazy.js';
import { decodeText } from '../../../../src/components/markdown/parse/decodeText.js';
import { parseBlocks } from '../../../../src/components/markdown/parse/parseBlocks.js';
import { parseInline } from '../../../../src/components/markdown/parse/parseInline.js';
import type {
  Block,
  Inline,
  LinkDefinitions,
  ListItem,
  Target,
} from '../../../../src/components/markdown/parse/tokens.js';

/** Converts markdown to HTML as in the specifications of CommonMark and GitHub. */
export function toHtml(text: string, isStreaming = false): string {
  const blocks = parseBlocks(text, isStreaming).map(({ block }) => block);
  return blocksToHtml(blocks, collectLinks(blocks), false);
}

function collectLinks(blocks: readonly Block[]): LinkDefinitions {
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

function blocksToHtml(blocks: readonly Block[], links: LinkDefinitions, isTight: boolean): string {
  return blocks.map((block) => blockToHtml(block, links, isTight)).join('');
}

function blockToHtml(block: Block, links: LinkDefinitions, isTight: boolean): string {
  const inline = (source: string, isUnfinished = false): string =>
    inlinesToHtml(parseInline(source, { links, isUnfinished, decodeName: decodeAnyName }));
  switch (block.type) {
    case 'paragraph':
      return isTight
        ? inline(block.text, block.isUnfinished)
        : `<p>${inline(block.text, block.isUnfinished)}</p>\n`;
    case 'heading':
      return `<h${block.level}>${inline(block.text, block.isUnfinished)}</h${block.level}>\n`;
    case 'code':
      return codeToHtml(block);
    case 'quote':
      return `<blockquote>\n${blocksToHtml(block.blocks, links, false)}</blockquote>\n`;
    case 'list':
      return listToHtml(block, links);
    case 'table':
      return tableToHtml(block, inline);
    case 'thematicBreak':
      return '<hr />\n';
    case 'plain':
      // The page renders raw HTML as text, but the specification contains it as written.
      return `${block.text}\n`;
    case 'definitions':
      return '';
  }
}

function codeToHtml({ info, text }: Block & { type: 'code' }): string {
  const language = decodeText(info, decodeAnyName).split(/\s/)[0] ?? '';
  const attribute = language === '' ? '' : ` class="language-${escapeHtml(language)}"`;
  return `<pre><code${attribute}>${escapeHtml(text === '' ? '' : `${text}\n`)}</code></pre>\n`;
}

function listToHtml(
  { items, start, isLoose }: Block & { type: 'list' },
  links: LinkDefinitions,
): string {
  const tag = start === undefined ? 'ul' : 'ol';
  const attribute = start === undefined || start === 1 ? '' : ` start="${start}"`;
  const body = items.map((item) => itemToHtml(item, links, !isLoose)).join('');
  return `<${tag}${attribute}>\n${body}</${tag}>\n`;
}

function tableToHtml(
  { columns, rows, unfinishedColumn }: Block & { type: 'table' },
  inline: (source: string, isUnfinished?: boolean) => string,
): string {
  const toRow = (cells: readonly string[], tag: string, isLast: boolean): string => {
    const html = cells.map((cell, index) => {
      const align = columns[index];
      const attribute = align === undefined ? '' : ` align="${align}"`;
      return `<${tag}${attribute}>${inline(cell, isLast && index === unfinishedColumn)}</${tag}>\n`;
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

function itemToHtml(
  { blocks, isChecked }: ListItem,
  links: LinkDefinitions,
  isTight: boolean,
): string {
  const rendered = blocks.filter(({ type }) => type !== 'definitions');
  const html = rendered.map(
    (block, index) =>
      getSeparator(rendered[index - 1], block, isTight) + blockToHtml(block, links, isTight),
  );
  return `<li>${checkboxToHtml(isChecked)}${html.join('')}</li>\n`;
}

function checkboxToHtml(isChecked: boolean | undefined): string {
  if (isChecked === undefined) return '';
  return `<input ${isChecked ? 'checked="" ' : ''}disabled="" type="checkbox"> `;
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
      return `<a href="${escapeAddress(inline.address)}"${getTitleAttribute(inline)}>${inlinesToHtml(inline.inlines)}</a>`;
    case 'image':
      return `<img src="${escapeAddress(inline.address)}" alt="${escapeHtml(inline.alt)}"${getTitleAttribute(inline)} />`;
  }
}

function getTitleAttribute({ title }: Target): string {
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
