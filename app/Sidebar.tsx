import { IconButton, ThreadList } from 'assistants-react';
import { BookOpen, Database, Files, Plus } from 'lucide-react';
import type { ReactElement } from 'react';
import { useLabels } from './labels/Labels.js';
import { chapters } from './chapters/chapters.js';
import type { Route } from './useRoute.js';

interface SidebarProps {
  route: Route;
  getThreadHref: (threadId: string) => string;
  onOpenThread: (threadId: string | undefined) => void;
  onNewThread: () => void;
  /** Closes the sidebar of a narrow window. */
  onFollow: () => void;
}

const icon = { size: 16, strokeWidth: 1.5, 'aria-hidden': true } as const;

/** Lists the chapters and the threads. */
export function Sidebar({
  route,
  getThreadHref,
  onOpenThread,
  onNewThread,
  onFollow,
}: SidebarProps): ReactElement {
  const labels = useLabels();
  return (
    <nav className="side" aria-label={labels.chaptersAndThreads}>
      <p className="about">
        <strong translate="no">assistants-react</strong>
        {labels.about}
      </p>
      <section>
        <h2>{labels.chapters}</h2>
        <ul className="chapters">
          {chapters.map(({ id, icon: ChapterIcon }) => (
            <li key={id}>
              <a
                href={`#/chapter/${id}`}
                aria-current={route.page === 'chapter' && route.name === id ? 'page' : undefined}
                onClick={onFollow}
              >
                <ChapterIcon {...icon} />
                {labels.titles[id]}
              </a>
            </li>
          ))}
        </ul>
      </section>
      <section className="threads">
        <header>
          <h2>{labels.threads}</h2>
          <IconButton
            label={labels.newThread}
            tooltip={`${labels.newThread}  n`}
            onClick={onNewThread}
          >
            <Plus {...icon} />
          </IconButton>
        </header>
        <ThreadList
          threadId={route.threadId}
          getHref={getThreadHref}
          onSelect={onOpenThread}
          onDelete={(threadId) => {
            if (threadId === route.threadId) onOpenThread(undefined);
          }}
        />
      </section>
      <MoreLinks page={route.page} onFollow={onFollow} />
    </nav>
  );
}

const MORE = [
  { page: 'files', href: '#/files/', label: 'files', icon: Files },
  { page: 'data', href: '#/data/', label: 'allData', icon: Database },
  { page: 'guide', href: '#/guide/getting-started', label: 'guides', icon: BookOpen },
] as const;

interface MoreLinksProps {
  page: Route['page'];
  onFollow: () => void;
}

/** Links to the pages that are no chapters. */
function MoreLinks({ page: current, onFollow }: MoreLinksProps): ReactElement {
  const labels = useLabels();
  return (
    <ul className="chapters more">
      {MORE.map(({ page, href, label, icon: PageIcon }) => (
        <li key={page}>
          <a href={href} aria-current={page === current ? 'page' : undefined} onClick={onFollow}>
            <PageIcon {...icon} />
            {labels[label]}
          </a>
        </li>
      ))}
    </ul>
  );
}
