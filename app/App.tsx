import { useQuery } from '@tanstack/react-query';
import { RunInspector, type Assistant, type ThreadNavigation } from 'assistants-react';
import { Suspense, useRef, useState, type ReactElement, type RefObject } from 'react';
import { AssistantNotice } from './AssistantNotice.js';
import { AssistantsDialog } from './AssistantsDialog.js';
import type { Chapter } from './chapters/chapters.js';
import { CodePanel } from './CodePanel.js';
import { DataPage } from './data/DataPage.js';
import { FilesPage } from './FilesPage.js';
import { GuidePage } from './GuidePage.js';
import { useLabels, type Labels } from './labels/Labels.js';
import { LookPopover } from './LookPopover.js';
import { Shortcuts } from './Shortcuts.js';
import { Sidebar } from './Sidebar.js';
import { rememberChapter } from './threadChapters.js';
import { Toolbar } from './Toolbar.js';
import { useChapterThread } from './useChapterThread.js';
import { useKeptFocus } from './useKeptFocus.js';
import type { useLook } from './useLook.js';
import { usePanels, type Panels } from './usePanels.js';
import { usePlace, type Place } from './usePlace.js';
import { usePageTitle } from './usePageTitle.js';
import { useShortcuts } from './useShortcuts.js';
import { useSingleKeys } from './useSingleKeys.js';

interface AppProps {
  look: Omit<ReturnType<typeof useLook>, 'language'>;
  /** Reason why threads do not survive a reload. */
  storageProblem?: string | undefined;
}

/** The playground: chapters and threads on one side, the example in the middle, its code or its runs on the other side. */
export function App({ look, storageProblem }: AppProps): ReactElement {
  const labels = useLabels();
  const place = usePlace();
  const { route, chapter, hasThread, assistant } = place;
  const { threadId } = route;
  usePageTitle(threadId);
  const { panels, toggleSide, toggleEnd, closeOnNarrow } = usePanels();
  const [dialog, setDialog] = useState<'help' | 'assistants'>();
  const closeDialog = () => setDialog(undefined);
  const navigation = useRef<ThreadNavigation>(null);
  useKeptFocus(navigation, panels, threadId);

  const openThread = (id: string | undefined) => {
    place.openThread(id);
    closeOnNarrow();
  };
  const startThread = () => {
    openThread(undefined);
    navigation.current?.focusComposer();
  };
  const [areSingleKeysOn, setAreSingleKeysOn] = useSingleKeys({
    '?': () => setDialog('help'),
    n: startThread,
    '[': toggleSide,
    ']': () => toggleEnd('code'),
    r: () => toggleEnd('runs'),
    t: look.cycleTheme,
  });
  useShortcuts({ Escape: closeOnNarrow });
  const end = getEnd(place, panels);
  const threads = {
    getThreadHref: place.getThreadHref,
    onOpenThread: openThread,
    onNewThread: startThread,
  };

  return (
    <div className="app" data-side={panels.side} data-end={end !== undefined}>
      <Toolbar
        {...threads}
        title={hasThread ? undefined : getTitle(place, labels)}
        threadId={threadId}
        assistantId={assistant?.id}
        panels={panels}
        onSelectAssistant={place.selectAssistant}
        onManageAssistants={() => setDialog('assistants')}
        onToggleSide={toggleSide}
        onToggleEnd={chapter && toggleEnd}
        onHelp={() => setDialog('help')}
      />
      {panels.side && <Sidebar {...threads} route={route} onFollow={closeOnNarrow} />}
      <Page place={place} navigation={navigation} storageProblem={storageProblem} />
      <EndPanel place={place} shown={end} />
      {(panels.side || end) && <Scrim onClick={closeOnNarrow} />}
      <LookPopover look={look.look} onChange={look.change} />
      <AssistantsDialog
        isOpen={dialog === 'assistants'}
        onClose={closeDialog}
        selectedId={assistant?.id}
        onSelect={place.selectAssistant}
      />
      <Shortcuts
        isOpen={dialog === 'help'}
        onClose={closeDialog}
        areSingleKeysOn={areSingleKeysOn}
        onSingleKeys={setAreSingleKeysOn}
      />
    </div>
  );
}

