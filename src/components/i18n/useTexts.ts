import { english } from './english.js';
import type { ComponentTexts } from './texts.js';
import { useCompleted, type Language } from './TextsContext.js';

const catalogues = new WeakMap<Language['texts'], ComponentTexts>();

/** The texts of the tree. Parts that stand in every conversation use `useConversationTexts`, or all others would come with them. */
export function useTexts(): ComponentTexts {
  return useCompleted(english, catalogues);
}
