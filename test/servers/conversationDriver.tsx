import { QueryClient } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import {
  AssistantsProvider,
  createAssistantsClient,
  getMessageText,
  useConversation,
  useDeleteThread,
} from 'assistants-react';
import type { ReactNode } from 'react';
import { randomKey } from '../../src/common/randomKey.js';
import type { OpenDriver } from './script.js';
import { fixtureTools } from './tools.js';

const ASSISTANT = 'asst_fixture';

/** Drives a server with `useConversation`. */
export const openConversationDriver: OpenDriver = ({ options }) => {
  let page: ReturnType<typeof renderPage> | undefined;
  // All fixtures have the same ids. Without a scope of its own, a page would take the calls of another one for its own.
  const scope = randomKey();
  const renderPage = (threadId: string | undefined, transport: 'auto' | 'poll') => {
    const client = createAssistantsClient({ ...options, scope });
    const queryClient = new QueryClient();
    const wrapper = ({ children }: { children: ReactNode }) => (
      <AssistantsProvider client={client} queryClient={queryClient}>
        {children}
      </AssistantsProvider>
    );
    return renderHook(
      () => ({
        ...useConversation({ assistantId: ASSISTANT, threadId, transport, tools: fixtureTools }),
        deletion: useDeleteThread(),
      }),
      { wrapper },
    );
  };
  const getPage = () => {
    if (!page) throw new Error('No page is open.');
    return page.result.current;
  };
  const until = (condition: () => boolean, description: string) =>
    waitFor(
      () => {
        if (!condition()) throw new Error(`No ${description}: ${describe()}`);
      },
      { timeout: 60_000, onTimeout: (error) => error },
    );
  const describe = () => JSON.stringify([getPage().status, getTexts(), getPage().error?.message]);
  const getTexts = () => getPage().messages.map(({ message }) => getMessageText(message));
  const getProblem = () => {
    const { error, toolCalls, deletion } = getPage();
    return error?.message ?? toolCalls.error?.message ?? deletion.error?.message;
  };

  return {
    async open({ threadId, transport = 'auto' }) {
      page?.unmount();
      page = renderPage(threadId, transport);
    },
    send: (text) => act(() => getPage().send(text)),
    getTexts,
    getThreadId: () => getPage().threadId,
    isIdle: () => getPage().status === 'idle',
    until,
    async approve() {
      await until(
        () =>
          getProblem() !== undefined ||
          getPage().toolCalls.calls.some(({ state }) => state === 'needs-approval'),
        'a call that needs an approval',
      );
      const call = getPage().toolCalls.calls.find(({ state }) => state === 'needs-approval');
      if (call) await act(() => getPage().toolCalls.approve(call.id));
    },
    stop: () => act(() => getPage().stop()),
    async loadOlder() {
      await until(() => getPage().history.hasOlder, 'older messages');
      act(() => getPage().history.loadOlder());
    },
    async deleteThread(threadId) {
      await act(() =>
        getPage()
          .deletion.mutateAsync({ threadId })
          .catch(() => undefined),
      );
    },
    getProblem,
    close: () => page?.unmount(),
  };
};
