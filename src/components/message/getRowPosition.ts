import type { Message as WireMessage } from '../../protocol/types.js';
import type { NoticeError } from '../feedback/ErrorNoticeFrame.js';
import type { TextFormat } from '../i18n/createFormat.js';
import type { MessageDelivery } from './MessageContext.js';
import type { MessageState } from './MessageRoot.js';

/** One message in a list. */
export interface MessageRow {
  /** React key. It stays the same when the stored copy of a message replaces the one that the user has sent. */
  key: string;
  message: WireMessage;
  /** @default false */
  isStreaming?: boolean | undefined;
  /** @default 'sent' */
  delivery?: MessageDelivery | undefined;
  /** Error of sending the message. */
  error?: NoticeError | undefined;
}

/** Position of a row relative to its neighbors. */
export interface RowPosition {
  /** Position in a group of consecutive messages of one role: those of one run, or sent within minutes. */
  group: MessageState['group'];
  /** Unix time in seconds if the row is the first of its day, or undefined. */
  day: number | undefined;
}

/** Row with its position in the list. */
export interface PositionedRow extends MessageRow, RowPosition {}

type Neighbor = Pick<MessageRow, 'message'>;

/** Maximum time between two messages of one group that no run has written. */
const GROUP_SECONDS = 300;

/**
 * Returns the position of a row relative to its neighbors.
 *
 * @param getDayKey Returns the same key for all times of one day, see `useFormat`.
 */
export function getRowPosition(
  row: Neighbor,
  above: Neighbor | undefined,
  below: Neighbor | undefined,
  getDayKey: TextFormat['dayKey'],
): RowPosition {
  const isSameDay = (first: Neighbor, second: Neighbor): boolean =>
    getDayKey(first.message.created_at) === getDayKey(second.message.created_at);
  const isSameGroup = (first: Neighbor, second: Neighbor): boolean =>
    isSameDay(first, second) &&
    first.message.role === second.message.role &&
    first.message.run_id === second.message.run_id &&
    (first.message.run_id !== null ||
      second.message.created_at - first.message.created_at <= GROUP_SECONDS);
  const startsDay = above === undefined || !isSameDay(above, row);
  return {
    group: getGroup(
      above !== undefined && isSameGroup(above, row),
      below !== undefined && isSameGroup(row, below),
    ),
    day: startsDay ? row.message.created_at : undefined,
  };
}

function getGroup(joinsAbove: boolean, joinsBelow: boolean): RowPosition['group'] {
  if (joinsAbove) return joinsBelow ? 'middle' : 'last';
  return joinsBelow ? 'first' : 'single';
}
