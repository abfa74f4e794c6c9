'use client';
import { memo, type CSSProperties, type ReactElement, type ReactNode } from 'react';
import { DaySeparator } from '../../../components/message/DaySeparator.js';
import type { PositionedRow, RowPlace } from '../../../components/message/MessageList.js';
import { getMessageText } from '../../../components/message/getMessageText.js';
import type { ConversationMessage } from '../../../core/conversation/buildRows.js';
import { useGrowingMessage } from '../../../hooks/useConversationRows.js';
import { ThreadMessage } from './ThreadMessage.js';
import { useThreadConversation } from '../ThreadContext.js';

/** Props of `MessageRow`. */
export interface MessageRowProps extends RowPlace {
  row: ConversationMessage;
  /** It stays in the page while its neighbours are not in it, and finds its place by itself. */
  isApart: boolean;
  renderMessage: ((row: PositionedRow) => ReactNode) | undefined;
}

const APART: CSSProperties = { position: 'absolute', insetInline: 0 };

/** A message with the day above it, where one begins; the only part that renders while the message grows. Element: div. */
export const MessageRow = memo(function MessageRow({
  row,
  group,
  day,
  isApart,
  renderMessage,
}: MessageRowProps): ReactElement {
  const message = useGrowingMessage(useThreadConversation(), row);
  const { key, state, error } = row;
  const delivery =
    state === 'failed' ? 'failed' : state === 'sending' || state === 'queued' ? 'sending' : 'sent';
  const placed: PositionedRow = {
    key,
    message,
    isStreaming: state === 'growing',
    delivery,
    group,
    day,
  };
  return (
    <div data-part="message-row" data-key={key} style={isApart ? APART : undefined}>
      {day !== undefined && <DaySeparator day={day} />}
      {renderMessage ? renderMessage(placed) : <ThreadMessage row={placed} error={error} />}
    </div>
  );
});

/** A message as bare text, for the browser's search: laid out only when it comes into sight. Element: div. */
export const TextRow = memo(function TextRow({
  row,
  size,
}: {
  row: ConversationMessage;
  size: number;
}): ReactElement {
  const style = {
    contentVisibility: 'auto',
    containIntrinsicBlockSize: `auto ${size}px`,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  } as const;
  return (
    <div data-part="message-as-text" data-key={row.key} style={style} dir="auto">
      {getMessageText(row.message)}
    </div>
  );
});
