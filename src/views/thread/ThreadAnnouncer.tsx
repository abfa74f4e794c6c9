'use client';
import type { ReactElement } from 'react';
import { useTexts } from '../../components/i18n/useTexts.js';
import { getMessageText } from '../../components/message/getMessageText.js';
import { Announcer } from '../../components/run/Announcer.js';
import type { FollowedRunState } from '../../core/run/FollowedRun.js';
import { isRunning } from '../../core/run/runPhase.js';
import { useConversationState } from '../../hooks/useConversationState.js';
import { useFollowedRun } from '../../hooks/useFollowedRun.js';
import { useThreadConversation } from './ThreadContext.js';

/** Announces the answers of the thread to assistive technology. Element: div, an `Announcer`. Context: `Thread.Root`. */
export function ThreadAnnouncer(): ReactElement {
  const texts = useTexts();
  const { followed } = useConversationState(useThreadConversation());
  const isAnswering = useFollowedRun(followed, isRunning);
  const answer = useFollowedRun(followed, getSettledAnswer);
  const hasFailed = useFollowedRun(followed, hasFailedOrExpired);
  return (
    <Announcer
      isAnswering={isAnswering}
      answer={answer}
      error={hasFailed ? texts.announce.failed : undefined}
    />
  );
}

function hasFailedOrExpired({ phase, run }: FollowedRunState): boolean {
  return phase === 'settled' && (run?.status === 'failed' || run?.status === 'expired');
}

/** Returns the text of a settled answer. Before that it is empty, so that streamed tokens do not render the announcer. */
function getSettledAnswer({ phase, messages }: FollowedRunState): string {
  return phase === 'settled' ? messages.map(getMessageText).join('\n') : '';
}
