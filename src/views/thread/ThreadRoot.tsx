'use client';
import { useEffect, useImperativeHandle, useMemo, type ReactElement, type Ref } from 'react';
import { createPart, type PartProps } from '../../components/part.js';
import type { Tool } from '../../hooks/defineTool.js';
import { useConversationState } from '../../hooks/useConversationState.js';
import {
  useConversationStore,
  type ConversationOptions,
} from '../../hooks/useConversationStore.js';
import { useAssistantsClient } from '../../hooks/useAssistantsClient.js';
import { useFollowedRun } from '../../hooks/useFollowedRun.js';
import { useFollowedToolCalls } from '../../hooks/useToolCallsEngine.js';
import type { Run } from '../../protocol/types.js';
import {
  MessageActionsContext,
  type MessageActionsOptions,
} from './messages/MessageActionsContext.js';
import { moveBetweenRegions } from './moveBetweenRegions.js';
import { ThreadAnnouncer } from './ThreadAnnouncer.js';
import { createThreadNavigation } from './createThreadNavigation.js';
import {
  HasAssistantContext,
  ShowsReasoningContext,
  ThreadContext,
  ThreadNavigationContext,
  ThreadToolCallsContext,
} from './ThreadContext.js';
import type { ThreadNavigation } from './ThreadNavigation.js';

/** State of `Thread.Root`. */
export interface ThreadRootState {
  /** Status of the active or last run. Undefined before the first run. */
  status: Run['status'] | undefined;
}

/** Props of `Thread.Root`. */
export interface ThreadRootProps
  extends
    ConversationOptions,
    MessageActionsOptions,
    ThreadNavigationOptions,
    ReasoningOptions,
    Omit<PartProps<'section', ThreadRootState>, keyof ConversationOptions> {}

/** Options for the reasoning in a thread. */
export interface ReasoningOptions {
  /** False to show no reasoning of the model. @default true */
  showReasoning?: boolean | undefined;
}

/** Navigation in a thread. */
export interface ThreadNavigationOptions {
  /** Message to scroll to when the thread opens, instead of its end. Without such a message, the end stays in view. */
  initialMessageId?: string | undefined;
  /** Receives the navigation of the thread, to scroll to a message from outside. */
  navigationRef?: Ref<ThreadNavigation> | undefined;
}

const NO_TOOLS: readonly Tool[] = [];

/**
 * Container that provides the conversation of a thread to the parts inside. It runs the tools, announces answers to
 * assistive technology, and moves the focus between messages and composer with F6.
 *
 * Element: section.
 * Data attributes: `data-status`, the status of the run.
 * Context: `AssistantsProvider`.
 *
 * @example
 * ```tsx
 * import { Thread } from 'assistants-react';
 *
 * export function Chat({ assistantId }: { assistantId: string }) {
 *   return (
 *     <Thread.Root assistantId={assistantId}>
 *       <Thread.Messages empty={<Thread.Empty />}>
 *         <Thread.Reasoning />
 *         <Thread.ToolOutputs />
 *         <Thread.Status />
 *         <Thread.Error />
 *       </Thread.Messages>
 *       <Thread.Composer />
 *       <Thread.Search />
 *     </Thread.Root>
 *   );
 * }
 * ```
 */
export function ThreadRoot({
  assistantId,
  threadId,
  tools = NO_TOOLS,
  toolOptions,
  transport,
  onBusy,
  runOptions,
  onThreadIdChange,
  onThreadCreated,
  onRunSettled,
  onError,
  onFeedback,
  renderActions,
  initialMessageId,
  navigationRef,
  showReasoning = true,
  children,
  ...props
}: ThreadRootProps): ReactElement | null {
  const conversation = useConversationStore({
    assistantId,
    threadId,
    transport,
    onBusy,
    runOptions,
    onThreadIdChange,
    onThreadCreated,
    onRunSettled,
    onError,
  });
  const { followed } = useConversationState(conversation);
  const toolCalls = useFollowedToolCalls(followed, tools, toolOptions);
  const status = useFollowedRun(followed, ({ run }) => run?.status);
  const actions = useMemo(() => ({ onFeedback, renderActions }), [onFeedback, renderActions]);
  const client = useAssistantsClient();
  const navigation = useMemo(
    () => createThreadNavigation(client, conversation),
    [client, conversation],
  );
  useImperativeHandle(navigationRef, () => navigation, [navigation]);
  useEffect(() => {
    const controller = new AbortController();
    if (initialMessageId !== undefined)
      // `Thread.Error` shows why messages could not be loaded.
      navigation.scrollToMessage(initialMessageId, controller).catch(() => undefined);
    return () => controller.abort();
  }, [navigation, initialMessageId]);
  const content = (
    <ThreadContext value={conversation}>
      <MessageActionsContext value={actions}>
        <ThreadToolCallsContext value={toolCalls}>
          <ThreadNavigationContext value={navigation}>
            <ShowsReasoningContext value={showReasoning}>
              <HasAssistantContext value={Boolean(assistantId)}>{children}</HasAssistantContext>
            </ShowsReasoningContext>
          </ThreadNavigationContext>
        </ThreadToolCallsContext>
      </MessageActionsContext>
      <ThreadAnnouncer />
    </ThreadContext>
  );
  return createPart(
    {
      tag: 'section',
      name: 'thread',
      state: { status },
      defaultProps: { children: content, onKeyDown: moveBetweenRegions },
    },
    props,
  );
}
