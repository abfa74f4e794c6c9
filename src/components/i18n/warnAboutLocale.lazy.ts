import { warnOnce } from '../../common/warnOnce.js';

/** Warns developers about a locale other than English without texts. */
export function warnAboutLocale(locale: string): void {
  warnOnce(
    `texts for ${locale}`,
    `locale="${locale}" changes dates and numbers only, so that the page mixes two languages. Pass texts too, such as those of assistants-react/languages/german.`,
  );
}
