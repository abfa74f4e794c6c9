import type { Store } from '../../stores/Store.js';
import { createEventLog, type EventLog } from './createEventLog.js';
import { createSharedEventLog, type SharedEventLogOptions } from './createSharedEventLog.js';

/** Creates the event log of a backend: shared with other processes if its store is. */
export function createStoreLog(
  { events }: Store,
  { now, ...options }: Pick<SharedEventLogOptions, 'owner' | 'onTakenOver'> & { now: () => number },
): EventLog {
  const local = createEventLog({ now });
  return events === undefined ? local : createSharedEventLog({ local, shared: events, ...options });
}

/** Removes the events of a run that was deleted. */
export function removeEvents(log: EventLog, runId: string): void {
  log.remove(runId);
  // If this fails, they expire.
  void log.removeStored(runId).catch(() => undefined);
}
