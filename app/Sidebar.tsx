import { Button, ThreadList } from 'assistants-react';
import { Plus } from 'lucide-react';
import type { ReactElement } from 'react';
import { AssistantsPanel } from './AssistantsPanel.js';

interface SidebarProps {
  threadId: string | undefined;
  assistantId: string | undefined;
  onOpenThread: (threadId: string | undefined) => void;
  onNewThread: () => void;
  onSelectAssistant: (assistantId: string | undefined) => void;
}

/** Lists the threads and the assistants. */
export function Sidebar(props: SidebarProps): ReactElement {
  return (
    <nav className="side" aria-label="Threads and assistants">
      <section className="threads">
        <Button onClick={props.onNewThread}>
          <Plus size={16} strokeWidth={1.5} aria-hidden />
          New thread
        </Button>
        <h2>Threads</h2>
        <ThreadList
          threadId={props.threadId}
          getHref={(threadId) => `#thread=${threadId}`}
          onSelect={props.onOpenThread}
          onDelete={(threadId) => {
            if (threadId === props.threadId) props.onOpenThread(undefined);
          }}
        />
      </section>
      <AssistantsPanel selectedId={props.assistantId} onSelect={props.onSelectAssistant} />
    </nav>
  );
}
