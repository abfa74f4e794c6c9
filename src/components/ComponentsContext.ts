import { createContext, useContext, type ComponentType } from 'react';
import type { CodeBlockProps } from './markdown/CodeBlockProps.js';
import type { MarkdownImageProps } from './markdown/MarkdownImageProps.js';
import type { MarkdownLinkProps } from './markdown/MarkdownLinkProps.js';
import type { MarkdownProps } from './markdown/MarkdownProps.js';
import type { SchemaFormProps } from './tools/SchemaFormProps.js';

/** Components of the app that replace built-in ones. Each receives the props of the component that it replaces. */
export interface ComponentOverrides {
  /** Renders the text of a message. Replaces `Markdown`, and with it the checks of links and images. */
  Markdown?: ComponentType<MarkdownProps> | undefined;
  /** Renders a code block. Replaces `CodeBlock`. */
  CodeBlock?: ComponentType<CodeBlockProps> | undefined;
  /** Renders a link whose address is validated: an absolute http, https or mailto address. Replaces `MarkdownLink`. */
  Link?: ComponentType<MarkdownLinkProps> | undefined;
  /**
   * Renders an image whose address is validated: an absolute http or https address. Replaces `MarkdownImage`, and with it the
   * consent of the user.
   */
  Image?: ComponentType<MarkdownImageProps> | undefined;
  /**
   * Renders arguments and results of tools as a form, such as `SchemaForm` of `assistants-react/schema-form`.
   *
   * @default a text field with JSON
   */
  SchemaForm?: ComponentType<SchemaFormProps> | undefined;
}

/** Values that `ComponentsProvider` provides besides the language. */
export interface ComponentsContextValue extends ComponentOverrides {
  /** Returns true for images that load without consent. */
  allowImage?: ((url: URL) => boolean) | undefined;
}

/** Provides the components of the app. Empty outside `ComponentsProvider`. */
export const ComponentsContext = createContext<ComponentsContextValue>({});

/** Returns the components that the app uses in place of built-in ones. */
export function useComponents(): ComponentsContextValue {
  return useContext(ComponentsContext);
}
