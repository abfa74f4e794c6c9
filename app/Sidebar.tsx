import type { ThreadEntry } from 'assistants-react';
import type { ReactElement } from 'react';
import { AssistantsPanel } from './AssistantsPanel.js';
import { ThreadList } from './ThreadList.js';

interface SidebarProps {
  threads: readonly ThreadEntry[];
  threadId: string | undefined;
  assistantId: string | undefined;
  onOpenThread: (threadId: string | undefined) => void;
  onDeleteThread: (threadId: string) => void;
  onSelectAssistant: (assistantId: string | undefined) => void;
}

/** Lists the threads and the assistants. */
export function Sidebar(props: SidebarProps): ReactElement {
  return (
    <nav className="side" aria-label="Threads and assistants">
      <ThreadList
        threads={props.threads}
        openId={props.threadId}
        onOpen={props.onOpenThread}
        onDelete={props.onDeleteThread}
      />
      <AssistantsPanel selectedId={props.assistantId} onSelect={props.onSelectAssistant} />
    </nav>
  );
}
