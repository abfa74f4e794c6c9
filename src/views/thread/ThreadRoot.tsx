'use client';
import { useMemo, type ReactElement } from 'react';
import { useConversationTexts } from '../../components/i18n/TextsContext.js';
import { Announcer } from '../../components/run/Announcer.js';
import { getMessageText } from '../../components/message/getMessageText.js';
import { createPart, type PartProps } from '../../components/part.js';
import { isRunning } from '../../core/run/runPhase.js';
import {
  useConversationState,
  useConversationStore,
  type ConversationOptions,
} from '../../hooks/useConversationStore.js';
import type { Tool } from '../../core/tools/defineTool.js';
import { useFollowedRun } from '../../hooks/useFollowedRun.js';
import { useToolCalls } from '../../hooks/useToolCalls.js';
import type { FollowedRunState } from '../../core/run/followRun.js';
import {
  MessageActionsContext,
  type MessageActionsOptions,
} from './messages/MessageActionsContext.js';
import { moveBetweenRegions } from './moveBetweenRegions.js';
import { ThreadContext, ThreadToolCallsContext } from './ThreadContext.js';

/** Props of `Thread.Root`. */
export interface ThreadRootProps
  extends
    ConversationOptions,
    MessageActionsOptions,
    Omit<PartProps<'section'>, keyof ConversationOptions> {}

/**
 * Holds the conversation of a thread for the parts inside, runs its tools, and announces answers to assistive technology. Element: section.
 * `data-status` is the status of the run. F6 leads from the messages to the field, and back.
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
  children,
  ...props
}: ThreadRootProps): ReactElement | null {
  const texts = useConversationTexts();
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
  const toolCalls = useToolCalls(conversation, tools, toolOptions);
  const { followed } = useConversationState(conversation);
  const status = useFollowedRun(followed, (state) => state.run?.status);
  const isBusy = useFollowedRun(followed, isRunning);
  const answer = useFollowedRun(followed, wholeAnswer);
  const hasFailed = useFollowedRun(followed, isFailedRun);
  const actions = useMemo(() => ({ onFeedback, renderActions }), [onFeedback, renderActions]);
  const content = (
    <ThreadContext value={conversation}>
      <MessageActionsContext value={actions}>
        <ThreadToolCallsContext value={toolCalls}>{children}</ThreadToolCallsContext>
      </MessageActionsContext>
      <Announcer
        isAnswering={isBusy}
        answer={answer}
        error={hasFailed ? texts.announce.failed : undefined}
      />
    </ThreadContext>
  );
  return createPart(
    {
      tag: 'section',
      name: 'thread',
      state: { status },
      own: { children: content, onKeyDown: moveBetweenRegions },
    },
    props,
  );
}

const NO_TOOLS: readonly Tool[] = [];

function isFailedRun({ phase, run }: FollowedRunState): boolean {
  return phase === 'settled' && (run?.status === 'failed' || run?.status === 'expired');
}

/** What is read out, once the run has ended: nothing of it changes with every token. */
function wholeAnswer({ phase, messages }: FollowedRunState): string {
  return phase === 'settled' ? messages.map(getMessageText).join('\n') : '';
}
