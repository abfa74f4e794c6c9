import type { ReactElement } from 'react';
import { createPart, asPart } from '../part.js';
import type { MarkdownLinkProps } from './MarkdownLinkProps.js';

/** Link in a message. It opens in a new tab, without access to the opener, and sends no referrer. Element: a. */
export function MarkdownLink({
  url,
  host,
  children,
  ...props
}: MarkdownLinkProps): ReactElement | null {
  const content = (
    <>
      <bdi>{children}</bdi>
      {host !== undefined && (
        <bdi {...asPart('link-host')} dir="ltr">
          {host}
        </bdi>
      )}
    </>
  );
  const defaultProps = {
    href: url.href,
    target: '_blank',
    rel: 'noopener noreferrer nofollow ugc',
    children: content,
  };
  return createPart({ tag: 'a', name: 'link', defaultProps }, props);
}
