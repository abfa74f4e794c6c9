import type { ServerSentEvent } from '../../common/readEvents.js';
import { isRecord } from '../../common/isRecord.js';
import { truncate } from '../../components/truncate.js';

/** Row of a list of events. Deltas that follow each other are one row. */
export interface EventRow {
  /** Position of its first event. */
  id: number;
  name: string;
  /** Number of events in the row. */
  count: number;
  /** Id of the object. */
  detail: string | undefined;
}

/** Number of rows that are kept. The newest ones win. */
const MAX_ROWS = 500;

/** Returns the rows with one more event. */
export function addEvent(
  rows: readonly EventRow[],
  { event: name, data }: ServerSentEvent,
): EventRow[] {
  const last = rows.at(-1);
  if (last?.name === name && name.endsWith('.delta'))
    return [...rows.slice(0, -1), { ...last, count: last.count + 1 }];
  const id = (last?.id ?? 0) + 1;
  return [...rows, { id, name, count: 1, detail: readId(data) }].slice(-MAX_ROWS);
}

/** Returns the id in the data of an event. The data may be of any form. */
function readId(data: string): string | undefined {
  try {
    const value: unknown = JSON.parse(data);
    return isRecord(value) && typeof value['id'] === 'string'
      ? truncate(value['id'], 80)
      : undefined;
  } catch {
    return undefined;
  }
}
