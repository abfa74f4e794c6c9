import { createContext } from 'react';
import type { ReferenceLinks } from './lexBlocks.js';
import type { PlacedMark } from './marks.js';

/** What every block of one text shares. Changes only when a link definition or a mark does. */
export const MarkdownContext = createContext<{ links: ReferenceLinks; marks: readonly PlacedMark[] }>({ links: new Map(), marks: [] });
