import { noDrafts, type CallRecords } from './createCallRecords.js';
import type { ToolCallsEvent } from './ToolCallsEvent.js';
import { getOutput, hasDraft, type TrackedCall } from './TrackedCalls.js';

/** Updates the record of a call after an event. Returns true if the event has set an output of this page. */
export function storeCall(
  records: CallRecords,
  type: ToolCallsEvent['type'],
  before: TrackedCall | undefined,
  after: TrackedCall | undefined,
): boolean {
  if (!before || !after || before === after) return false;
  const { call, key, isOwn } = after;
  const drafts = hasDraft(call) ? { draft: call.draft, denialDraft: call.denialDraft } : noDrafts;
  if (type === 'draftChanged' || type === 'denialDraftChanged') records.write(key, drafts);
  if (type === 'reopened') records.write(key, { output: undefined, ...drafts });
  const output = getOutput(call);
  if (!isOwn || output === undefined || output === getOutput(before.call)) return false;
  records.write(key, { output, ...noDrafts });
  return true;
}
