import type { ComponentTexts } from './ComponentTexts.js';
import { english } from './english.js';
import { useCatalogue, type CatalogueCache } from './useCatalogue.js';

type English = typeof english;

/** Texts of the first load: the groups and keys of `english.ts`. */
export type FirstLoadTexts = {
  readonly [Group in keyof English]: Pick<
    ComponentTexts[Group],
    keyof English[Group] & keyof ComponentTexts[Group]
  >;
};

const cache: CatalogueCache<FirstLoadTexts> = new WeakMap();

/**
 * Returns the texts of the first load in the language of the nearest `ComponentsProvider`. Parts that are loaded lazily call
 * `useCompleteTexts`, which loads all English texts.
 */
export function useTexts(): FirstLoadTexts {
  return useCatalogue<FirstLoadTexts>(english, cache);
}
