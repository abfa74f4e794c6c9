'use client';
import { useEffect, useMemo, useState, type ReactElement, type ReactNode } from 'react';
import { Loading } from '../../../components/feedback/Loading.js';
import { LoadOlder } from '../../../components/feedback/LoadOlder.js';
import { JumpToLatest } from '../../../components/feedback/JumpToLatest.js';
import { useConversationTexts, useFormat } from '../../../components/i18n/TextsContext.js';
import { getRowPlace, type PositionedRow } from '../../../components/message/MessageList.js';
import { createPart, type PartProps } from '../../../components/part.js';
import type { ConversationMessage } from '../../../core/conversation/buildRows.js';
import { useConversationRows } from '../../../hooks/useConversationRows.js';
import { useRowWindow } from '../../../hooks/useRowWindow.js';
import { MessageRow, TextRow } from './MessageRow.js';
import { useThreadConversation } from '../ThreadContext.js';

/** Props of `Thread.Messages`. */
export interface ThreadMessagesProps extends PartProps<'div'> {
  /** What stands where nothing has been said yet. */
  empty?: ReactNode;
  /** Shows a message in your own way. Give the same function each time: another one renders every message anew. @default a `Message` with its actions */
  renderMessage?: (row: PositionedRow) => ReactNode;
  /** Stands under the newest message and scrolls with it: status, steps, tool outputs. */
  children?: ReactNode;
}

/**
 * The messages of the thread. Follows new text until the reader scrolls up; older messages are loaded on demand and keep
 * the reader's place. Of a long thread only what is in sight is in the page, and what grows or has the focus; all of it while
 * the page is printed, or searched by Ctrl+F, Cmd+F or F3. Element: div, around the element that scrolls. `data-following`.
 */
export function ThreadMessages({
  empty,
  renderMessage,
  children,
  ...props
}: ThreadMessagesProps): ReactElement | null {
  const texts = useConversationTexts();
  const { dayKey } = useFormat();
  const conversation = useThreadConversation();
  const { rows, history, query } = useConversationRows(conversation);
  const { growing, lastSent } = useMemo(() => readEnd(rows), [rows]);
  const { scrollRef, contentRef, listRef, range, indexes, sizeOf, isFollowing, jumpToLatest } =
    useRowWindow(rows, growing);
  const unseen = useUnseen(rows, isFollowing);

  // What a person sends, they want to see.
  useEffect(() => {
    if (lastSent !== undefined) jumpToLatest();
  }, [lastSent, jumpToLatest]);

  const onJump = () => {
    jumpToLatest();
    // The button goes, and the focus with it.
    scrollRef.current?.focus({ preventScroll: true });
  };
  const real = indexes.map((index) => {
    const row = rows[index];
    if (!row) return undefined;
    const place = getRowPlace(row, rows[index - 1], rows[index + 1], dayKey);
    const isApart = range.extent === 'window' && (index < range.start || index >= range.end);
    return (
      <MessageRow
        key={row.key}
        row={row}
        {...place}
        isApart={isApart}
        renderMessage={renderMessage}
      />
    );
  });
  const asText = () => {
    const byIndex = new Map(indexes.map((index, place) => [index, real[place]]));
    return rows.map(
      (row, index) =>
        byIndex.get(index) ?? <TextRow key={row.key} row={row} size={sizeOf(index)} />,
    );
  };
  const log = (
    <>
      <LoadOlder
        hasOlder={history.hasOlder}
        isLoading={history.isLoadingOlder}
        onLoad={history.loadOlder}
      />
      <div ref={listRef} data-part="message-rows" style={{ position: 'relative' }}>
        {range.extent === 'text' ? asText() : real}
      </div>
      {children}
    </>
  );
  const own = {
    children: log,
    role: 'log',
    'aria-live': 'off',
    'aria-label': texts.message.list,
    'aria-busy': growing.length > 0,
  } as const;
  const content = (
    <>
      <section
        ref={scrollRef}
        data-part="thread-scroll"
        aria-label={texts.message.list}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- A scrollable element must be reachable by keyboard.
        tabIndex={0}
      >
        <div ref={contentRef} data-part="thread-content">
          {query.isLoading && <Loading />}
          {rows.length === 0 && !query.isLoading && !query.isError && empty}
          {createPart({ tag: 'div', name: 'message-list', own }, {})}
        </div>
      </section>
      {!isFollowing && <JumpToLatest count={unseen} onClick={onJump} />}
    </>
  );
  return createPart(
    {
      tag: 'div',
      name: 'thread-messages',
      state: { following: isFollowing },
      own: { children: content },
    },
    props,
  );
}

/** How many rows may be on their way, in either direction: they stand at the end. */
const UNSETTLED_AT_MOST = 64;

/** Which rows grow, and the key of the last that is on its way to the server. */
function readEnd(rows: readonly ConversationMessage[]): {
  growing: number[];
  lastSent: string | undefined;
} {
  const start = Math.max(0, rows.length - UNSETTLED_AT_MOST);
  const end = rows.slice(start);
  return {
    growing: end.flatMap(({ state }, place) => (state === 'growing' ? start + place : [])),
    lastSent: end.findLast(({ state }) => state === 'sending' || state === 'queued')?.key,
  };
}

/** How many messages have come since the reader left the end. */
function useUnseen(messages: readonly ConversationMessage[], isFollowing: boolean): number {
  const newest = messages.at(-1)?.key;
  const [seen, setSeen] = useState(newest);
  if (isFollowing && seen !== newest) setSeen(newest);
  if (isFollowing) return 0;
  const index = messages.findLastIndex(({ key }) => key === seen);
  return index === -1 ? 0 : messages.length - 1 - index;
}
