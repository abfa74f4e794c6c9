import { QueryClient } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import {
  AssistantsProvider,
  createAssistantsClient,
  type useDeleteThread,
  type UseToolCallsResult,
} from 'assistants-react';
import type { ReactNode } from 'react';
import { randomKey } from '../../src/common/randomKey.js';
import type { Driver, OpenDriver } from './script.js';

/** Parameters of a page. */
export interface PageOptions {
  threadId: string | undefined;
  transport: 'auto' | 'poll';
}

/** Result of the hook that a page calls. */
interface PageState {
  threadId: string | undefined;
  toolCalls: UseToolCallsResult;
  deletion: ReturnType<typeof useDeleteThread>;
}

/** Reads what a user would see from the result of the hook. */
interface PageReader<State> {
  getTexts: (state: State) => string[];
  isIdle: (state: State) => boolean;
  getProblem: (state: State) => string | undefined;
}

interface HookPage<State> {
  /** Returns the current result of the hook. */
  getState: () => State;
  /** Methods of the driver that are the same for all hooks. */
  driver: Omit<Driver, 'send' | 'stop' | 'loadOlder'>;
}

/** Creates a page that renders nothing but a hook. */
export function openHookPage<State extends PageState>(
  { options }: Parameters<OpenDriver>[0],
  useHook: (page: PageOptions) => State,
  reader: PageReader<State>,
): HookPage<State> {
  let page: ReturnType<typeof renderPage> | undefined;
  // All fixtures have the same ids. Without a scope of its own, a page would take the calls of another one for its own.
  const scope = randomKey();
  const renderPage = (pageOptions: PageOptions) => {
    const client = createAssistantsClient({ ...options, scope });
    const queryClient = new QueryClient();
    const wrapper = ({ children }: { children: ReactNode }) => (
      <AssistantsProvider client={client} queryClient={queryClient}>
        {children}
      </AssistantsProvider>
    );
    return renderHook(() => useHook(pageOptions), { wrapper });
  };
  const getState = () => {
    if (!page) throw new Error('No page is open.');
    return page.result.current;
  };
  const getTexts = () => reader.getTexts(getState());
  const isIdle = () => reader.isIdle(getState());
  const getProblem = () => reader.getProblem(getState());
  const until = (condition: () => boolean, description: string) =>
    waitFor(
      () => {
        if (!condition())
          throw new Error(
            `No ${description}: ${JSON.stringify([getTexts(), isIdle(), getProblem()])}`,
          );
      },
      { timeout: 60_000, onTimeout: (error) => error },
    );
  const findCall = () => getState().toolCalls.calls.find(({ state }) => state === 'needs-approval');

  const driver: HookPage<State>['driver'] = {
    async open({ threadId, transport = 'auto' }) {
      page?.unmount();
      page = renderPage({ threadId, transport });
    },
    getTexts,
    getThreadId: () => getState().threadId,
    isIdle,
    until,
    async approve() {
      await until(
        () => getProblem() !== undefined || findCall() !== undefined,
        'call that needs an approval',
      );
      const call = findCall();
      if (call) await act(() => getState().toolCalls.approve(call.id));
    },
    async deleteThread(threadId) {
      await act(() =>
        getState()
          .deletion.mutateAsync({ threadId })
          .catch(() => undefined),
      );
    },
    getProblem,
    close: () => page?.unmount(),
  };
  return { getState, driver };
}
