import { useContext } from 'react';
import type { IncompleteTexts, PartialComponentTexts } from './ComponentTexts.js';
import { LanguageContext, type Language } from './LanguageContext.js';

/** Translated catalogues by the `texts` of the language. */
export type CatalogueCache<Catalogue> = WeakMap<Language['texts'], Catalogue>;

/** Returns an English catalogue in the language of the nearest `ComponentsProvider`. See `translateCatalogue`. */
export function useCatalogue<Catalogue extends IncompleteTexts>(
  english: Catalogue,
  cache: CatalogueCache<Catalogue>,
): Catalogue {
  return translateCatalogue(useContext(LanguageContext).texts, english, cache);
}

/**
 * Translates an English catalogue: returns it with the texts of a language in place of its own. Texts that the language does not
 * have stay English.
 *
 * @param cache Cache of the results. Each catalogue needs its own.
 */
export function translateCatalogue<Catalogue extends IncompleteTexts>(
  texts: Language['texts'],
  english: Catalogue,
  cache: CatalogueCache<Catalogue>,
): Catalogue {
  const cached = cache.get(texts);
  if (cached !== undefined) return cached;
  const catalogue = texts.reduce<Catalogue>(overrideTexts, english);
  cache.set(texts, catalogue);
  return catalogue;
}

function overrideTexts<Catalogue extends IncompleteTexts>(
  catalogue: Catalogue,
  overrides: PartialComponentTexts,
): Catalogue {
  const merged: Catalogue = { ...catalogue };
  for (const [group, texts] of Object.entries(overrides))
    Object.assign(merged, { [group]: { ...Reflect.get(catalogue, group), ...texts } });
  return merged;
}
