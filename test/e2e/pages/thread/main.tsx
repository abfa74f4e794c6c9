import {
  AssistantPicker,
  AssistantsProvider,
  createAssistantsClient,
  MenuButton,
  Thread,
  ThreadView,
} from 'assistants-react';
import { createBackend, scriptedModel } from 'assistants-react/backend';
import 'assistants-react/styles.css';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';

declare global {
  interface Window {
    /** Announcements of live regions, oldest first. Assertive ones start with `!`. */
    announcements: string[];
    violations: string[];
  }
}

window.announcements = [];
window.violations = [];
document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
  window.violations.push(`${effectiveDirective} ${blockedURI}`);
});

const query = new URLSearchParams(location.search);
const paceMs = Number(query.get('pace') ?? 5);
const backend = createBackend({
  model: scriptedModel(undefined, { paceMs }),
  createFileWorker() {
    throw new TypeError('Trusted Types forbid workers.');
  },
});
const client = createAssistantsClient({ fetch: backend.fetch });
const tools = ['get_weather'].map((name) => ({ type: 'function', function: { name } }) as const);
const { id: assistantId } = await client.createAssistant({
  body: { model: 'scripted', name: 'Helper', tools },
});

/** Records changes of existing live regions, as a screen reader does. */
function recordAnnouncements(): void {
  let last = '';
  new MutationObserver((records) => {
    for (const { target } of records) {
      const element = target instanceof Element ? target : target.parentElement;
      const region = element?.closest('output, [role="status"], [role="alert"], [aria-live]');
      const isSilent = region?.getAttribute('aria-live') === 'off';
      const text = region?.textContent.trim() ?? '';
      if (!region || isSilent || text === '') continue;
      const isAssertive =
        region.getAttribute('role') === 'alert' || region.getAttribute('aria-live') === 'assertive';
      const announcement = `${isAssertive ? '!' : ''}${text}`;
      if (announcement !== last) window.announcements.push(announcement);
      last = announcement;
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}

function Page() {
  const [threadId, setThreadId] = useState<string>();
  return (
    <AssistantsProvider client={client}>
      <ThreadView
        assistantId={assistantId}
        threadId={threadId}
        onThreadIdChange={setThreadId}
        onFeedback={() => undefined}
        suggestions={['Show me some markdown']}
      />
    </AssistantsProvider>
  );
}

/** A thread whose search is always open. */
function SearchPage() {
  return (
    <AssistantsProvider client={client}>
      <Thread.Root assistantId={assistantId}>
        <Thread.Search isOpen />
        <Thread.Composer />
      </Thread.Root>
    </AssistantsProvider>
  );
}

/** A thread below a menu and a list of assistants. */
function PopupPage() {
  const [chosenId, setChosenId] = useState(assistantId);
  return (
    <AssistantsProvider client={client}>
      <MenuButton
        aria-label="More"
        items={[
          { label: 'Rename', onSelect: () => undefined },
          { label: 'Delete', onSelect: () => undefined },
        ]}
      />
      <AssistantPicker assistantId={chosenId} onSelect={({ id }) => setChosenId(id)} />
      <ThreadView assistantId={assistantId} />
    </AssistantsProvider>
  );
}

function getPage() {
  if (query.has('search')) return <SearchPage />;
  return query.has('popups') ? <PopupPage /> : <Page />;
}

const container = document.getElementById('root');
if (!container) throw new Error('The page has no root.');
createRoot(container).render(<StrictMode>{getPage()}</StrictMode>);
recordAnnouncements();
