import { Button, type ThreadEntry } from 'assistants-react';
import { Plus, Trash2 } from 'lucide-react';
import type { ReactElement } from 'react';

interface ThreadListProps {
  threads: readonly ThreadEntry[];
  openId: string | undefined;
  onOpen: (threadId: string | undefined) => void;
  onDelete: (threadId: string) => void;
}

export function ThreadList({ threads, openId, onOpen, onDelete }: ThreadListProps): ReactElement {
  return (
    <section className="threads">
      <Button onClick={() => onOpen(undefined)}>
        <Plus size={16} strokeWidth={1.5} aria-hidden />
        New thread
      </Button>
      <h2>Threads</h2>
      {threads.length === 0 && <p className="quiet">Your threads will appear here.</p>}
      <ul>
        {threads.map(({ id, title }) => (
          <li key={id}>
            <a
              href={`#thread=${id}`}
              dir="auto"
              aria-current={id === openId ? 'page' : undefined}
              onClick={(event) => {
                event.preventDefault();
                onOpen(id);
              }}
            >
              {title}
            </a>
            <Button
              variant="icon"
              aria-label={`Delete ${title}`}
              title="Delete"
              onClick={() => onDelete(id)}
            >
              <Trash2 size={14} strokeWidth={1.5} aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
