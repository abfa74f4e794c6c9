import {
  createContext,
  useContext,
  useMemo,
  type ComponentType,
  type ReactElement,
  type ReactNode,
} from 'react';
import { LanguageContext, type Language } from './i18n/LanguageContext.js';
import type { PartialComponentTexts } from './i18n/ComponentTexts.js';
import type { CodeBlockProps } from './markdown/CodeBlockProps.js';
import type { MarkdownImageProps } from './markdown/MarkdownImageProps.js';
import type { MarkdownLinkProps } from './markdown/MarkdownLinkProps.js';
import type { MarkdownProps } from './markdown/MarkdownProps.js';
import type { SchemaFormProps } from './tools/SchemaFormProps.js';

/** Renderers that an app may put in place of ours. Each receives the props of the one it replaces. */
export interface ComponentOverrides {
  /** Text of a message. Ours hardens links and images; another must do so itself. */
  Markdown?: ComponentType<MarkdownProps> | undefined;
  CodeBlock?: ComponentType<CodeBlockProps> | undefined;
  /** A link whose address has been checked: absolute, http, https or mailto. */
  Link?: ComponentType<MarkdownLinkProps> | undefined;
  /** An image whose address has been checked: absolute, http or https. Ours waits for consent. */
  Image?: ComponentType<MarkdownImageProps> | undefined;
  /** Arguments and results as a form, such as `SchemaForm` of `assistants-react/schema-form`. @default none: they are written as JSON */
  SchemaForm?: ComponentType<SchemaFormProps> | undefined;
}

/** Props of `ComponentsProvider`. */
export interface ComponentsProviderProps {
  /** Texts in place of those inherited, text by text. */
  texts?: PartialComponentTexts | undefined;
  /** BCP 47, for dates, numbers and durations. @default the browser's */
  locale?: string | undefined;
  /** In place of ours. What is left out is taken from the provider around. */
  components?: ComponentOverrides | undefined;
  /** Remote images that load without consent. @default none */
  allowImage?: ((url: URL) => boolean) | undefined;
  children?: ReactNode;
}

interface Components extends ComponentOverrides {
  allowImage?: ((url: URL) => boolean) | undefined;
}

const ComponentsContext = createContext<Components>({});

/** Gives the components below their language and renderers. What is left out is inherited from a provider above. */
export function ComponentsProvider({
  texts,
  locale,
  components,
  allowImage,
  children,
}: ComponentsProviderProps): ReactElement {
  const aboveLanguage = useContext(LanguageContext);
  const above = useContext(ComponentsContext);
  const language = useMemo<Language>(
    () => ({
      texts: texts ? [...aboveLanguage.texts, texts] : aboveLanguage.texts,
      locale: locale ?? aboveLanguage.locale,
    }),
    [aboveLanguage, texts, locale],
  );
  const merged = useMemo<Components>(
    () => ({ ...above, ...components, allowImage: allowImage ?? above.allowImage }),
    [above, components, allowImage],
  );
  return (
    <LanguageContext value={language}>
      <ComponentsContext value={merged}>{children}</ComponentsContext>
    </LanguageContext>
  );
}

/** The renderers that the app has put in place of ours. */
export function useComponents(): Components {
  return useContext(ComponentsContext);
}
