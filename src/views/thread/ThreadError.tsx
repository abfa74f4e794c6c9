'use client';
import type { ReactElement } from 'react';
import { ErrorNotice, type ErrorNoticeProps } from '../../components/feedback/ErrorNotice.js';
import { useConversationTexts } from '../../components/i18n/TextsContext.js';
import { useLazyModule } from '../../hooks/useLazyModule.js';
import { useThreadMessages } from '../../hooks/operations/messages.js';
import { useConversationState } from '../../hooks/useConversationStore.js';
import { useFollowedRun } from '../../hooks/useFollowedRun.js';
import { canUseFiles } from './tools/canCallTools.js';
import { useThreadConversation } from './ThreadContext.js';
import { fileParts } from './messages/useMessageParts.js';

/**
 * What keeps the thread from being shown or followed, and what to do: load again, look again at the run, fetch again what shows
 * files, or begin a new thread where this one is gone. A message that could not be sent says so itself. Element: div, an `ErrorNotice`.
 */
export function ThreadError(props: Omit<ErrorNoticeProps, 'error'>): ReactElement | null {
  const texts = useConversationTexts();
  const conversation = useThreadConversation();
  const { threadId, followed } = useConversationState(conversation);
  const query = useThreadMessages({ threadId }, { select: nothing });
  const following = useFollowedRun(followed, (state) =>
    state.phase === 'failed' && state.run ? state : undefined,
  );
  const parts = useLazyModule(fileParts, useFollowedRun(followed, canUseFiles));

  const error = query.error ?? following?.error ?? parts.error;
  if (!error) return null;
  const isGone = error.status === 404 || error.kind === 'invalid-id';
  const lookAgain = () => {
    if (query.error) void query.refetch();
    else if (following?.run) conversation.adopt(following.run);
    else void fileParts.fetch();
  };
  const action = isGone
    ? { onRetry: conversation.startOver, retryLabel: texts.error.startOver }
    : { onRetry: lookAgain };
  return <ErrorNotice error={error} {...action} {...props} />;
}

/** What has failed is asked, not what was found. */
function nothing(): undefined {
  return undefined;
}
