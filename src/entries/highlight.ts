export type { Grammars } from '../highlight/grammars.js';
export {
  HighlightedCodeBlock,
  type HighlightedCodeBlockProps,
} from '../highlight/HighlightedCodeBlock.js';
