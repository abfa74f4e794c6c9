import { act } from '@testing-library/react';
import {
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
import { startTransition, useEffect, useState } from 'react';
import { openHookPage, type PageOptions } from './openHookPage.js';
import type { OpenDriver } from './script.js';
import { fixtureTools } from './tools.js';

const ASSISTANT = 'asst_fixture';

/** Returns the run of a page: streamed with `followRun`, or polled with `useRun`. A run that another page has started, too. */
function usePageRun({ threadId: initialThreadId, transport }: PageOptions) {
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
export const openHooksDriver: OpenDriver = (fixture) => {
  const { driver, getState } = openHookPage(fixture, useChat, {
    getTexts: ({ texts }) => texts,
    isIdle: ({ isIdle }) => isIdle,
    getProblem: ({ error }) => error?.message,
  });
  return {
    ...driver,
    send: (text) => act(() => getState().send(text)),
    async stop() {
      await act(() =>
        getState()
          .cancel()
          .catch(() => undefined),
      );
    },
    async loadOlder() {
      await driver.until(() => getState().list.hasNextPage, 'older messages');
      await act(() => getState().list.fetchNextPage());
    },
  };
};
