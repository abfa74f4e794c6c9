import { QueryClient } from '@tanstack/react-query';
import { act, fireEvent, render, waitFor } from '@testing-library/react';
import {
  AssistantsProvider,
  createAssistantsClient,
  ErrorNotice,
  ThreadView,
  useDeleteThread,
} from 'assistants-react';
import { useState, type ReactElement } from 'react';
import { randomKey } from '../../src/common/randomKey.js';
import type { OpenDriver } from './script.js';
import { fixtureTools } from './tools.js';

interface PageProps {
  initialThreadId: string | undefined;
  transport: 'auto' | 'poll';
  onThreadId: (threadId: string | undefined) => void;
}

/** A page with a thread and a button that deletes it. */
function Page({ initialThreadId, transport, onThreadId }: PageProps): ReactElement {
  const [threadId, setThreadId] = useState(initialThreadId);
  const deletion = useDeleteThread();
  return (
    <>
      <ThreadView
        assistantId="asst_fixture"
        threadId={threadId}
        transport={transport}
        tools={fixtureTools}
        onThreadIdChange={(id) => {
          onThreadId(id);
          setThreadId(id);
        }}
      />
      <button
        type="button"
        data-test="delete"
        onClick={() => deletion.mutate({ threadId: threadId ?? '' })}
      >
        Delete
      </button>
      {deletion.error && <ErrorNotice error={deletion.error} />}
    </>
  );
}

const selectAll = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];

function click(element: HTMLElement | undefined): void {
  if (!element) throw new Error(`The element to click is missing: ${document.body.textContent}`);
  act(() => element.click());
}

const findButton = (part: string, text: RegExp) =>
  selectAll(`${part} button`).find(
    (button) => text.test(button.textContent) || text.test(button.ariaLabel ?? ''),
  );

/** Drives a server with the page that users see. */
export const openThreadViewDriver: OpenDriver = ({ options }) => {
  // All fixtures have the same ids. Without a scope of its own, a page would take the calls of another one for its own.
  const scope = randomKey();
  let threadId: string | undefined;
  let page: ReturnType<typeof render> | undefined;

  const getTexts = () =>
    selectAll('article[data-part="message"]').map((message) =>
      [...message.querySelectorAll('[data-part="message-text"]')]
        .map((text) => text.textContent)
        .join(''),
    );
  const getProblem = () =>
    selectAll('[data-part="error-message"], [data-part="field-error"]')[0]?.textContent;
  const until = (condition: () => boolean, description: string) =>
    waitFor(
      () => {
        if (!condition()) throw new Error(`No ${description}: ${document.body.textContent}`);
      },
      { timeout: 60_000, onTimeout: (error) => error },
    );

  return {
    async open({ threadId: initialThreadId, transport = 'auto' }) {
      page?.unmount();
      sessionStorage.clear();
      threadId = initialThreadId;
      page = render(
        <AssistantsProvider
          client={createAssistantsClient({ ...options, scope })}
          queryClient={new QueryClient()}
        >
          <Page
            initialThreadId={initialThreadId}
            transport={transport}
            onThreadId={(id) => {
              threadId = id;
            }}
          />
        </AssistantsProvider>,
      );
    },
    async send(text) {
      const [field] = selectAll('[data-part="composer"] textarea');
      if (!field) throw new Error('The composer is missing.');
      fireEvent.change(field, { target: { value: text } });
      fireEvent.keyDown(field, { key: 'Enter' });
      await until(() => getTexts().includes(text), 'message of the user');
    },
    getTexts,
    getThreadId: () => threadId,
    isIdle: () => findButton('[data-part="thread"]', /^Stop/) === undefined,
    until,
    async approve() {
      const findApproval = () => findButton('[data-part="tool-approval"]', /^Allow/);
      await until(
        () => getProblem() !== undefined || findApproval() !== undefined,
        'call that needs an approval',
      );
      const button = findApproval();
      if (button) click(button);
    },
    async stop() {
      click(findButton('[data-part="thread"]', /^Stop/));
    },
    async loadOlder() {
      const findLoadButton = () => findButton('[data-part="load-older"]', /older/);
      await until(() => findLoadButton() !== undefined, 'button for older messages');
      click(findLoadButton());
    },
    async deleteThread() {
      click(selectAll('[data-test="delete"]')[0]);
    },
    getProblem,
    close: () => page?.unmount(),
  };
};
