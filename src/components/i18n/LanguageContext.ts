import { createContext } from 'react';
import type { PartialComponentTexts } from './ComponentTexts.js';

/** Language of a tree of components. */
export interface Language {
  /** Catalogues of the providers, outermost first. Later catalogues override earlier ones, text by text. */
  texts: readonly PartialComponentTexts[];
  /** BCP 47 tag. Undefined means the language of the browser. */
  locale: string | undefined;
}

/**
 * Context with the language. It holds the catalogues of the providers and no English texts, so that an app that only uses
 * hooks does not load them.
 */
export const LanguageContext = createContext<Language>({ texts: [], locale: undefined });
