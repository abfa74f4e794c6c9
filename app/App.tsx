import {
  RunInspector,
  Thread,
  ThreadView,
  useAssistants,
  useThreads,
  type Assistant,
  type ThreadNavigation,
} from 'assistants-react';
import { useRef, useState, type ReactElement, type RefObject } from 'react';
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
import { usePageTitle } from './usePageTitle.js';
import { useShortcuts } from './useShortcuts.js';
import { useSingleKeys } from './useSingleKeys.js';
import { useTheme } from './useTheme.js';

const DESCRIPTION =
  'React components for chats over the Assistants API. A script answers here, so no key is needed. Choose what to see, or write something.';

/** The playground: threads and assistants on one side, the thread in the middle, its runs on the other side. */
export function App(): ReactElement {
  const { threadId, assistantId, go } = useRoute();
  const { data: assistants, isPending } = useAssistants();
  // Later attempts must not remove the thread, which loads the assistants too.
  const [hasLoaded, setHasLoaded] = useState(!isPending);
  if (!hasLoaded && !isPending) setHasLoaded(true);
  usePageTitle(threadId);
  const { theme, cycleTheme } = useTheme();
  const { panels, toggle, closeOnNarrow } = usePanels();
  const [dialog, setDialog] = useState<'help' | 'code'>();
  const closeDialog = () => setDialog(undefined);
  const assistant = assistants?.find(({ id }) => id === assistantId) ?? assistants?.[0];

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
  const [areSingleKeysOn, setAreSingleKeysOn] = useSingleKeys({
    '?': () => setDialog('help'),
    n: startThread,
    '[': () => toggle('side'),
    ']': () => toggle('details'),
    t: cycleTheme,
  });
  useShortcuts({ Escape: closeOnNarrow });

  return (
    <div className="app" data-side={panels.side} data-details={panels.details}>
      <Toolbar
        threadId={threadId}
        assistantId={assistant?.id}
        onOpenThread={openThread}
        onNewThread={startThread}
        onSelectAssistant={(id) => navigate({ threadId: undefined, assistantId: id })}
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
      {hasLoaded ? (
        <Conversation
          threadId={threadId}
          assistant={assistant}
          navigation={navigation}
          onThread={(id) => go({ threadId: id, assistantId })}
          onSelectAssistant={selectAssistant}
        />
      ) : (
        // A message that is sent before the assistants are known would have none.
        <main className="middle" aria-busy />
      )}
      {panels.details && <Details threadId={threadId} assistantName={assistant?.name} />}
      {(panels.side || panels.details) && <Scrim onClick={closeOnNarrow} />}
      <Shortcuts
        isOpen={dialog === 'help'}
        onClose={closeDialog}
        areSingleKeysOn={areSingleKeysOn}
        onSingleKeys={setAreSingleKeysOn}
      />
      <CodeDialog isOpen={dialog === 'code'} onClose={closeDialog} />
    </div>
  );
}

interface ConversationProps {
  threadId: string | undefined;
  assistant: Assistant | undefined;
  navigation: RefObject<ThreadNavigation | null>;
  onThread: (threadId: string | undefined) => void;
  onSelectAssistant: (assistantId: string) => void;
}

/** The open thread. */
function Conversation({
  threadId,
  assistant,
  navigation,
  onThread,
  onSelectAssistant,
}: ConversationProps): ReactElement {
  const { remember, markUsed, forget } = useThreads();
  const lost = useLostAssistant(assistant, threadId);
  return (
    <main className="middle">
      <AssistantNotice lostName={lost.lostName} current={assistant} onCreated={onSelectAssistant} />
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
          onThread(id);
        }}
      />
    </main>
  );
}

/** Runs of the thread. */
function Details({
  threadId,
  assistantName,
}: {
  threadId: string | undefined;
  assistantName: string | null | undefined;
}): ReactElement {
  return (
    <aside className="details" aria-label="Details">
      <h2>Runs</h2>
      <RunInspector threadId={threadId} tools={getTools(assistantName)} />
    </aside>
  );
}

/** Covers the thread behind a panel of a narrow window. Escape and the button of the panel close the panel too. */
function Scrim({ onClick }: { onClick: () => void }): ReactElement {
  // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
  return <div className="scrim" onClick={onClick} />;
}
