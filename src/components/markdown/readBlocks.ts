import { parseBlocks } from './parse/parseBlocks.js';
import type { TopBlock } from './parse/BlockTree.js';
import type { Block, ReferenceLinks, Target } from './parse/tokens.js';
import { share } from './share.js';

/** Text cut into blocks. Blocks keep their identity from one reading to the next while they stay the same. */
export interface ReadText {
  source: string;
  isOpen: boolean;
  blocks: readonly TopBlock[];
  links: ReferenceLinks;
}

/**
 * How many blocks at the end stay open. The last one grows, and its last line, once whole, may turn out to belong to the
 * block before: `1` after a list is a paragraph, `1.` is another item.
 */
const OPEN_BLOCKS = 2;

const NO_LINKS: ReferenceLinks = new Map();

/**
 * Cuts text into blocks; of text that has grown since `previous` only the open end is parsed again.
 * @param isOpen It will grow: what is half-open at its end is shown as if it were closed.
 */
export function readBlocks(source: string, isOpen: boolean, previous?: ReadText): ReadText {
  if (previous?.source === source && previous.isOpen === isOpen) return previous;
  const kept = previous !== undefined && source.startsWith(previous.source) ? settledBlocks(previous) : [];
  const start = kept.length === 0 ? 0 : (previous?.blocks[kept.length]?.start ?? 0);
  const parsed = parseBlocks(source.slice(start), isOpen).map(({ block, start: at }) => ({ block, start: start + at }));
  const blocks = share(previous?.blocks, [...kept, ...parsed]);
  return { source, isOpen, blocks, links: shareLinks(blocks, previous?.links ?? NO_LINKS) };
}

/** Blocks that no further text can change. */
function settledBlocks({ source, blocks }: ReadText): readonly TopBlock[] {
  // What follows a block without a blank line between may turn out to be a part of it.
  const first = blocks.findLastIndex(({ start }, index) => index <= blocks.length - OPEN_BLOCKS && source.startsWith('\n\n', start - 2));
  // Of one paragraph may come several blocks.
  return blocks.slice(0, Math.max(0, first)).filter(({ start }) => start !== blocks[first]?.start);
}

/** All definitions, the first of a label winning; the previous map if nothing has changed, since every block depends on it. */
function shareLinks(blocks: readonly TopBlock[], previous: ReferenceLinks): ReferenceLinks {
  const links = new Map<string, Target>();
  for (const { block } of blocks) addLinks([block], links);
  const isSame = links.size === previous.size && [...links].every(([label, { address, title }]) => {
    const before = previous.get(label);
    return before?.address === address && before.title === title;
  });
  return isSame ? previous : links;
}

function addLinks(blocks: readonly Block[], links: Map<string, Target>): void {
  for (const block of blocks) {
    if (block.type === 'quote') addLinks(block.blocks, links);
    else if (block.type === 'list') for (const item of block.items) addLinks(item.blocks, links);
    else if (block.type === 'definitions') for (const [label, target] of block.links) if (!links.has(label)) links.set(label, target);
  }
}
