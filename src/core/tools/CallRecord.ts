import { isRecord } from '../../common/isRecord.js';
import type { ToolOutputDraft } from '../../protocol/ToolCall.js';

/** Data about a pending call that tabs share and that survives a reload. */
export interface CallRecord {
  /** Time of the last change, in milliseconds since 1970. */
  at: number;
  /** Output that the user has begun to write, or arguments that they have begun to edit. */
  draft?: ToolOutputDraft | undefined;
  /** Reason of a denial that the user has begun to write. */
  denialDraft?: string | undefined;
  /** Id of the page that has started the handler. */
  startedBy?: string | undefined;
  /** Output in the format of the wire. */
  output?: string | undefined;
  /** True once the run no longer waits for the call. */
  isClosed?: boolean | undefined;
}

/** Parses a stored record. Returns undefined without a record, and for one that other code has written. */
export function parseCallRecord(text: string | null | undefined): CallRecord | undefined {
  if (text === null || text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isCallRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isCallRecord(value: unknown): value is CallRecord {
  if (!isRecord(value)) return false;
  const { at, draft, denialDraft, startedBy, output, isClosed } = value;
  return (
    typeof at === 'number' &&
    (draft === undefined || isDraft(draft)) &&
    (denialDraft === undefined || typeof denialDraft === 'string') &&
    (startedBy === undefined || typeof startedBy === 'string') &&
    (output === undefined || typeof output === 'string') &&
    (isClosed === undefined || typeof isClosed === 'boolean')
  );
}

function isDraft(value: unknown): value is ToolOutputDraft {
  return (
    isRecord(value) &&
    typeof value['text'] === 'string' &&
    (value['mode'] === undefined || typeof value['mode'] === 'string')
  );
}
