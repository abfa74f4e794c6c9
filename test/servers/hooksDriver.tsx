import { QueryClient } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import {
  AssistantsProvider,
  createAssistantsClient,
  followRun,
  getMessageText,
  isActive,
  useActiveRun,
  useAssistantsClient,
  useCancelRun,
  useCreateMessage,
  useCreateRun,
  useCreateThreadAndRun,
  useDeleteThread,
  useFollowedRun,
  useRun,
  useThreadMessages,
  useToolCalls,
  type FollowedRun,
  type RunTarget,
} from 'assistants-react';
import { startTransition, useEffect, useState, type ReactNode } from 'react';
import { randomKey } from '../../src/common/randomKey.js';
import type { OpenDriver } from './script.js';
import { fixtureTools } from './tools.js';

const ASSISTANT = 'asst_fixture';

interface PageOptions {
  initialThreadId: string | undefined;
  transport: 'auto' | 'poll';
}

/** Returns the run of a page: streamed with `followRun`, or polled with `useRun`. A run that another page has started, too. */
function usePageRun({ initialThreadId, transport }: PageOptions) {
  const client = useAssistantsClient();
  const [ids, setIds] = useState<{ threadId?: string | undefined; runId?: string }>({
    threadId: initialThreadId,
  });
  const [followed, setFollowed] = useState<FollowedRun>();
  const state = useFollowedRun(followed);
  const threadId = ids.threadId ?? state.run?.thread_id;
  const active = useActiveRun({ threadId: initialThreadId });
  const adoptedId = transport === 'poll' ? active.data?.id : undefined;
  const polled = useRun({ threadId, runId: ids.runId ?? adoptedId });
  const follow = (target: RunTarget) => setFollowed(followRun(client, target));
  const activeId = active.data?.id;
  useEffect(() => {
    if (transport === 'poll' || initialThreadId === undefined || activeId === undefined) return;
    const adopted = followRun(client, { threadId: initialThreadId, runId: activeId });
    startTransition(() => setFollowed(adopted));
  }, [client, transport, initialThreadId, activeId]);
  useEffect(() => () => followed?.detach(), [followed]);
  const isFollowing = followed !== undefined && !['settled', 'failed'].includes(state.phase);
  const isBusy =
    isFollowing || active.isFetching || (polled.data && isActive(polled.data.status)) === true;
  const error = (state.phase === 'failed' ? state.error : undefined) ?? polled.error;
  return { threadId, state, polled, follow, followed, setIds, isBusy, error };
}

/** A chat that is built of single hooks. */
function useChat(options: PageOptions) {
  const pageRun = usePageRun(options);
  const { threadId, state, follow, followed, polled, setIds } = pageRun;
  const list = useThreadMessages({ threadId });
  const toolCalls = useToolCalls(followed ?? polled.data, fixtureTools);
  const createThreadAndRun = useCreateThreadAndRun();
  const createMessage = useCreateMessage();
  const createRun = useCreateRun();
  const cancelRun = useCancelRun();
  const deletion = useDeleteThread();

  const { refetch } = list;
  const isSettled = state.phase === 'settled';
  // The messages of a followed run are not in the list: the next run replaces them.
  useEffect(() => {
    if (isSettled) void refetch();
  }, [isSettled, refetch]);
  const stored = list.data ?? [];
  const grown = state.messages.filter(({ id }) => !stored.some((message) => message.id === id));
  const current = stored.map(
    (message) => state.messages.find(({ id }) => id === message.id) ?? message,
  );
  const mutations = [createThreadAndRun, createMessage, createRun, cancelRun, deletion];

  async function send(text: string): Promise<void> {
    const isPolled = options.transport === 'poll';
    const message = { role: 'user' as const, content: text };
    const body = { assistant_id: ASSISTANT };
    if (threadId === undefined) {
      const params = { body: { ...body, thread: { messages: [message] } } };
      if (!isPolled) return follow({ createThreadAndRun: params });
      const run = await createThreadAndRun.mutateAsync(params);
      return setIds({ threadId: run.thread_id, runId: run.id });
    }
    await createMessage.mutateAsync({ threadId, body: message });
    if (!isPolled) return follow({ createRun: { threadId, body } });
    const run = await createRun.mutateAsync({ threadId, body });
    return setIds({ threadId, runId: run.id });
  }

  return {
    threadId,
    list,
    toolCalls,
    deletion,
    send,
    cancel: () =>
      cancelRun.mutateAsync({
        threadId: threadId ?? '',
        runId: state.run?.id ?? polled.data?.id ?? '',
      }),
    texts: [...current, ...grown].map(getMessageText),
    isIdle: !pageRun.isBusy && !list.isFetching && mutations.every(({ isPending }) => !isPending),
    error:
      pageRun.error ??
      list.error ??
      toolCalls.error ??
      mutations.find(({ error }) => error)?.error ??
      undefined,
  };
}

/** Drives a server with single hooks: queries, mutations, `followRun`, `useToolCalls`. */
export const openHooksDriver: OpenDriver = ({ options }) => {
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
    return renderHook(() => useChat(pageOptions), { wrapper });
  };
  const getPage = () => {
    if (!page) throw new Error('No page is open.');
    return page.result.current;
  };
  const until = (condition: () => boolean, description: string) =>
    waitFor(
      () => {
        const { texts, isIdle, error } = getPage();
        if (!condition())
          throw new Error(`No ${description}: ${JSON.stringify([texts, isIdle, error?.message])}`);
      },
      { timeout: 60_000, onTimeout: (error) => error },
    );
  const findCall = () => getPage().toolCalls.calls.find(({ state }) => state === 'needs-approval');

  return {
    async open({ threadId, transport = 'auto' }) {
      page?.unmount();
      page = renderPage({ initialThreadId: threadId, transport });
    },
    send: (text) => act(() => getPage().send(text)),
    getTexts: () => getPage().texts,
    getThreadId: () => getPage().threadId,
    isIdle: () => getPage().isIdle,
    until,
    async approve() {
      await until(
        () => getPage().error !== undefined || findCall() !== undefined,
        'a call that needs an approval',
      );
      const call = findCall();
      if (call) await act(() => getPage().toolCalls.approve(call.id));
    },
    async stop() {
      await act(() =>
        getPage()
          .cancel()
          .catch(() => undefined),
      );
    },
    async loadOlder() {
      await until(() => getPage().list.hasNextPage, 'older messages');
      await act(() => getPage().list.fetchNextPage());
    },
    async deleteThread(threadId) {
      await act(() =>
        getPage()
          .deletion.mutateAsync({ threadId })
          .catch(() => undefined),
      );
    },
    getProblem: () => getPage().error?.message,
    close: () => page?.unmount(),
  };
};
