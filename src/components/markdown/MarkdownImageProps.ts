import type { PartProps } from '../part.js';

/** State of `MarkdownImage`: it waits for the consent of the user, is displayed, or has failed to load. */
export interface MarkdownImageState {
  state: 'waiting' | 'shown' | 'failed';
}

/** Props of `MarkdownImage`, and of a replacement passed as `components.Image`. */
export interface MarkdownImageProps extends Omit<
  PartProps<'span', MarkdownImageState>,
  'children'
> {
  /** Validated: an absolute http or https address. */
  url: URL;
  /** Alternative text. May be empty. */
  alt: string;
  /** Loads the image without asking the user. @default false */
  isAllowed?: boolean | undefined;
}
