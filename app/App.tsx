import {
  getMessageText,
  RunInspector,
  ThreadView,
  useAssistants,
  useDeleteThread,
  useThreadMessages,
  useThreads,
  type AssistantsError,
} from 'assistants-react';
import { useEffect, useState, type ReactElement } from 'react';
import { AssistantNotice } from './AssistantNotice.js';
import { AssistantsPanel } from './AssistantsPanel.js';
import { Shortcuts } from './Shortcuts.js';
import { ThreadList } from './ThreadList.js';
import { Toolbar } from './Toolbar.js';
import { toolsOf } from './tools.js';
import { useRoute } from './useRoute.js';
import { useShortcuts } from './useShortcuts.js';
import { useTheme } from './useTheme.js';

const SUGGESTIONS = [
  'What is the weather in Paris and Tokyo?',
  'Show me some markdown',
  'Name your sources',
  'Write something long',
];

const UNTITLED = 'New thread';

/** The playground: threads and assistants at one side, the thread in the middle, its runs at the other. */
export function App(): ReactElement {
  const { threadId, assistantId, go } = useRoute();
  const { data: assistants, refetch: lookForAssistants } = useAssistants();
  const { threads, remember, forget } = useThreads();
  const { data: messages, refetch: lookForThread } = useThreadMessages({ threadId });
  const deleteThread = useDeleteThread();
  const { theme, cycleTheme } = useTheme();
  const [panels, setPanels] = useState({
    side: window.innerWidth >= 900,
    details: window.innerWidth >= 1300,
  });
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const [lost, setLost] = useState<string>();
  const assistant = assistants?.find(({ id }) => id === assistantId) ?? assistants?.[0];

  // A thread is called by its first words.
  const first = messages?.[0];
  const title = first && getMessageText(first).trim().slice(0, 80);
  const known = threads.find(({ id }) => id === threadId)?.title;
  useEffect(() => {
    if (threadId !== undefined && title && known === UNTITLED) remember(threadId, title);
  }, [threadId, title, known, remember]);

  const toggle = (panel: keyof typeof panels) => {
    const closed = window.innerWidth < 900 ? { side: false, details: false } : panels;
    setPanels({ ...closed, [panel]: !panels[panel] });
  };
  // On a small screen a panel lies over the thread, and goes when it has served.
  const uncover = () => {
    if (window.innerWidth < 900) setPanels({ side: false, details: false });
  };
  const open = (id: string | undefined) => {
    go({ threadId: id, assistantId });
    uncover();
  };
  const remove = (id: string) => {
    forget(id);
    deleteThread.mutate({ threadId: id });
    if (id === threadId) open(undefined);
  };
  /** A server that has begun anew knows neither the assistants nor the threads of before. */
  const lookAgain = async ({ status }: AssistantsError) => {
    if (status !== 404) return;
    if (threadId !== undefined) void lookForThread();
    const { data: there } = await lookForAssistants();
    if (assistant && there && !there.some(({ id }) => id === assistant.id))
      setLost(assistant.name ?? 'The assistant');
  };
  useShortcuts({
    '?': () => setIsHelpOpen(true),
    n: () => open(undefined),
    '[': () => toggle('side'),
    ']': () => toggle('details'),
    t: cycleTheme,
    Escape: uncover,
  });

  return (
    <div className="app" data-side={panels.side} data-details={panels.details}>
      <Toolbar
        title={assistant?.name ?? 'Playground'}
        theme={theme}
        onTheme={cycleTheme}
        onSide={() => toggle('side')}
        onDetails={() => toggle('details')}
        onHelp={() => setIsHelpOpen(true)}
        panels={panels}
      />
      {panels.side && (
        <nav className="side" aria-label="Threads and assistants">
          <ThreadList threads={threads} openId={threadId} onOpen={open} onDelete={remove} />
          <AssistantsPanel
            selectedId={assistant?.id}
            onSelect={(id) => (go({ threadId, assistantId: id }), uncover())}
          />
        </nav>
      )}
      <main className="middle">
        {(lost !== undefined || assistants?.length === 0) && (
          <AssistantNotice
            lost={lost}
            current={assistant}
            onCreated={(id) => go({ threadId, assistantId: id })}
          />
        )}
        <ThreadView
          assistantId={assistant?.id}
          threadId={threadId}
          suggestions={SUGGESTIONS}
          {...toolsOf(assistant?.name)}
          onThreadCreated={(id) => remember(id, UNTITLED)}
          onError={(error) => void lookAgain(error)}
          onRunSettled={() => setLost(undefined)}
          onThreadIdChange={(id) => {
            if (id === undefined && threadId !== undefined) forget(threadId);
            go({ threadId: id, assistantId });
          }}
        />
      </main>
      {panels.details && (
        <aside className="details" aria-label="Details">
          <h2>Runs</h2>
          <RunInspector threadId={threadId} />
        </aside>
      )}
      <Shortcuts isOpen={isHelpOpen} onClose={() => setIsHelpOpen(false)} />
    </div>
  );
}
