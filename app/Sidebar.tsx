import { Button, ThreadList } from 'assistants-react';
import { BookOpen, Database, Plus } from 'lucide-react';
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
      <ul className="chapters more">
        <li>
          <a
            href="#/data/"
            aria-current={route.page === 'data' ? 'page' : undefined}
            onClick={onFollow}
          >
            <Database {...icon} />
            All data
          </a>
        </li>
        <li>
          <a
            href="#/guide/getting-started"
            aria-current={route.page === 'guide' ? 'page' : undefined}
            onClick={onFollow}
          >
            <BookOpen {...icon} />
            Guides
          </a>
        </li>
      </ul>
    </nav>
  );
}
