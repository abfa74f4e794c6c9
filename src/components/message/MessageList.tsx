import { Fragment, type ReactElement, type ReactNode } from 'react';
import { useFormat } from '../i18n/useFormat.js';
import { useTexts } from '../i18n/useTexts.js';
import { createPart, type PartProps } from '../part.js';
import { DaySeparator } from './DaySeparator.js';
import { getRowPosition, type MessageRow, type PositionedRow } from './getRowPosition.js';
import { Message } from './Message.js';

/** Props of `MessageList`. */
export interface MessageListProps extends Omit<PartProps<'div'>, 'children'> {
  /** Oldest first. */
  rows: readonly MessageRow[];
  /** Renders a row. @default a `Message` */
  renderMessage?: ((row: PositionedRow) => ReactNode) | undefined;
  /** Content above the oldest row, for example `LoadOlder`. */
  before?: ReactNode;
  /** Content below the newest row, for example `RunStatus`. */
  after?: ReactNode;
}

/**
 * List of messages with day separators. It is not a live region, because streamed text would be announced token by token:
 * see `Announcer`.
 *
 * Element: div, a log. `aria-busy` while a message is streamed.
 */
export function MessageList({
  rows,
  renderMessage = renderRow,
  before,
  after,
  ...props
}: MessageListProps): ReactElement | null {
  const texts = useTexts();
  const { dayKey } = useFormat();
  const positionedRows: PositionedRow[] = rows.map((row, index) => ({
    ...row,
    ...getRowPosition(row, rows[index - 1], rows[index + 1], dayKey),
  }));
  const children = (
    <>
      {before}
      {positionedRows.map((row) => (
        <Fragment key={row.key}>
          {row.day !== undefined && <DaySeparator day={row.day} />}
          {renderMessage(row)}
        </Fragment>
      ))}
      {after}
    </>
  );
  const defaultProps = {
    children,
    role: 'log',
    'aria-live': 'off',
    'aria-label': texts.message.list,
    'aria-busy': rows.some((row) => row.isStreaming === true),
  } as const;
  return createPart({ tag: 'div', name: 'message-list', defaultProps }, props);
}

function renderRow({ message, isStreaming, delivery, group }: PositionedRow): ReactNode {
  return <Message message={message} isStreaming={isStreaming} delivery={delivery} group={group} />;
}
