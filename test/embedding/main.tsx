import {
  AssistantsProvider,
  createAssistantsClient,
  defineTool,
  ThreadView,
  useAssistants,
} from 'assistants-react';
import { StrictMode, useState, type ReactElement, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { hosts } from './hosts.js';

// Not every driver of a browser reports errors of the page.
function recordError(reason: unknown): void {
  const { dataset } = document.documentElement;
  const text = reason instanceof Error ? reason.message : String(reason);
  // Browsers report it for observers whose changes continue in the next frame.
  if (!text.startsWith('ResizeObserver loop'))
    dataset['errors'] = `${dataset['errors'] ?? ''}${text}\n`;
}
window.addEventListener('error', ({ error, message }) => recordError(error ?? message));
window.addEventListener('unhandledrejection', ({ reason }) => recordError(reason));

const parameters = new URLSearchParams(location.search);
const host = hosts[parameters.get('host') ?? ''] ?? hosts['a plain page'];
if (!host) throw new Error('The page has no host.');

const tools = [defineTool({ name: 'send_mail', needsApproval: true, execute: () => 'sent' })];

/** One chat over its own server. */
function Server({ name }: { name: string }): ReactElement {
  const [client] = useState(() => createAssistantsClient({ baseUrl: `/${name}/v1` }));
  return (
    <AssistantsProvider client={client}>
      <Chat server={name} />
    </AssistantsProvider>
  );
}

/** The chat with the first assistant. The address of the page has the id of its thread, for reloads. */
function Chat({ server }: { server: string }): ReactElement | null {
  const { data: [assistant] = [] } = useAssistants();
  const [threadId, setThreadId] = useState(
    () => new URLSearchParams(location.hash.slice(1)).get(server) ?? undefined,
  );
  const onThreadIdChange = (id: string | undefined): void => {
    const ids = new URLSearchParams(location.hash.slice(1));
    if (id === undefined) ids.delete(server);
    else ids.set(server, id);
    location.hash = ids.toString();
    setThreadId(id);
  };
  if (!assistant) return null;
  return (
    <div data-chat={server} style={{ blockSize: 700 }}>
      <ThreadView
        assistantId={assistant.id}
        threadId={threadId}
        onThreadIdChange={onThreadIdChange}
        tools={tools}
      />
    </div>
  );
}

/** Makes a document follow the color scheme of the system as its app does. */
function followColorScheme(page: Document): void {
  const { darkClass } = host ?? {};
  if (darkClass === undefined) {
    page.documentElement.style.colorScheme = 'light dark';
    return;
  }
  const isDark = matchMedia('(prefers-color-scheme: dark)');
  const update = () => page.documentElement.classList.toggle(darkClass, isDark.matches);
  isDark.addEventListener('change', update);
  update();
}

/** Returns the element for the chat, whose root has the stylesheets. */
function createPlace(): HTMLElement {
  const root = document.querySelector<HTMLElement>('#root');
  if (root === null) throw new Error('The page has no root.');
  followColorScheme(document);
  const addStyles = (target: Node): void => {
    for (const css of host?.styles ?? []) {
      const style = document.createElement('style');
      style.textContent = css;
      target.appendChild(style);
    }
  };
  if (host?.place === undefined) {
    addStyles(document.head);
    return root;
  }
  const place = document.createElement('div');
  if (host.place === 'shadow') {
    const shadow = root.attachShadow({ mode: 'open' });
    addStyles(shadow);
    shadow.append(place);
    return place;
  }
  const frame = document.createElement('iframe');
  frame.style.cssText = 'inline-size: 100%; block-size: 720px; border: 0';
  root.append(frame);
  const page = frame.contentDocument;
  if (page === null) throw new Error('The frame has no document.');
  followColorScheme(page);
  addStyles(page.head);
  page.body.append(place);
  return place;
}

const servers = host.count === 2 ? ['a', 'b'] : ['a'];
const chats: ReactNode = servers.map((server) => <Server key={server} name={server} />);
createRoot(createPlace()).render(<StrictMode>{host.wrap ? host.wrap(chats) : chats}</StrictMode>);
