import { english } from './english.js';
import type { Texts } from './texts.js';
import { useCompleted, type Language } from './TextsContext.js';

const catalogues = new WeakMap<Language['texts'], Texts>();

/** The texts of the tree. Parts that stand in every conversation use `useConversationTexts`, or all others would come with them. */
export function useTexts(): Texts {
  return useCompleted(english, catalogues);
}
