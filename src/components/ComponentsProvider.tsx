import { useContext, useEffect, useMemo, type ReactElement, type ReactNode } from 'react';
import {
  ComponentsContext,
  useComponents,
  type ComponentOverrides,
  type ComponentsContextValue,
} from './ComponentsContext.js';
import type { PartialComponentTexts } from './i18n/ComponentTexts.js';
import { LanguageContext, type Language } from './i18n/LanguageContext.js';

/** Props of `ComponentsProvider`. */
export interface ComponentsProviderProps {
  /** Texts that override those of the provider above, text by text. @default English */
  texts?: PartialComponentTexts | undefined;
  /** BCP 47 tag for dates, numbers and durations. @default the language of the browser */
  locale?: string | undefined;
  /** Components that override those of the provider above. @default the built-in components */
  components?: ComponentOverrides | undefined;
  /** Returns true for remote images that load without the consent of the user. @default none */
  allowImage?: ((url: URL) => boolean) | undefined;
  children?: ReactNode;
}

/**
 * Provides texts, locale and replaced components to the components inside it. Omitted props are inherited from the provider
 * above.
 */
export function ComponentsProvider({
  texts,
  locale,
  components,
  allowImage,
  children,
}: ComponentsProviderProps): ReactElement {
  const inheritedLanguage = useContext(LanguageContext);
  useEffect(() => {
    const isTranslated = texts !== undefined || inheritedLanguage.texts.length > 0;
    if (locale === undefined || isTranslated || /^en\b/i.test(locale)) return;
    void import('./i18n/warnAboutLocale.lazy.js').then(
      ({ warnAboutLocale }) => warnAboutLocale(locale),
      // A page works without its warnings.
      () => undefined,
    );
  }, [locale, texts, inheritedLanguage]);
  const inherited = useComponents();
  const language = useMemo<Language>(
    () => ({
      texts: texts ? [...inheritedLanguage.texts, texts] : inheritedLanguage.texts,
      locale: locale ?? inheritedLanguage.locale,
    }),
    [inheritedLanguage, texts, locale],
  );
  const value = useMemo<ComponentsContextValue>(
    () => ({ ...inherited, ...components, allowImage: allowImage ?? inherited.allowImage }),
    [inherited, components, allowImage],
  );
  return (
    <LanguageContext value={language}>
      <ComponentsContext value={value}>{children}</ComponentsContext>
    </LanguageContext>
  );
}
