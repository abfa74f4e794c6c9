import type { TopBlock } from './parse/BlockTree.js';
import { parseBlocks } from './parse/parseBlocks.js';
import type { Block, Definitions, LinkDefinitions } from './parse/tokens.js';
import { replaceEqualDeep } from './replaceEqualDeep.js';

/** Parsed text. */
export interface ParsedText {
  source: string;
  isStreaming: boolean;
  blocks: readonly TopBlock[];
  /** All link definitions, in text order. */
  definitions: Definitions['links'];
  /** First definition of each label. */
  links: LinkDefinitions;
}

/**
 * Number of blocks at the end of a growing text that can change. The last block grows, and its last line may turn out to belong
 * to the block before: `1` after a list is a paragraph, `1.` is another item.
 */
const CHANGING_BLOCKS = 2;

/**
 * Parses text into blocks. If the text has grown since `previous`, parses only its end. Unchanged blocks keep their identity.
 *
 * @param isStreaming The text is still growing: what is open at its end is closed.
 */
export function parseIncrementally(
  source: string,
  isStreaming: boolean,
  previous?: ParsedText,
): ParsedText {
  if (previous?.source === source && previous.isStreaming === isStreaming) return previous;
  const hasGrown = previous !== undefined && source.startsWith(previous.source);
  const kept = hasGrown ? getSettledBlocks(previous) : [];
  const start = kept.length === 0 ? 0 : (previous?.blocks[kept.length]?.start ?? 0);
  const parsed = parseBlocks(source.slice(start), isStreaming).map((topBlock) => ({
    ...topBlock,
    start: start + topBlock.start,
  }));
  const blocks = replaceEqualDeep(previous?.blocks, [...kept, ...parsed]);
  const definitions = replaceEqualDeep(
    previous?.definitions,
    collectDefinitions(blocks.map(({ block }) => block)),
  );
  // All blocks depend on the links, so they keep their identity while no definition is added.
  const links =
    previous?.definitions === definitions ? previous.links : new Map(definitions.toReversed());
  return { source, isStreaming, blocks, definitions, links };
}

/** Returns the blocks that cannot change when the text grows. */
function getSettledBlocks({ source, blocks }: ParsedText): readonly TopBlock[] {
  // Without a blank line before it, a block may turn out to belong to the block before.
  const first = blocks.findLastIndex(
    ({ start }, index) =>
      index <= blocks.length - CHANGING_BLOCKS && source.startsWith('\n\n', start - 2),
  );
  // Several blocks have the same start if they come from one paragraph.
  return blocks.slice(0, Math.max(0, first)).filter(({ start }) => start !== blocks[first]?.start);
}

function collectDefinitions(
  blocks: readonly Block[],
  links: Definitions['links'] = [],
): Definitions['links'] {
  for (const block of blocks) {
    if (block.type === 'quote') collectDefinitions(block.blocks, links);
    else if (block.type === 'list')
      for (const item of block.items) collectDefinitions(item.blocks, links);
    else if (block.type === 'definitions') for (const link of block.links) links.push(link);
  }
  return links;
}
