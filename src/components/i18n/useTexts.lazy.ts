import type { ComponentTexts } from './ComponentTexts.js';
import { completeEnglish } from './english.lazy.js';
import { useCatalogue, type CatalogueCache } from './useCatalogue.js';

const cache: CatalogueCache<ComponentTexts> = new WeakMap();

/**
 * Returns all texts in the language of the nearest `AssistantsProvider` or `ComponentsProvider`. Missing translations are
 * English.
 */
export function useCompleteTexts(): ComponentTexts {
  return useCatalogue(completeEnglish, cache);
}
