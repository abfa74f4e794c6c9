import { ComponentsProvider, Markdown, type MarkdownLinkProps } from 'assistants-react';
import { useEffect, useState, type ReactElement } from 'react';

/** Relative links of the guides get this host, because the library renders absolute addresses only. */
const GUIDES = 'https://guides.invalid/';

const pages = import.meta.glob<string>('../docs/*.md', { query: '?raw', import: 'default' });

/** Page of the documentation. It is part of the build, so it needs no network. */
export function GuidePage({ name }: { name: string }): ReactElement {
  const [text, setText] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    const load =
      pages[`../docs/${name}.md`] ?? (async () => `A guide named “${name}” does not exist.`);
    void load().then((loaded) => {
      if (isCurrent) setText(loaded.replaceAll(/\]\((?=[\w-]+\.md)/g, `](${GUIDES}`));
    });
    return () => {
      isCurrent = false;
    };
  }, [name]);
  return (
    <main className="guide" aria-busy={text === undefined}>
      <nav aria-label="Guides" className="below">
        {Object.keys(pages).map((path) => {
          const page = path.replace(/^.*\/|\.md$/g, '');
          return (
            <a
              key={path}
              href={`#/guide/${page}`}
              aria-current={page === name ? 'page' : undefined}
            >
              {page.replaceAll('-', ' ')}
            </a>
          );
        })}
      </nav>
      <ComponentsProvider components={{ Link: GuideLink }}>
        {text !== undefined && <Markdown text={text} />}
      </ComponentsProvider>
    </main>
  );
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
