import type { Block } from './tokens.js';

/** Returns the text of blocks as written, without code, separated by line ends. Stops after a number of UTF-16 units. */
export function getBlocksText(blocks: readonly Block[], maxLength: number): string {
  let text = '';
  for (const block of blocks) {
    if (text.length >= maxLength) break;
    text += `${getText(block, maxLength)}\n`;
  }
  return text;
}

function getText(block: Block, maxLength: number): string {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
    case 'plain':
      return block.text;
    case 'quote':
      return getBlocksText(block.blocks, maxLength);
    case 'list':
      return getBlocksText(
        block.items.flatMap(({ blocks }) => blocks),
        maxLength,
      );
    case 'table':
      return block.rows.join('\n');
    default:
      return '';
  }
}
