import type { Format } from '../../components/i18n/format.js';
import { placeRows, type MessageRow, type PlacedRow } from '../../components/message/MessageList.js';
import type { ConversationMessage } from '../../hooks/conversation/conversationRows.js';

/** Rows of a list with their place among their neighbours, at the cost of these rows alone. Indexes are ascending. */
export function placeRowsAt(rows: readonly ConversationMessage[], indexes: readonly number[], dayKey: Format['dayKey']): PlacedRow[] {
  const placed: PlacedRow[] = [];
  for (let at = 0; at < indexes.length; ) {
    const first = indexes[at] ?? 0;
    let count = 1;
    while (indexes[at + count] === first + count) count += 1;
    // With a neighbour on either side, of whom only the place of these depends.
    const before = Math.min(first, 1);
    const stretch = placeRows(rows.slice(first - before, first + count + 1).map(toRow), dayKey);
    placed.push(...stretch.slice(before, before + count));
    at += count;
  }
  return placed;
}

function toRow({ key, message, state }: ConversationMessage): MessageRow {
  const delivery = state === 'failed' ? 'failed' : state === 'sending' || state === 'queued' ? 'sending' : 'sent';
  return { key, message, isStreaming: state === 'growing', delivery };
}
