import { useQuery } from '@tanstack/react-query';
import { ComponentsProvider, Markdown, type MarkdownLinkProps } from 'assistants-react';
import type { ReactElement } from 'react';

/** Relative links of the guides get this host, because the library renders absolute addresses only. */
const GUIDES = 'https://guides.invalid/';

const pages = import.meta.glob<string>('../docs/*.md', { query: '?raw', import: 'default' });

/** The first two are for newcomers. */
const names = [
  ...new Set([
    'getting-started',
    'concepts',
    ...Object.keys(pages).map((path) => path.replace(/^.*\/|\.md$/g, '')),
  ]),
];

/** Page of the documentation. It is part of the build, so it needs no network. */
export function GuidePage({ name }: { name: string }): ReactElement {
  const { data: text, error } = useQuery({
    queryKey: ['guide', name],
    queryFn: () => loadGuide(name),
    staleTime: Infinity,
  });
  return (
    <main className="guide" lang="en" aria-busy={text === undefined && !error}>
      <nav aria-label="Guides" className="below">
        {names.map((page) => (
          <a key={page} href={`#/guide/${page}`} aria-current={page === name ? 'page' : undefined}>
            {toTitle(page)}
          </a>
        ))}
      </nav>
      {error && <p role="alert">{error.message}</p>}
      <ComponentsProvider components={{ Link: GuideLink }}>
        {text !== undefined && <Markdown text={text} />}
      </ComponentsProvider>
    </main>
  );
}

async function loadGuide(name: string): Promise<string> {
  const text = await pages[`../docs/${name}.md`]?.();
  if (text === undefined) return `A guide named “${name}” does not exist.`;
  return text.replaceAll(/\]\((?=[\w-]+\.md)/g, `](${GUIDES}`);
}

function toTitle(name: string): string {
  const words = name.replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function GuideLink({ url, children }: MarkdownLinkProps): ReactElement {
  const isGuide = url.href.startsWith(GUIDES);
  return isGuide ? (
    <a href={`#/guide/${url.pathname.slice(1).replace(/\.md$/, '')}`}>{children}</a>
  ) : (
    <a href={url.href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}
