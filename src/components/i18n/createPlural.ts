/** The forms of a word by the plural categories of a language; a category that is left out takes `other`. */
export type PluralForms = { readonly [Category in Intl.LDMLPluralRule]?: string } & {
  readonly other: string;
};

/**
 * Chooses the form of a word that goes with a count.
 * @param locale BCP 47; the language whose rules count
 */
export function createPlural(locale: string): (count: number, forms: PluralForms) => string {
  let rules: Intl.PluralRules | undefined;
  return (count, forms) => {
    rules ??= new Intl.PluralRules(locale);
    return forms[rules.select(count)] ?? forms.other;
  };
}
