import { createContext } from 'react';
import type { PlacedMark } from './marks.js';
import type { ReferenceLinks } from './parse/tokens.js';

/** State that all blocks of a text share. */
export interface MarkdownShared {
  links: ReferenceLinks;
  marks: readonly PlacedMark[];
}

/** The shared state of blocks outside of `Markdown`. */
export const NOTHING_SHARED: MarkdownShared = { links: new Map(), marks: [] };

/** Provides the shared state of the surrounding text. Changes only when a link definition or a mark changes. */
export const MarkdownContext = createContext(NOTHING_SHARED);
