import type { PartProps } from '../part.js';

/** Props of `MarkdownLink`, and of a replacement passed as `components.Link`. */
export interface MarkdownLinkProps extends Omit<PartProps<'a'>, 'href'> {
  /** Validated: an absolute http, https or mailto address. */
  url: URL;
  /** Host to show next to the link text, set if the text alone could mislead the user. */
  host?: string | undefined;
}
