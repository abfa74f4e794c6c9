import { useMemo } from 'react';
import type { AssistantsError } from '../client/AssistantsError.js';
import type { Conversation } from '../core/conversation/Conversation.js';
import {
  getConversationStatus,
  getRunError,
  type ConversationStatus,
} from '../core/conversation/conversationStatus.js';
import { isFollowing } from '../core/run/runPhase.js';
import type { Run, Usage } from '../protocol/types.js';
import { getNewestMessage } from '../queries/cache/messagePages.js';
import { useThreadMessages } from './operations/messages.js';
import { useConversationState } from './useConversationState.js';
import { useFollowedRun } from './useFollowedRun.js';

/** State of a conversation without its messages. The same object until a member changes. */
export interface ConversationSummary {
  /** Id of the thread. Undefined until the first message has created the thread. */
  threadId: string | undefined;
  /** Status of the conversation in one word, for indicators and buttons. */
  status: ConversationStatus;
  /** True while `stop` has something to stop: the status is 'sending', 'queued', 'running' or 'awaiting-tools'. */
  canStop: boolean;
  /** The active run, or the last one that was followed. Undefined before the first run. */
  run: Run | undefined;
  /** Tokens that `run` has used. Null until the run has ended, and on servers that do not report usage. */
  usage: Usage | null;
  /**
   * The first failed message of the outbox; otherwise the failure of the run (kind 'run'), of following it, or of loading the
   * messages. Undefined if there is none. The failure of an earlier run disappears when newer messages are in the thread.
   */
  error: AssistantsError | undefined;
}

/** Returns the state of a conversation. Does not render while a message grows. Source: listMessages. */
export function useConversationSummary(conversation: Conversation): ConversationSummary {
  const { threadId, outbox, followed } = useConversationState(conversation);
  const phase = useFollowedRun(followed, (state) => state.phase);
  const run = useFollowedRun(followed, (state) => state.run);
  const followError = useFollowedRun(followed, (state) => state.error);
  const query = useThreadMessages({ threadId }, { select: getNewestMessage });
  const { data: newest, dataUpdatedAt, isLoading } = query;
  const isLoaded = dataUpdatedAt > 0;
  const runError = useMemo(
    () => getRunError({ phase, run, error: followError }, { newest, isLoaded }),
    [phase, run, followError, newest, isLoaded],
  );
  const sendError = outbox.find((item) => item.error)?.error;
  const error = sendError ?? runError ?? query.error ?? undefined;
  const isSending = outbox.some(({ state }) => state === 'sending' || state === 'queued');
  const hasError = error !== undefined;
  const status = getConversationStatus({ phase, run }, { isSending, isLoading, hasError });
  const canStop = (isSending || isFollowing({ phase })) && status !== 'cancelling';
  const usage = run?.usage ?? null;
  return useMemo(
    () => ({ threadId, status, canStop, run, usage, error }),
    [threadId, status, canStop, run, usage, error],
  );
}
