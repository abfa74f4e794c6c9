'use client';
import {
  useContext,
  useEffect,
  useRef,
  useState,
  type ReactElement,
  type ReactNode,
  type RefObject,
} from 'react';
import type { PositionedRow } from '../../../components/message/getRowPosition.js';
import { MessageDeliveryStatus } from '../../../components/message/MessageDeliveryStatus.js';
import { MessageFooter } from '../../../components/message/MessageFooter.js';
import { MessageTime } from '../../../components/message/MessageTime.js';
import { useLazyModule } from '../../../hooks/useLazyModule.js';
import { useThreadConversation, useThreadNavigationStore } from '../ThreadContext.js';
import { MessageActionsContext } from './MessageActionsContext.js';
import { messageChanges } from './messageChanges.js';

/** Time after which a row that scrolling brings into the page gets its footer: most rows leave a fast scroll before that. */
const FOOTER_DELAY_MS = 150;

/** Time after which a queued message counts as waiting. */
const WAITING_MS = 300;

/** Props of `ThreadMessageFooter`. */
export interface ThreadMessageFooterProps {
  row: PositionedRow;
  /** Buttons of a message that is delivered and complete. */
  actions: ReactNode;
  /** True if the app renders the actions, which may then be higher than the room that an empty footer has. */
  hasOwnActions: boolean;
}

/**
 * Time, delivery and actions of a message. Those of older messages are invisible until the message is hovered or focused, so a
 * row that is added to a list in the page has them a moment later, unless the app renders some of them. Element: footer, a
 * `Message.Footer`.
 */
export function ThreadMessageFooter({
  row,
  actions,
  hasOwnActions,
}: ThreadMessageFooterProps): ReactElement {
  const { key, isStreaming = false, delivery = 'sent' } = row;
  const conversation = useThreadConversation();
  const ref = useRef<HTMLElement>(null);
  const isVisible = delivery !== 'sent' || conversation.getNewestRowKey() === key;
  const { renderActions } = useContext(MessageActionsContext);
  const isDue = useIsDue(ref, isVisible || hasOwnActions || renderActions !== undefined);
  const content = (
    <>
      <MessageTime />
      <MessageDeliveryStatus />
      {!isStreaming && delivery === 'sent' && actions}
      {delivery === 'queued' && <QueuedActions row={row} />}
    </>
  );
  return <MessageFooter ref={ref}>{(isDue || isVisible) && content}</MessageFooter>;
}

/** Returns true once a row has been in the page for a moment, or has the focus, from which Enter leads to its buttons. */
function useIsDue(footer: RefObject<HTMLElement | null>, isDueAtOnce: boolean): boolean {
  const { list } = useThreadNavigationStore();
  const [isDue, setIsDue] = useState(isDueAtOnce || list.getState() === undefined);
  useEffect(() => {
    if (isDue) return undefined;
    const show = (): void => setIsDue(true);
    const row = footer.current?.closest('[data-part="message-row"]');
    if (row?.matches(':focus-within')) show();
    row?.addEventListener('focusin', show);
    const timer = setTimeout(show, FOOTER_DELAY_MS);
    return () => {
      row?.removeEventListener('focusin', show);
      clearTimeout(timer);
    };
  }, [footer, isDue]);
  return isDue;
}

/** Loads the actions of a message that waits. One that is sent at once is queued for a moment only. */
function QueuedActions({ row }: { row: PositionedRow }): ReactElement | null {
  const [isWaiting, setIsWaiting] = useState(false);
  useEffect(() => {
    const timer = setTimeout(setIsWaiting, WAITING_MS, true);
    return () => clearTimeout(timer);
  }, []);
  const { value: lazy } = useLazyModule(messageChanges, isWaiting);
  return lazy ? <lazy.QueuedMessageActions row={row} /> : null;
}
