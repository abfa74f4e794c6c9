import { AnchorMdx, CodeOrSourceMdx, HeadersMdx, Markdown } from '@storybook/addon-docs/blocks';
import type { ComponentProps, ReactElement } from 'react';

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
  return <Markdown options={OPTIONS}>{linked}</Markdown>;
}

/** Table that scrolls on its own, so that narrow pages do not. */
function WideTable(props: ComponentProps<'table'>): ReactElement {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role -- Scrollable by keyboard, and no landmark.
    <div role="group" aria-label="Table" tabIndex={0} style={{ overflowX: 'auto' }}>
      <table {...props} />
    </div>
  );
}

// Options replace the default components of `Markdown`, so they repeat them.
const OPTIONS = {
  overrides: { code: CodeOrSourceMdx, a: AnchorMdx, ...HeadersMdx, table: WideTable },
};
