'use client';
import type { ReactElement, ReactNode } from 'react';
import { useFormat } from '../../../components/i18n/useFormat.js';
import { getRowPosition, type PositionedRow } from '../../../components/message/getRowPosition.js';
import type { ConversationMessage } from '../../../core/conversation/buildRows.js';
import type { UseRowWindowResult } from '../../../hooks/useRowWindow.js';
import { useMayCallTools } from '../tools/useMayCallTools.js';
import { ThreadMessageRow } from './ThreadMessageRow.js';
import { ThreadTextRow } from './ThreadTextRow.js';
import { asPart } from '../../../components/part.js';

/** Props of `ThreadRows`. */
export interface ThreadRowsProps {
  /** Oldest first. */
  rows: readonly ConversationMessage[];
  rowWindow: UseRowWindowResult;
  renderMessage: ((row: PositionedRow) => ReactNode) | undefined;
}

/** Rows of the thread that are in the page. While the browser searches, the others are there as text. Element: div. */
export function ThreadRows({ rows, rowWindow, renderMessage }: ThreadRowsProps): ReactElement {
  const { dayKey } = useFormat();
  const mayHaveCalls = useMayCallTools();
  const { listRef, range, indexes, getRowSize } = rowWindow;
  const renderedRows = new Map<number, ReactElement>();
  for (const index of indexes) {
    const row = rows[index];
    if (!row) continue;
    const isInRange = index >= range.start && index < range.end;
    renderedRows.set(
      index,
      <ThreadMessageRow
        key={row.key}
        row={row}
        {...getRowPosition(row, rows[index - 1], rows[index + 1], dayKey)}
        isDetached={range.extent === 'window' && !isInRange}
        mayHaveCalls={mayHaveCalls}
        unansweredUntil={getUnansweredUntil(row, rows[index + 1])}
        renderMessage={renderMessage}
      />,
    );
  }
  const renderText = (row: ConversationMessage, index: number): ReactElement => (
    <ThreadTextRow key={row.key} row={row} size={getRowSize(index)} />
  );
  return (
    <div ref={listRef} {...asPart('message-rows')} style={{ position: 'relative' }}>
      {range.extent === 'text'
        ? rows.map((row, index) => renderedRows.get(index) ?? renderText(row, index))
        : [...renderedRows.values()]}
    </div>
  );
}

/** Returns the time of the next message if a stored message of the user has no answer before it. */
function getUnansweredUntil(
  { state, message }: ConversationMessage,
  next: ConversationMessage | undefined,
): number | undefined {
  const isUnanswered =
    state === 'stored' && message.role === 'user' && next?.message.role === 'user';
  return isUnanswered ? next.message.created_at : undefined;
}
