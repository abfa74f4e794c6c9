import { useMemo } from 'react';
import { AssistantsError } from '../client/AssistantsError.js';
import { applyRunMessages, type ConversationMessage } from '../core/conversation/buildRows.js';
import type { Conversation } from '../core/conversation/Conversation.js';
import type { OutgoingMessage } from '../core/conversation/OutboxItem.js';
import type { FollowedRunState } from '../core/run/FollowedRun.js';
import type { Tool } from './defineTool.js';
import type { Run, RunStep, RunToolCall, ToolOutput } from '../protocol/types.js';
import { useConversationRows, type ConversationHistory } from './useConversationRows.js';
import { useConversationState } from './useConversationState.js';
import { useConversationSummary, type ConversationSummary } from './useConversationSummary.js';
import { useConversationStore, type ConversationOptions } from './useConversationStore.js';
import { useFollowedRun } from './useFollowedRun.js';
import { useIsReconnecting } from './useIsReconnecting.js';
import { useFollowedToolCalls, type UseToolCallsResult } from './useToolCallsEngine.js';

/** Result of `useConversation`. Functions are the same in every render, except where noted. */
export interface UseConversationResult extends ConversationSummary {
  /**
   * All loaded messages of the thread, the messages of the outbox, and the message that the run writes, oldest first. Changes
   * with every frame while a message grows. A row that has not changed is the same object.
   */
  messages: ConversationMessage[];
  /**
   * True once the connection to the active run has been lost for a second, until the server responds again. The run is
   * followed on its own. Does not change `status`.
   */
  isReconnecting: boolean;
  /** Steps of `run`, oldest first. They grow while the run is streamed. Empty without a run. */
  steps: readonly RunStep[];
  /**
   * Reasoning of the model that the stream of `run` has shown last, with the id of its step, which may not exist yet. Its
   * `duration_ms` is null while the model reasons. Finished reasoning is part of the steps.
   */
  reasoning: FollowedRunState['reasoning'];
  /**
   * Function calls of `run` with their states, and the actions for them: approve, deny, provide a result, submit. Includes
   * calls that are answered by `tools`, and calls whose outputs were submitted.
   */
  toolCalls: UseToolCallsResult;
  /**
   * Function calls whose outputs the server waits for, as the API returns them in `required_action`. Empty unless `status` is
   * 'awaiting-tools'. Answer them with `submitToolOutputs` if you do not use `tools`.
   */
  pendingToolCalls: readonly RunToolCall[];
  /** Older messages, which are loaded on request. */
  history: ConversationHistory;
  /**
   * Sends a message and runs the assistant. Resolves when the message is in the outbox; later failures become the state of its
   * row. Rejects with kind 'busy' if `onBusy` is 'reject' and a run is active.
   */
  send: (outgoing: OutgoingMessage) => Promise<void>;
  /** Adds a message without a run. Resolves and rejects like `send`. */
  addMessage: (outgoing: OutgoingMessage) => Promise<void>;
  /**
   * Submits the outputs of all `pendingToolCalls`. Resolves when the server has accepted them, and rejects with an
   * AssistantsError otherwise. Changes its identity with every render.
   */
  submitToolOutputs: (outputs: ToolOutput[]) => Promise<void>;
  /** Cancels the active run, or the run of the message that is being sent. Rejects with an AssistantsError. */
  stop: () => Promise<void>;
  /** Stops following the run without cancelling it. */
  detach: () => void;
  /** Sends a failed message again. If the message is stored already, only its run is created. */
  retry: (key: string) => void;
  /**
   * Deletes the last answer and runs the assistant again. Does nothing while a run is active, and without an
   * assistant. Rejects with an AssistantsError.
   */
  regenerate: () => Promise<void>;
  /**
   * Continues in a new thread with copies of the messages up to this row. `edited` is sent in place of the message of the row.
   * Rejects with an AssistantsError.
   */
  fork: (key: string, edited?: OutgoingMessage) => Promise<void>;
  /** Removes a message that is queued or has failed. */
  discard: (key: string) => void;
}

const NO_CALLS: readonly RunToolCall[] = [];
const NO_TOOLS: readonly Tool[] = [];

/**
 * Manages a conversation with an assistant: its messages, its runs and its tool calls. Renders at most once for each frame
 * while an answer is streamed.
 *
 * @example
 * ```tsx
 * import { getMessageText, useConversation } from 'assistants-react';
 *
 * export function Chat({ assistantId }: { assistantId: string }) {
 *   const { messages, send, canStop } = useConversation({ assistantId });
 *   return (
 *     <>
 *       {messages.map(({ key, message }) => (
 *         <p key={key}>{getMessageText(message)}</p>
 *       ))}
 *       <button type="button" disabled={canStop} onClick={() => void send('Hello')}>
 *         Say hello
 *       </button>
 *     </>
 *   );
 * }
 * ```
 */
export function useConversation({
  tools = NO_TOOLS,
  toolOptions,
  ...options
}: ConversationOptions): UseConversationResult {
  const conversation = useConversationStore(options);
  const { followed } = useConversationState(conversation);
  const toolCalls = useFollowedToolCalls(followed, tools, toolOptions);
  const { messages, history } = useConversationMessages(conversation);
  const { run, steps, reasoning } = useFollowedRun(followed);

  return {
    ...useConversationSummary(conversation),
    messages,
    isReconnecting: useIsReconnecting(followed),
    steps,
    reasoning,
    toolCalls,
    pendingToolCalls: getPendingToolCalls(run),
    history,
    send: conversation.send,
    addMessage: conversation.addMessage,
    submitToolOutputs: (outputs) => submitToolOutputs(conversation, outputs),
    stop: conversation.stop,
    detach: conversation.detach,
    retry: conversation.retry,
    regenerate: conversation.regenerate,
    fork: conversation.fork,
    discard: conversation.discard,
  };
}

/** Returns the rows of a conversation with the newest snapshots of growing messages. Renders with every frame of growth. */
function useConversationMessages(conversation: Conversation) {
  const { rows, history } = useConversationRows(conversation);
  const { followed } = useConversationState(conversation);
  const runMessages = useFollowedRun(followed, (state) => state.messages);
  const messages = useMemo(() => applyRunMessages(rows, runMessages), [rows, runMessages]);
  return { messages, history };
}

function getPendingToolCalls(run: Run | undefined): readonly RunToolCall[] {
  if (run?.status !== 'requires_action') return NO_CALLS;
  return run.required_action?.submit_tool_outputs.tool_calls ?? NO_CALLS;
}

async function submitToolOutputs(conversation: Conversation, outputs: ToolOutput[]): Promise<void> {
  const { followed } = conversation.getState();
  if (!followed) throw new AssistantsError('run', 'No run waits for tool outputs.');
  await followed.submit(outputs);
}
