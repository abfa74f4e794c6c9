'use client';
import { memo, type CSSProperties, type ReactElement, type ReactNode } from 'react';
import { ContentBoundary } from '../../../components/ContentBoundary.js';
import { DaySeparator } from '../../../components/message/DaySeparator.js';
import type { PositionedRow, RowPosition } from '../../../components/message/getRowPosition.js';
import type { MessageDelivery } from '../../../components/message/MessageContext.js';
import type { ConversationMessage } from '../../../core/conversation/buildRows.js';
import { useGrowingMessage } from '../../../hooks/useConversationRows.js';
import { useThreadConversation } from '../ThreadContext.js';
import { ThreadCalls } from '../tools/ThreadCalls.js';
import { ThreadMessage } from './ThreadMessage.js';
import { asPart } from '../../../components/part.js';

/** Props of `ThreadMessageRow`. */
export interface ThreadMessageRowProps extends RowPosition {
  row: ConversationMessage;
  /** True if the row is outside the rendered range and positioned by its offset. */
  isDetached: boolean;
  /** True if earlier runs of the thread may have called tools. */
  mayHaveCalls: boolean;
  /** Time of the next message in Unix seconds, if both are of the user: a run between them has no answer. */
  unansweredUntil: number | undefined;
  renderMessage: ((row: PositionedRow) => ReactNode) | undefined;
}

const DETACHED: CSSProperties = { position: 'absolute', insetInline: 0 };

/**
 * Row of a message, with a day separator above the first one of a day. Of all parts of a thread, only this one renders while
 * its message is streamed. Element: div.
 */
export const ThreadMessageRow = memo(function ThreadMessageRow({
  row,
  group,
  day,
  isDetached,
  mayHaveCalls,
  unansweredUntil,
  renderMessage,
}: ThreadMessageRowProps): ReactElement {
  const message = useGrowingMessage(useThreadConversation(), row);
  const { key, state, error } = row;
  const positionedRow: PositionedRow = {
    key,
    message,
    isStreaming: state === 'growing',
    delivery: getDelivery(state),
    error,
    group,
    day,
  };
  return (
    <div {...asPart('message-row')} data-key={key} style={isDetached ? DETACHED : undefined}>
      {day !== undefined && <DaySeparator day={day} />}
      {mayHaveCalls && typeof message.run_id === 'string' && (
        <ContentBoundary name="run steps" resetKey={message.run_id}>
          <ThreadCalls message={message} />
        </ContentBoundary>
      )}
      <ContentBoundary name="message" resetKey={message}>
        {renderMessage ? () => renderMessage(positionedRow) : <ThreadMessage row={positionedRow} />}
      </ContentBoundary>
      {unansweredUntil !== undefined && (
        <ContentBoundary name="outcome" resetKey={message}>
          <ThreadCalls message={message} unansweredUntil={unansweredUntil} />
        </ContentBoundary>
      )}
    </div>
  );
});

function getDelivery(state: ConversationMessage['state']): MessageDelivery {
  switch (state) {
    case 'failed':
    case 'sending':
    case 'queued':
      return state;
    case 'stored':
    case 'growing':
      return 'sent';
  }
}
