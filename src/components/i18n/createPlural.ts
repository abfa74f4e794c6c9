/** Forms of a noun by plural category. A missing category falls back to `other`. */
export type PluralForms = { readonly [Category in Intl.LDMLPluralRule]?: string } & {
  readonly other: string;
};

/**
 * Returns a function that selects the singular or the plural of a noun, for languages with two forms.
 *
 * @param locale BCP 47 tag of the language.
 */
export function createPlural(
  locale: string,
): (count: number, one: string, other: string) => string {
  const select = createPluralSelector(locale);
  return (count, one, other) => select(count, { one, other });
}

/**
 * Returns a function that selects the form of a noun, for languages with any number of forms.
 *
 * @param locale BCP 47 tag of the language.
 */
export function createPluralSelector(
  locale: string,
): (count: number, forms: PluralForms) => string {
  let rules: Intl.PluralRules | undefined;
  return (count, forms) => {
    rules ??= new Intl.PluralRules(locale);
    return forms[rules.select(count)] ?? forms.other;
  };
}
