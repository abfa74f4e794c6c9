import type { PartProps } from '../part.js';

/** Props of `MarkdownImage`, and of a replacement given as `components.Image`. */
export interface MarkdownImageProps extends Omit<
  PartProps<'span', { state: 'waiting' | 'shown' | 'failed' }>,
  'children'
> {
  /** Validated: an absolute http or https address. */
  url: URL;
  /** Alternative text. May be empty. */
  alt: string;
  /** Loads the image without asking the user. @default false */
  isAllowed?: boolean | undefined;
}
