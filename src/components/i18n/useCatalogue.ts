import { useContext } from 'react';
import type { PartialComponentTexts } from './ComponentTexts.js';
import { LanguageContext, type Language } from './LanguageContext.js';

/** Translated catalogues by the `texts` of the language. */
export type CatalogueCache<Catalogue> = WeakMap<Language['texts'], Catalogue>;

/**
 * Translates an English catalogue: returns it with the texts of the providers in place of its own. Texts that the providers
 * do not have stay English.
 *
 * @param cache Cache of the results. Each catalogue needs its own.
 */
export function useCatalogue<Catalogue extends PartialComponentTexts>(
  english: Catalogue,
  cache: CatalogueCache<Catalogue>,
): Catalogue {
  const { texts } = useContext(LanguageContext);
  const cached = cache.get(texts);
  if (cached !== undefined) return cached;
  const catalogue = texts.reduce<Catalogue>(overrideTexts, english);
  cache.set(texts, catalogue);
  return catalogue;
}

function overrideTexts<Catalogue extends PartialComponentTexts>(
  catalogue: Catalogue,
  overrides: PartialComponentTexts,
): Catalogue {
  const merged: Catalogue = { ...catalogue };
  for (const [group, texts] of Object.entries(overrides))
    Object.assign(merged, { [group]: { ...Reflect.get(catalogue, group), ...texts } });
  return merged;
}
