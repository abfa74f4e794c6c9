import { Fragment, type ReactElement, type ReactNode } from 'react';
import type { Message as WireMessage } from '../../protocol/types.js';
import { useConversationTexts, useFormat } from '../i18n/TextsContext.js';
import type { TextFormat } from '../i18n/format.js';
import { createPart, type PartProps } from '../part.js';
import { DaySeparator } from './DaySeparator.js';
import { Message, type MessageProps } from './Message.js';

/** One message in a list. */
export interface MessageRow {
  /** Stays the same when the server's copy takes the place of one's own. */
  key: string;
  message: WireMessage;
  isStreaming?: boolean | undefined;
  delivery?: MessageProps['delivery'];
}

/** Place of a row in the conversation. */
export interface RowPlace {
  group: NonNullable<MessageProps['group']>;
  /** Day that begins with this row, as a time of the row; undefined within a day. */
  day: number | undefined;
}

/** A row with its place in the conversation. */
export interface PositionedRow extends MessageRow, RowPlace {}

/** Props of `MessageList`. */
export interface MessageListProps extends Omit<PartProps<'div'>, 'children'> {
  /** Oldest first. */
  rows: readonly MessageRow[];
  /** Shows a row in your own way. @default a `Message` */
  renderMessage?: ((row: PositionedRow) => ReactNode) | undefined;
  /** Stands above the oldest row, for example `LoadOlder`. */
  before?: ReactNode;
  /** Stands below the newest row, for example `RunStatus`. */
  after?: ReactNode;
}

type Neighbour = Pick<MessageRow, 'message'>;

/** Seconds between two messages of one speaker that still belong together. */
const GROUP_SECONDS = 300;

/**
 * A conversation. Growing text is not announced word by word: the list is silent, see `Announcer`.
 * Element: div, a log. `aria-busy` while a message grows.
 */
export function MessageList({
  rows,
  renderMessage = renderRow,
  before,
  after,
  ...props
}: MessageListProps): ReactElement | null {
  const texts = useConversationTexts();
  const { dayKey } = useFormat();
  const children = (
    <>
      {before}
      {rows
        .map((row, index) => ({
          ...row,
          ...getRowPlace(row, rows[index - 1], rows[index + 1], dayKey),
        }))
        .map((row) => (
          <Fragment key={row.key}>
            {row.day !== undefined && <DaySeparator day={row.day} />}
            {renderMessage(row)}
          </Fragment>
        ))}
      {after}
    </>
  );
  const own = {
    children,
    role: 'log',
    'aria-live': 'off',
    'aria-label': texts.message.list,
    'aria-busy': rows.some((row) => row.isStreaming === true),
  } as const;
  return createPart({ tag: 'div', name: 'message-list', own }, props);
}

/** Where a row stands: grouped with its neighbours by speaker, and whether it is the first of its day. */
export function getRowPlace(
  row: Neighbour,
  above: Neighbour | undefined,
  below: Neighbour | undefined,
  dayKey: TextFormat['dayKey'],
): RowPlace {
  const areOfOneDay = (first: Neighbour, second: Neighbour): boolean =>
    dayKey(first.message.created_at) === dayKey(second.message.created_at);
  const belong = (first: Neighbour, second: Neighbour): boolean =>
    areOfOneDay(first, second) &&
    first.message.role === second.message.role &&
    second.message.created_at - first.message.created_at <= GROUP_SECONDS;
  const up = above !== undefined && belong(above, row);
  const down = below !== undefined && belong(row, below);
  const group = up ? (down ? 'middle' : 'last') : down ? 'first' : 'single';
  return {
    group,
    day: above !== undefined && areOfOneDay(above, row) ? undefined : row.message.created_at,
  };
}

function renderRow(row: PositionedRow): ReactNode {
  return (
    <Message
      message={row.message}
      isStreaming={row.isStreaming}
      delivery={row.delivery}
      group={row.group}
    />
  );
}
