import { parseBlocks } from './parse/parseBlocks.js';
import type { TopBlock } from './parse/BlockTree.js';
import type { Block, Definitions, ReferenceLinks } from './parse/tokens.js';
import { reuseIfEqual } from './reuseIfEqual.js';

/** Text cut into blocks. Blocks keep their identity from one reading to the next while they stay the same. */
export interface ReadText {
  source: string;
  isOpen: boolean;
  blocks: readonly TopBlock[];
  /** All that is defined, in order. */
  definitions: Definitions['links'];
  /** The first of each label. */
  links: ReferenceLinks;
}

/**
 * How many blocks at the end stay open. The last one grows, and its last line, once whole, may turn out to belong to the
 * block before: `1` after a list is a paragraph, `1.` is another item.
 */
const OPEN_BLOCKS = 2;

/**
 * Cuts text into blocks; of text that has grown since `previous` only the open end is parsed again.
 * @param isOpen It will grow: what is half-open at its end is shown as if it were closed.
 */
export function readBlocks(source: string, isOpen: boolean, previous?: ReadText): ReadText {
  if (previous?.source === source && previous.isOpen === isOpen) return previous;
  const kept =
    previous !== undefined && source.startsWith(previous.source) ? settledBlocks(previous) : [];
  const start = kept.length === 0 ? 0 : (previous?.blocks[kept.length]?.start ?? 0);
  const parsed = parseBlocks(source.slice(start), isOpen).map(({ block, start: at }) => ({
    block,
    start: start + at,
  }));
  const blocks = reuseIfEqual(previous?.blocks, [...kept, ...parsed]);
  // Every block depends on the links: as long as none is added they stay the same.
  const definitions = reuseIfEqual(
    previous?.definitions,
    definitionsIn(blocks.map(({ block }) => block)),
  );
  const links =
    previous?.definitions === definitions ? previous.links : new Map(definitions.toReversed());
  return { source, isOpen, blocks, definitions, links };
}

/** Blocks that no further text can change. */
function settledBlocks({ source, blocks }: ReadText): readonly TopBlock[] {
  // What follows a block without a blank line between may turn out to be a part of it.
  const first = blocks.findLastIndex(
    ({ start }, index) =>
      index <= blocks.length - OPEN_BLOCKS && source.startsWith('\n\n', start - 2),
  );
  // Of one paragraph may come several blocks.
  return blocks.slice(0, Math.max(0, first)).filter(({ start }) => start !== blocks[first]?.start);
}

function definitionsIn(
  blocks: readonly Block[],
  found: Definitions['links'] = [],
): Definitions['links'] {
  for (const block of blocks) {
    if (block.type === 'quote') definitionsIn(block.blocks, found);
    else if (block.type === 'list')
      for (const item of block.items) definitionsIn(item.blocks, found);
    else if (block.type === 'definitions') for (const link of block.links) found.push(link);
  }
  return found;
}
