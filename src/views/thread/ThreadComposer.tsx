'use client';
import type { ReactElement } from 'react';
import { Composer, type ComposerProps } from '../../components/composer/Composer.js';
import { isSettled } from '../../protocol/runStatus.js';
import { useConversationState } from '../../hooks/useConversation.js';
import { useFollowedRun } from '../../hooks/useFollowedRun.js';
import { useThreadConversation } from './ThreadContext.js';

/** Writes to the thread; while an answer runs, it also stops it. Element: form, a `Composer`. */
export function ThreadComposer(props: Partial<ComposerProps>): ReactElement {
  const conversation = useThreadConversation();
  const { followed, outbox } = useConversationState(conversation);
  const isFollowing = useFollowedRun(followed, ({ phase, run }) => {
    const isOpen = phase === 'streaming' || phase === 'polling' || phase === 'waiting' || phase === 'connecting';
    return isOpen && !(run && isSettled(run.status));
  });
  const isRunning = isFollowing || outbox.some(({ state }) => state === 'sending');
  return (
    <Composer
      onSend={(text) => conversation.send(text).then(() => true)}
      onStop={() => void conversation.stop()}
      isRunning={isRunning}
      {...props}
    />
  );
}
