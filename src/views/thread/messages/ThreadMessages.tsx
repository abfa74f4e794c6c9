'use client';
import { useEffect, useLayoutEffect, useMemo, type ReactElement, type ReactNode } from 'react';
import { ContentBoundary } from '../../../components/ContentBoundary.js';
import { JumpToLatest } from '../../../components/feedback/JumpToLatest.js';
import { Loading } from '../../../components/feedback/Loading.js';
import { LoadOlder } from '../../../components/feedback/LoadOlder.js';
import { useTexts } from '../../../components/i18n/useTexts.js';
import type { PositionedRow } from '../../../components/message/getRowPosition.js';
import { createPart, type PartProps, asPart } from '../../../components/part.js';
import type { ConversationMessage } from '../../../core/conversation/buildRows.js';
import { useConversationRows } from '../../../hooks/useConversationRows.js';
import { useRowWindow } from '../../../hooks/useRowWindow.js';
import { useThreadConversation, useThreadNavigationStore } from '../ThreadContext.js';
import { useConversationState } from '../../../hooks/useConversationState.js';
import { useFollowedRun } from '../../../hooks/useFollowedRun.js';
import { hasCalledTools } from '../tools/canCallTools.js';
import { ThreadCalls } from '../tools/ThreadCalls.js';
import { getMessageKeys } from './getMessageKeys.js';
import { ThreadRows } from './ThreadRows.js';
import { useUnseenCount } from './useUnseenCount.js';

/** State of `Thread.Messages`. */
export interface ThreadMessagesState {
  /** True if the view stays at the end of the list as it grows. */
  following: boolean;
}

/** Props of `Thread.Messages`. */
export interface ThreadMessagesProps extends PartProps<'div', ThreadMessagesState> {
  /** Content of a thread without messages. */
  empty?: ReactNode;
  /**
   * Renders a message. Pass a stable function: a new one renders all messages again.
   *
   * @default `Thread.Message`
   */
  renderMessage?: (row: PositionedRow) => ReactNode;
  /** Content below the newest message that scrolls with it: status, steps, tool outputs. */
  children?: ReactNode;
}

/**
 * Scrollable list of the messages of the thread. It follows streamed text until the user scrolls up, loads older
 * messages on request, and keeps the position of the user. The arrow keys, Home and End move between messages, Enter
 * goes to the controls of a message, and Escape back. Long threads are virtualized: only visible rows, rows that are
 * streamed and the row with the focus are in the page, and all rows while the page is printed or searched with Ctrl+F,
 * Cmd+F or F3. If the list or its children cannot be rendered, a placeholder with a button to try again replaces it.
 *
 * Element: div, around the element that scrolls.
 * Data attributes: `data-following`.
 * Context: `Thread.Root`.
 */
export function ThreadMessages(props: ThreadMessagesProps): ReactElement {
  const { threadId } = useConversationState(useThreadConversation());
  return (
    <ContentBoundary name="thread" resetKey={threadId}>
      <MessageScroller {...props} />
    </ContentBoundary>
  );
}

/** Element of `Thread.Messages`, inside its boundary. */
function MessageScroller({
  empty,
  renderMessage,
  children,
  ...props
}: ThreadMessagesProps): ReactElement | null {
  const texts = useTexts();
  const conversation = useThreadConversation();
  const { rows, history, query } = useConversationRows(conversation);
  const { growingIndexes, lastSentKey } = useMemo(() => findUnsettledRows(rows), [rows]);
  const rowWindow = useRowWindow(rows, growingIndexes);
  const { threadId, followed } = useConversationState(conversation);
  const hasCalls = useFollowedRun(followed, hasCalledTools);
  const { scrollRef, contentRef, isFollowing, jumpToLatest } = rowWindow;
  const unseenCount = useUnseenCount(rows, isFollowing);

  // Shows a message that the user has just sent, also if they had scrolled up.
  useEffect(() => {
    if (lastSentKey !== undefined) jumpToLatest();
  }, [lastSentKey, jumpToLatest]);

  const navigation = useThreadNavigationStore();
  const { list } = navigation;
  useLayoutEffect(() => list.setState({ rows, query, ...rowWindow }));
  useLayoutEffect(() => () => list.setState(undefined), [list]);

  const onJump = (): void => {
    jumpToLatest();
    // The button unmounts, and would take the focus with it.
    scrollRef.current?.focus({ preventScroll: true });
  };
  const logProps = {
    role: 'log',
    'aria-live': 'off',
    'aria-label': texts.message.list,
    'aria-busy': growingIndexes.length > 0,
  } as const;
  const content = (
    <>
      <section
        ref={scrollRef}
        {...asPart('thread-scroll')}
        aria-label={texts.message.list}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- A scrollable element must be reachable by keyboard.
        tabIndex={0}
        {...getMessageKeys(navigation)}
      >
        <div ref={contentRef} {...asPart('thread-content')}>
          {query.isLoading && <Loading />}
          {rows.length === 0 && (threadId === undefined || query.isSuccess) && empty}
          <div {...asPart('message-list')} {...logProps}>
            <LoadOlder
              hasOlder={history.hasOlder}
              isLoading={history.isLoadingOlder}
              onLoad={history.loadOlder}
            />
            <ThreadRows rows={rows} rowWindow={rowWindow} renderMessage={renderMessage} />
            {hasCalls && <ThreadCalls />}
            {children}
          </div>
        </div>
      </section>
      {!isFollowing && <JumpToLatest count={unseenCount} onClick={onJump} />}
    </>
  );
  return createPart(
    {
      tag: 'div',
      name: 'thread-messages',
      state: { following: isFollowing },
      defaultProps: { children: content },
    },
    props,
  );
}

/** Number of rows at the end that may be unsettled. Bounds the search in a long thread. */
const MAX_UNSETTLED_ROWS = 64;

/** Finds the rows that are streamed, and the last one that is being sent. */
function findUnsettledRows(rows: readonly ConversationMessage[]): {
  growingIndexes: number[];
  lastSentKey: string | undefined;
} {
  const start = Math.max(0, rows.length - MAX_UNSETTLED_ROWS);
  const lastRows = rows.slice(start);
  return {
    growingIndexes: lastRows.flatMap(({ state }, index) =>
      state === 'growing' ? start + index : [],
    ),
    lastSentKey: lastRows.findLast(({ state }) => state === 'sending' || state === 'queued')?.key,
  };
}
