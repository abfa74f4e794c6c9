import { createContext } from 'react';
import type { PlacedMark } from './marks.js';
import type { ReferenceLinks } from './parse/tokens.js';

/** What every block of one text shares. */
export interface MarkdownShared {
  links: ReferenceLinks;
  marks: readonly PlacedMark[];
}

/** What blocks share of which nothing is known. */
export const NOTHING_SHARED: MarkdownShared = { links: new Map(), marks: [] };

/** What every block of the text around shares. Changes only when a link definition or a mark does. */
export const MarkdownContext = createContext(NOTHING_SHARED);
