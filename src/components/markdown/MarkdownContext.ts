import { createContext } from 'react';
import type { PlacedMark } from './marks.js';
import type { LinkDefinitions } from './parse/tokens.js';

/** Values that all blocks of a text share. */
export interface MarkdownContextValue {
  links: LinkDefinitions;
  marks: readonly PlacedMark[];
}

/** Value outside of `Markdown`. */
export const emptyMarkdownContext: MarkdownContextValue = { links: new Map(), marks: [] };

/** Provides the link definitions and marks of a text. Its value changes only if one of them changes. */
export const MarkdownContext = createContext(emptyMarkdownContext);
