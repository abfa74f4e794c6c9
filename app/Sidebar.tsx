import { Button, ThreadList } from 'assistants-react';
import { BookOpen, Database, Files, Plus } from 'lucide-react';
import type { ReactElement } from 'react';
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
  return (
    <nav className="side" aria-label="Chapters and threads">
      <p className="about">
        <strong>assistants-react</strong>
        React hooks and components for chats over the Assistants API, and a backend that runs in a
        tab.
      </p>
      <section>
        <h2>Chapters</h2>
        <ul className="chapters">
          {chapters.map(({ id, title, icon: ChapterIcon }) => (
            <li key={id}>
              <a
                href={`#/chapter/${id}`}
                aria-current={route.page === 'chapter' && route.name === id ? 'page' : undefined}
                onClick={onFollow}
              >
                <ChapterIcon {...icon} />
                {title}
              </a>
            </li>
          ))}
        </ul>
      </section>
      <section className="threads">
        <header>
          <h2>Threads</h2>
          <Button
            variant="icon"
            aria-label="New thread"
            title="New thread  n"
            onClick={onNewThread}
          >
            <Plus {...icon} />
          </Button>
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
  { page: 'files', href: '#/files/', title: 'Files', icon: Files },
  { page: 'data', href: '#/data/', title: 'All data', icon: Database },
  { page: 'guide', href: '#/guide/getting-started', title: 'Guides', icon: BookOpen },
];

interface MoreLinksProps {
  page: Route['page'];
  onFollow: () => void;
}

/** Links to the pages that are no chapters. */
function MoreLinks({ page: current, onFollow }: MoreLinksProps): ReactElement {
  return (
    <ul className="chapters more">
      {MORE.map(({ page, href, title, icon: PageIcon }) => (
        <li key={page}>
          <a href={href} aria-current={page === current ? 'page' : undefined} onClick={onFollow}>
            <PageIcon {...icon} />
            {title}
          </a>
        </li>
      ))}
    </ul>
  );
}
