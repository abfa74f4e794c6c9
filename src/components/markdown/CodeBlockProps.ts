import type { ReactNode } from 'react';
import type { PartProps } from '../part.js';

/** State of `CodeBlock`. */
export interface CodeBlockState {
  language: string | undefined;
}

/** Props of `CodeBlock`, and of a replacement passed as `components.CodeBlock`. */
export interface CodeBlockProps extends Omit<PartProps<'figure', CodeBlockState>, 'children'> {
  /** Source code without its fence. */
  code: string;
  /** Language that the fence names. Undefined if it names none. */
  language?: string | undefined;
  /** Name of the language for the user, such as "TypeScript" for `ts`. @default `language` */
  languageName?: string | undefined;
  /** Rendered code, for example with syntax highlighting. @default the code as plain text */
  children?: ReactNode;
}
