import type { CallRecords } from './createCallRecords.js';
import type { CallRecordsById } from './ToolCallsEvent.js';
import type { TrackedCall } from './TrackedCalls.js';

/** Reads the records of calls. */
export function readRecords(records: CallRecords, calls: readonly TrackedCall[]): CallRecordsById {
  return new Map(calls.map(({ call: { id }, key }) => [id, records.read(key)]));
}
