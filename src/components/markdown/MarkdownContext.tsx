import { createContext } from 'react';
import type { PlacedMark } from './marks.js';
import type { ReferenceLinks } from './parse/tokens.js';

/** What every block of one text shares. Changes only when a link definition or a mark does. */
export const MarkdownContext = createContext<{ links: ReferenceLinks; marks: readonly PlacedMark[] }>({ links: new Map(), marks: [] });
