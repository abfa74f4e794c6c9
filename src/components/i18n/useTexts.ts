import type { ComponentTexts } from './ComponentTexts.js';
import { english } from './english.js';
import { useCatalogue, type CatalogueCache } from './useCatalogue.js';

type English = typeof english;

/** Texts of the first load: the groups and keys of `english.ts`. */
export type FirstLoadTexts = {
  readonly [Group in keyof English]: {
    readonly [Name in keyof English[Group] & keyof ComponentTexts[Group]]: Selected<
      ComponentTexts[Group][Name],
      keyof English[Group][Name]
    >;
  };
};

/** The texts of a group inside a group that have these names. Other texts are unchanged. */
type Selected<Text, Names> =
  Text extends Readonly<Record<string, string>> ? Pick<Text, keyof Text & Names> : Text;

const cache: CatalogueCache<FirstLoadTexts> = new WeakMap();

/**
 * Returns the texts of the first load in the language of the nearest `ComponentsProvider`. Parts that are loaded lazily call
 * `useCompleteTexts`, which loads all English texts.
 */
export function useTexts(): FirstLoadTexts {
  return useCatalogue<FirstLoadTexts>(english, cache);
}
