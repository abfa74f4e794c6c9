import {
  RunInspector,
  Thread,
  ThreadView,
  useAssistants,
  useThreads,
  type ThreadNavigation,
} from 'assistants-react';
import { useRef, useState, type ReactElement } from 'react';
import { AssistantNotice } from './AssistantNotice.js';
import { CodeDialog } from './CodeDialog.js';
import { Shortcuts } from './Shortcuts.js';
import { Sidebar } from './Sidebar.js';
import { getSuggestions } from './suggestions.js';
import { Toolbar } from './Toolbar.js';
import { getTools } from './tools.js';
import { useLostAssistant } from './useLostAssistant.js';
import { useKeptFocus } from './useKeptFocus.js';
import { usePanels } from './usePanels.js';
import { useRoute } from './useRoute.js';
import { useShortcuts } from './useShortcuts.js';
import { useTheme } from './useTheme.js';

const DESCRIPTION =
  'React components for chats over the Assistants API. A script answers here, so no key is needed. Choose what to see, or write something.';

/** The playground: threads and assistants on one side, the thread in the middle, its runs on the other side. */
export function App(): ReactElement {
  const { threadId, assistantId, go } = useRoute();
  const { data: assistants } = useAssistants();
  const { remember, markUsed, forget } = useThreads();
  const { theme, cycleTheme } = useTheme();
  const { panels, toggle, closeOnNarrow } = usePanels();
  const [dialog, setDialog] = useState<'help' | 'code'>();
  const closeDialog = () => setDialog(undefined);
  const assistant = assistants?.find(({ id }) => id === assistantId) ?? assistants?.[0];
  const lost = useLostAssistant(assistant, threadId);

  const navigation = useRef<ThreadNavigation>(null);
  useKeptFocus(navigation, panels, threadId);

  const navigate = (route: Parameters<typeof go>[0]) => {
    go(route);
    closeOnNarrow();
  };
  const openThread = (id: string | undefined) => navigate({ threadId: id, assistantId });
  const startThread = () => {
    openThread(undefined);
    navigation.current?.focusComposer();
  };
  const selectAssistant = (id: string | undefined) => navigate({ threadId, assistantId: id });
  useShortcuts({
    '?': () => setDialog('help'),
    n: startThread,
    '[': () => toggle('side'),
    ']': () => toggle('details'),
    t: cycleTheme,
    Escape: closeOnNarrow,
  });

  return (
    <div className="app" data-side={panels.side} data-details={panels.details}>
      <Toolbar
        title={assistant?.name ?? 'Playground'}
        theme={theme}
        onTheme={cycleTheme}
        onTogglePanel={toggle}
        onDialog={setDialog}
        panels={panels}
      />
      {panels.side && (
        <Sidebar
          threadId={threadId}
          assistantId={assistant?.id}
          onOpenThread={openThread}
          onNewThread={startThread}
          onSelectAssistant={selectAssistant}
        />
      )}
      <main className="middle">
        <AssistantNotice lostName={lost.lostName} current={assistant} onCreated={selectAssistant} />
        <ThreadView
          assistantId={assistant?.id}
          threadId={threadId}
          empty={
            <Thread.Empty description={DESCRIPTION} suggestions={getSuggestions(assistant?.name)} />
          }
          hasSearch
          navigationRef={navigation}
          tools={getTools(assistant?.name)}
          onThreadCreated={(id, { text }) => remember(id, text ?? '')}
          onError={lost.handleError}
          onRunSettled={(run) => {
            markUsed(run.thread_id);
            lost.clear();
          }}
          onThreadIdChange={(id) => {
            if (id === undefined && threadId !== undefined) forget(threadId);
            go({ threadId: id, assistantId });
          }}
        />
      </main>
      {panels.details && <Details threadId={threadId} />}
      <Shortcuts isOpen={dialog === 'help'} onClose={closeDialog} />
      <CodeDialog isOpen={dialog === 'code'} onClose={closeDialog} />
    </div>
  );
}

/** Runs of the thread. */
function Details({ threadId }: { threadId: string | undefined }): ReactElement {
  return (
    <aside className="details" aria-label="Details">
      <h2>Runs</h2>
      <RunInspector threadId={threadId} />
    </aside>
  );
}
