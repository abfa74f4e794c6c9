import { useMemo } from 'react';
import { AssistantsError } from '../client/AssistantsError.js';
import type { Message, Run, RunStep, RunToolCall, ToolOutput, Usage } from '../protocol/types.js';
import type { FollowedRunState } from '../core/run/followRun.js';
import { isFailedRun, isSuperseded } from '../core/conversation/runOutcome.js';
import { applyRunMessages, type ConversationMessage } from '../core/conversation/buildRows.js';
import type { Conversation } from '../core/conversation/Conversation.js';
import { isFollowing } from '../core/run/runPhase.js';
import type { OutgoingMessage } from '../core/conversation/OutboxItem.js';
import type { Tool } from '../core/tools/defineTool.js';
import { useConversationRows } from './useConversationRows.js';
import {
  useConversationState,
  useConversationStore,
  type ConversationOptions,
} from './useConversationStore.js';
import { useFollowedRun } from './useFollowedRun.js';
import { useToolCalls, type UseToolCallsResult } from './useToolCalls.js';

export type ConversationStatus =
  'idle' | 'loading' | 'sending' | 'queued' | 'running' | 'awaiting-tools' | 'cancelling' | 'error';

export interface UseConversationResult {
  threadId: string | undefined;
  /** What is stored, on its way, and growing; oldest first. A row that has not changed is the same object. */
  messages: ConversationMessage[];
  status: ConversationStatus;
  /** The active run, or the last one that was followed. */
  run: Run | undefined;
  steps: readonly RunStep[];
  /** What the run waits for, while it requires action. */
  pendingToolCalls: readonly RunToolCall[];
  /** Every function call of the run in its state, and what can be done about it. */
  toolCalls: UseToolCallsResult;
  usage: Usage | null;
  /** Of sending, following or loading; or of the run, as kind 'run'. */
  error: AssistantsError | undefined;
  history: { hasOlder: boolean; loadOlder: () => void; isLoadingOlder: boolean };
  send: (outgoing: OutgoingMessage) => Promise<void>;
  addMessage: (outgoing: OutgoingMessage) => Promise<void>;
  submitToolOutputs: (outputs: ToolOutput[]) => Promise<void>;
  stop: () => Promise<void>;
  detach: () => void;
  retry: (key: string) => void;
  regenerate: () => Promise<void>;
  fork: (key: string, edited?: OutgoingMessage) => Promise<void>;
  discard: (key: string) => void;
}

const NO_CALLS: readonly RunToolCall[] = [];
const NO_TOOLS: readonly Tool[] = [];

/** A whole conversation: its messages, its run, and what a person can do. Renders at most once a frame. */
export function useConversation({
  tools = NO_TOOLS,
  toolOptions,
  ...options
}: ConversationOptions): UseConversationResult {
  const store = useConversationStore(options);
  const calls = useToolCalls(store, tools, toolOptions);
  const { threadId, outbox, followed } = useConversationState(store);
  const { messages, history, query } = useConversationMessages(store);
  const state = useFollowedRun(followed);
  const { run, steps } = state;
  const failed = outbox.find((item) => item.error)?.error;
  const error = failed ?? runError(state, query.data) ?? query.error ?? undefined;
  const isSending = outbox.some((item) => item.state === 'sending');

  return {
    threadId,
    messages,
    status: conversationStatus(state, {
      isSending,
      isLoading: query.isLoading,
      hasError: error !== undefined,
    }),
    run,
    steps,
    pendingToolCalls: getPendingToolCalls(run),
    toolCalls: calls,
    usage: run?.usage ?? null,
    error,
    history,
    send: store.send,
    addMessage: store.addMessage,
    submitToolOutputs: (outputs) => submitToolOutputs(store, outputs),
    stop: store.stop,
    detach: store.detach,
    retry: store.retry,
    regenerate: store.regenerate,
    fork: store.fork,
    discard: store.discard,
  };
}

/** The messages of a conversation, and the older ones that can be loaded. Renders with every frame of growth. Source: listMessages. */
export function useConversationMessages(store: Conversation) {
  const { rows, history, query } = useConversationRows(store);
  const { followed } = useConversationState(store);
  const written = useFollowedRun(followed, (state) => state.messages);
  const messages = useMemo(() => applyRunMessages(rows, written), [rows, written]);
  return { messages, history, query };
}

/** One word for where a conversation stands. */
export function conversationStatus(
  followed: FollowedRunState,
  { isSending, isLoading, hasError }: { isSending: boolean; isLoading: boolean; hasError: boolean },
): ConversationStatus {
  if (isFollowing(followed)) {
    switch (followed.run?.status) {
      case undefined:
        return 'sending';
      case 'queued':
        return 'queued';
      case 'requires_action':
        return 'awaiting-tools';
      case 'cancelling':
        return 'cancelling';
      // A status that nobody knows is an active one.
      default:
        return 'running';
    }
  }
  if (isSending) return 'sending';
  if (hasError) return 'error';
  return isLoading ? 'loading' : 'idle';
}

/** The calls that a run waits for; empty unless it requires action. */
export function getPendingToolCalls(run: Run | undefined): readonly RunToolCall[] {
  return (
    (run?.status === 'requires_action' && run.required_action?.submit_tool_outputs.tool_calls) ||
    NO_CALLS
  );
}

/** Submits through the run that is being followed. */
export async function submitToolOutputs(store: Conversation, outputs: ToolOutput[]): Promise<void> {
  const { followed } = store.getState();
  if (!followed) throw new AssistantsError('run', 'There is no run that waits for tool outputs.');
  await followed.submit(outputs);
}

function runError(
  { phase, run, error }: FollowedRunState,
  stored: readonly Message[] | undefined,
): AssistantsError | undefined {
  if (phase === 'failed') return error;
  // What had ended when the thread was opened waits for the messages, which tell whether it still matters.
  if (!run?.last_error || !isFailedRun(run) || (phase === 'detached' && !stored)) return undefined;
  if (isSuperseded(run, stored?.at(-1))) return undefined;
  return new AssistantsError('run', run.last_error.message, {
    code: run.last_error.code,
    runId: run.id,
  });
}
