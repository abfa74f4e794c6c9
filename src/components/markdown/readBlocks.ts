import { parseBlocks } from './parse/parseBlocks.js';
import type { TopBlock } from './parse/BlockTree.js';
import type { Block, Definitions, ReferenceLinks } from './parse/tokens.js';
import { reuseIfEqual } from './reuseIfEqual.js';

/** Parsed text. Unchanged blocks keep their identity when the text grows. */
export interface ReadText {
  source: string;
  isOpen: boolean;
  blocks: readonly TopBlock[];
  /** All link definitions, in text order. */
  definitions: Definitions['links'];
  /** The first definition of each label. */
  links: ReferenceLinks;
}

/**
 * The number of blocks at the end that stay open. The last block grows, and its last line may turn out to belong to the block
 * before: `1` after a list is a paragraph, `1.` is another item.
 */
const OPEN_BLOCKS = 2;

/**
 * Parses text into blocks. If the text has grown since `previous`, only its open end is parsed.
 *
 * @param isOpen The text is still growing: unclosed marks at its end are closed.
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
  // All blocks depend on the links, so the object changes only when a definition is added.
  const definitions = reuseIfEqual(
    previous?.definitions,
    definitionsIn(blocks.map(({ block }) => block)),
  );
  const links =
    previous?.definitions === definitions ? previous.links : new Map(definitions.toReversed());
  return { source, isOpen, blocks, definitions, links };
}

/** Returns the blocks that more text cannot change. */
function settledBlocks({ source, blocks }: ReadText): readonly TopBlock[] {
  // A line after a block, without a blank line between, may turn out to be part of it.
  const first = blocks.findLastIndex(
    ({ start }, index) =>
      index <= blocks.length - OPEN_BLOCKS && source.startsWith('\n\n', start - 2),
  );
  // A paragraph may yield several blocks.
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
