import type { ReactElement } from 'react';
import { createPart } from '../part.js';
import type { MarkdownLinkProps } from './MarkdownLinkProps.js';

/** Renders a link in a message. Opens in a new tab, without opener and referrer. Element: a. */
export function MarkdownLink({
  url,
  host,
  children,
  ...props
}: MarkdownLinkProps): ReactElement | null {
  const shown = (
    <>
      <bdi>{children}</bdi>
      {host !== undefined && (
        <bdi data-part="link-host" dir="ltr">
          {host}
        </bdi>
      )}
    </>
  );
  const own = {
    href: url.href,
    target: '_blank',
    rel: 'noopener noreferrer nofollow ugc',
    children: shown,
  };
  return createPart({ tag: 'a', name: 'link', defaultProps: own }, props);
}
