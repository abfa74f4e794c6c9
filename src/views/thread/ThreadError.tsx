'use client';
import { useEffect, useRef, type ReactElement } from 'react';
import type { ErrorNoticeProps } from '../../components/feedback/ErrorNoticeFrame.js';
import { useTexts } from '../../components/i18n/useTexts.js';
import { outboxReader } from '../../core/conversation/outboxReader.js';
import { useThreadMessages } from '../../hooks/operations/messages.js';
import { useNewestRun } from '../../hooks/useActiveRun.js';
import { useConnectionReturn } from '../../hooks/useConnectionReturn.js';
import { useConversationState } from '../../hooks/useConversationState.js';
import { useFollowedRun } from '../../hooks/useFollowedRun.js';
import { useLazyModule } from '../../hooks/useLazyModule.js';
import { threadFiles } from './messages/threadFiles.js';
import { stopConversation } from './stopConversation.js';
import { useThreadConversation } from './ThreadContext.js';
import { canUseFiles } from './tools/canCallTools.js';
import { ThreadErrorNotice } from './ThreadErrorNotice.js';

/** Props of `Thread.Error`. */
export type ThreadErrorProps = Omit<ErrorNoticeProps, 'error'>;

/**
 * Error of loading the messages, following or stopping the run, or loading components, with a button to try again, or to start a
 * new conversation if the thread no longer exists. After a network error it tries again automatically once the server can be
 * reached. Messages that could not be sent show their own error.
 *
 * Element: div, an `ErrorNotice`.
 * Data attributes: `data-kind`, `data-reason`.
 * Context: `Thread.Root`.
 */
export function ThreadError(props: ThreadErrorProps): ReactElement | null {
  const texts = useTexts();
  const conversation = useThreadConversation();
  const { threadId, followed } = useConversationState(conversation);
  const query = useThreadMessages({ threadId }, { select: selectNothing });
  const { data: newestRun } = useNewestRun(threadId);
  // A run that could not be created is reported at the message that starts it.
  const runError = useFollowedRun(followed, ({ phase, run, error, stopError }) =>
    phase === 'failed' && (run || followed?.isAdopted) ? error : stopError,
  );
  const files = useLazyModule(threadFiles, useFollowedRun(followed, canUseFiles));

  const unsent = useLazyModule(outboxReader, false);

  const error = query.error ?? runError ?? files.error ?? unsent.error;
  const retryRun = (): void => {
    const { phase, run = newestRun } = followed?.getState() ?? {};
    if (phase !== 'failed') stopConversation(conversation);
    else if (run) conversation.adopt(run);
  };
  const retry = (): void => {
    if (query.error) void query.refetch();
    else if (runError) retryRun();
    else if (files.error) void threadFiles.load();
    else void outboxReader.load();
  };
  const isConnected = useConnectionReturn(conversation, error);
  const latestRetry = useRef(retry);
  useEffect(() => {
    latestRetry.current = retry;
  });
  useEffect(() => {
    if (isConnected) latestRetry.current();
  }, [isConnected]);
  if (!error) return null;
  const isThreadGone =
    (error.status === 404 && error.kind === 'http') || error.kind === 'invalid-id';
  const action = isThreadGone
    ? { onRetry: conversation.startOver, retryLabel: texts.error.startOver }
    : { onRetry: retry };
  return <ThreadErrorNotice error={error} {...action} {...props} />;
}

/** Selects no data: the part needs the error only, and must not render with every change of the messages. */
function selectNothing(): undefined {
  return undefined;
}
