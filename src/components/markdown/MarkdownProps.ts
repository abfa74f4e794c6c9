import type { PartProps } from '../part.js';
import type { TextMark } from './marks.js';

/** Props of `Markdown`. */
export interface MarkdownProps extends Omit<PartProps<'div', { streaming: boolean }>, 'children'> {
  /** GitHub flavored markdown. Untrusted. */
  text: string;
  /** The text is still growing: unclosed marks at its end are rendered as if they were closed. @default false */
  isStreaming?: boolean | undefined;
  /** Passages to replace, in text order and without overlap. @default none */
  marks?: readonly TextMark[] | undefined;
}