/** Returns the content of the panel at the end, if the page has one. */
function getEnd({ chapter, hasThread }: Place, { end }: Panels): Panels['end'] {
  return chapter === undefined || (end === 'runs' && !hasThread) ? undefined : end;
}

function getTitle({ route, chapter }: Place, labels: Labels): string {
  if (chapter) return labels.titles[chapter.id];
  const { guides: guide, files, allData: data } = labels;
  return { guide, files, data, chapter: '' }[route.page];
}

interface PageProps {
  place: Place;
  navigation: RefObject<ThreadNavigation | null>;
  storageProblem: string | undefined;
}

/** The middle of the playground: the example of a chapter, the data, or a guide. */
function Page({ place, navigation, storageProblem }: PageProps): ReactElement {
  const { route, chapter, assistant, isPending, go } = place;
  // Later attempts must not remove the thread, which loads the assistants too.
  const [hasLoaded, setHasLoaded] = useState(!isPending);
  if (!hasLoaded && !isPending) setHasLoaded(true);
  if (route.page === 'guide') return <GuidePage name={route.name} />;
  if (route.page === 'files') return <FilesPage />;
  if (chapter === undefined) return <DataPage path={route.name} />;
  // A message that is sent before the assistants are known would have none.
  if (!hasLoaded) return <main className="middle" aria-busy />;
  return (
    <Conversation
      key={chapter.id}
      chapter={chapter}
      threadId={route.threadId}
      assistant={assistant}
      navigation={navigation}
      storageProblem={storageProblem}
      onThread={(threadId) => go({ ...route, threadId })}
      onSelectAssistant={(assistantId) => go({ ...route, assistantId })}
    />
  );
}

/** The panel beside the example. */
function EndPanel({ place, shown }: { place: Place; shown: Panels['end'] }): ReactElement | null {
  const labels = useLabels();
  const { chapter, route } = place;
  if (chapter === undefined || shown === undefined) return null;
  return shown === 'code' ? (
    <CodePanel key={chapter.id} chapter={chapter} />
  ) : (
    <aside className="end" aria-label={labels.runs}>
      <h2>{labels.runs}</h2>
      <Runs chapter={chapter} threadId={route.threadId} />
    </aside>
  );
}

interface ConversationProps {
  chapter: Chapter;
  threadId: string | undefined;
  assistant: Assistant | undefined;
  navigation: RefObject<ThreadNavigation | null>;
  storageProblem: string | undefined;
  onThread: (threadId: string | undefined) => void;
  onSelectAssistant: (assistantId: string) => void;
}

/** The example of a chapter, with the open thread. */
function Conversation({
  chapter,
  threadId,
  assistant,
  navigation,
  storageProblem,
  onThread,
  onSelectAssistant,
}: ConversationProps): ReactElement {
  const { props, lostName } = useChapterThread({
    assistant,
    threadId,
    onThread,
    onCreated: (id) => rememberChapter(id, chapter.id),
  });
  const { Example } = chapter;
  return (
    <main className="middle">
      {chapter.assistantName !== undefined && (
        <AssistantNotice lostName={lostName} current={assistant} onCreated={onSelectAssistant} />
      )}
      {storageProblem !== undefined && <output className="notice">{storageProblem}</output>}
      <Suspense fallback={<div aria-busy />}>
        <Example {...props} navigationRef={navigation} />
      </Suspense>
    </main>
  );
}

interface RunsProps {
  chapter: Chapter;
  threadId: string | undefined;
}

/** Runs of the thread, with the titles of the chapter's tools. */
function Runs({ chapter, threadId }: RunsProps): ReactElement {
  const { data: tools } = useQuery({
    queryKey: ['chapter', chapter.id, 'tools'],
    queryFn: () => chapter.loadTools(),
    staleTime: Infinity,
  });
  return <RunInspector threadId={threadId} tools={tools} />;
}

/** Covers the thread behind a panel of a narrow window. Escape and the button of the panel close the panel too. */
function Scrim({ onClick }: { onClick: () => void }): ReactElement {
  // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
  return <div className="scrim" onClick={onClick} />;
}
