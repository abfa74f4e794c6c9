import { Markdown } from '@storybook/addon-docs/blocks';
import type { ReactElement } from 'react';

const LINK = /\]\((?:\.\.\/)?([\w-]+)\.md(#[\w-]+)?\)/g;

/** Shows a page of `docs/`. Links to other pages lead to their place in Storybook. */
export function Guide({ text }: { text: string }): ReactElement {
  const linked = text.replace(LINK, (_, page: string, anchor = '') =>
    page === 'README'
      ? '](?path=/docs/introduction--docs)'
      : `](?path=/docs/guides-${page}--docs${anchor})`,
  );
  return <Markdown>{linked}</Markdown>;
}
