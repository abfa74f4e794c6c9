import type { PartProps } from '../part.js';
import type { TextMark } from './marks.js';

/** State of `Markdown`. */
export interface MarkdownState {
  streaming: boolean;
}

/** Props of `Markdown`, and of a replacement passed as `components.Markdown`. */
export interface MarkdownProps extends Omit<PartProps<'div', MarkdownState>, 'children'> {
  /** GitHub Flavored Markdown. Untrusted. */
  text: string;
  /** The text is still growing: what is open at its end is closed. @default false */
  isStreaming?: boolean | undefined;
  /** Passages to replace, in text order and without overlap. @default none */
  marks?: readonly TextMark[] | undefined;
}
