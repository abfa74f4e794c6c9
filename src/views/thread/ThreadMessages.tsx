'use client';
import { useEffect, useMemo, useState, type ReactElement, type ReactNode } from 'react';
import { Loading } from '../../components/feedback/Loading.js';
import { LoadOlder } from '../../components/feedback/LoadOlder.js';
import { JumpToLatest } from '../../components/feedback/JumpToLatest.js';
import { useTexts } from '../../components/i18n/TextsContext.js';
import { MessageList, type MessageRow, type PlacedRow } from '../../components/message/MessageList.js';
import { createPart, type PartProps } from '../../components/part.js';
import type { ConversationMessage } from '../../hooks/conversation/conversationRows.js';
import { useConversationMessages } from '../../hooks/useConversation.js';
import { useStickToBottom } from '../../hooks/useStickToBottom.js';
import { useThreadConversation } from './ThreadContext.js';
import { ThreadMessage } from './ThreadMessage.js';

/** Props of `Thread.Messages`. */
export interface ThreadMessagesProps extends PartProps<'div'> {
  /** What stands where nothing has been said yet. */
  empty?: ReactNode;
  /** Shows a message in your own way. @default a `Message` with its actions */
  renderMessage?: (row: PlacedRow) => ReactNode;
  /** Stands under the newest message and scrolls with it: status, steps, tool outputs. */
  children?: ReactNode;
}

/**
 * The messages of the thread. Follows new text until the reader scrolls up; older messages are loaded on demand and keep
 * the reader's place. Element: div, around the element that scrolls. `data-following`.
 */
export function ThreadMessages({ empty, renderMessage, children, ...props }: ThreadMessagesProps): ReactElement | null {
  const texts = useTexts();
  const conversation = useThreadConversation();
  const { messages, history, query } = useConversationMessages(conversation);
  const { scrollRef, contentRef, isFollowing, jumpToLatest } = useStickToBottom();
  const rows = useMemo(() => messages.map(toRow), [messages]);
  const errors = useMemo(() => new Map(messages.map(({ key, error }) => [key, error])), [messages]);
  const unseen = useUnseen(messages, isFollowing);

  // What a person sends, they want to see.
  const lastSent = messages.findLast(({ state }) => state === 'sending' || state === 'queued')?.key;
  useEffect(() => {
    if (lastSent !== undefined) jumpToLatest();
  }, [lastSent, jumpToLatest]);

  const render = (row: PlacedRow) =>
    renderMessage ? renderMessage(row) : <ThreadMessage key={row.key} row={row} error={errors.get(row.key)} />;
  const content = (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must scroll by keyboard */}
      <section ref={scrollRef} data-part="thread-scroll" aria-label={texts.message.list} tabIndex={0}>
        <div ref={contentRef} data-part="thread-content">
          {query.isLoading && <Loading />}
          {rows.length === 0 && !query.isLoading && !query.isError && empty}
          <MessageList
            rows={rows}
            renderMessage={render}
            before={<LoadOlder hasOlder={history.hasOlder} isLoading={history.isLoadingOlder} onLoad={history.loadOlder} />}
            after={children}
          />
        </div>
      </section>
      {!isFollowing && <JumpToLatest count={unseen} onClick={jumpToLatest} />}
    </>
  );
  return createPart({ tag: 'div', name: 'thread-messages', state: { following: isFollowing }, own: { children: content } }, props);
}

function toRow({ key, message, state }: ConversationMessage): MessageRow {
  const delivery = state === 'failed' ? 'failed' : state === 'sending' || state === 'queued' ? 'sending' : 'sent';
  return { key, message, isStreaming: state === 'growing', delivery };
}

/** How many messages have come since the reader left the end. */
function useUnseen(messages: readonly ConversationMessage[], isFollowing: boolean): number {
  const newest = messages.at(-1)?.key;
  const [seen, setSeen] = useState(newest);
  if (isFollowing && seen !== newest) setSeen(newest);
  const index = messages.findLastIndex(({ key }) => key === seen);
  return isFollowing || index === -1 ? 0 : messages.length - 1 - index;
}
