import type { ReactNode } from 'react';
import type { PartProps } from '../part.js';

/** Props of `CodeBlock`. */
export interface CodeBlockProps extends Omit<
  PartProps<'figure', { language: string | undefined }>,
  'children'
> {
  /** Source code without its fence. */
  code: string;
  /** Language that the fence names. Undefined if it names none. */
  language?: string | undefined;
  /** Rendered code, for example with syntax highlighting. @default the code as plain text */
  children?: ReactNode;
}
