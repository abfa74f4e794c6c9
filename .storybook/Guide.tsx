import { Markdown } from '@storybook/addon-docs/blocks';
import type { ReactElement } from 'react';

const LINK = /\]\((?:\.\.\/|docs\/)?([\w-]+)\.md(#[\w-]+)?\)/g;
const DECISION = /\]\((decisions\/[\w-]+\.md)\)/g;

/** Shows a page of `docs/`. Links to other pages lead to their place in Storybook. */
export function Guide({ text }: { text: string }): ReactElement {
  const linked = text
    .replace(LINK, (_, page: string, anchor = '') =>
      page === 'README'
        ? '](?path=/docs/introduction--docs)'
        : `](?path=/docs/guides-${page.toLowerCase()}--docs${anchor})`,
    )
    // The built documentation has these pages as files.
    .replace(DECISION, '](docs/$1)');
  return <Markdown>{linked}</Markdown>;
}
