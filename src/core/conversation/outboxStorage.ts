import type {
  AssistantsError,
  AssistantsErrorFields,
  AssistantsErrorKind,
} from '../../client/AssistantsError.js';
import { isRecord } from '../../common/isRecord.js';
import { readSessionList, writeSessionList } from '../../common/sessionList.js';
import type { CreateMessageRequest } from '../../protocol/types.js';
import type { OutboxItem } from './OutboxItem.js';
import type { Outbox } from './reduceOutbox.js';

const PREFIX = 'assistants-react:outbox:';

/** Item as JSON. Other fields of `OutboxItem` may be stored, too, and are ignored. */
export interface StoredItem {
  key: string;
  body: CreateMessageRequest;
  additionalInstructions?: string | undefined;
  wantsRun: boolean;
  state: OutboxItem['state'];
  storedId?: string | undefined;
  previousId?: string | null | undefined;
  isUnconfirmed?: boolean | undefined;
  error?: StoredError | undefined;
  createdAt: number;
}

export interface StoredError {
  kind: AssistantsErrorKind;
  message: string;
  fields: AssistantsErrorFields;
}

/** Returns the name of the entry of a thread, or of new threads. */
export function getOutboxName(scope: string, threadId: string | undefined): string {
  return `${PREFIX}${scope}:${threadId ?? 'new'}`;
}

/** Returns the keys of the items that are stored under a name. `readOutbox` reads and validates the items. */
export function readStoredKeys(name: string): string[] {
  return readSessionList(name, hasKey).map(({ key }) => key);
}

/** Replaces the stored items of one conversation. Keeps those of other conversations and of earlier pages. */
export function updateStoredOutbox(name: string, previous: Outbox, next: Outbox): void {
  if (previous.length === 0 && next.length === 0) return;
  const replacedKeys = new Set([...previous, ...next].map(({ key }) => key));
  const otherItems = readSessionList(name, hasKey).filter(({ key }) => !replacedKeys.has(key));
  const unsentItems = next.filter(({ state }) => state !== 'delivered').map(toStoredItem);
  writeSessionList(name, [...otherItems, ...unsentItems]);
}

function toStoredItem(item: OutboxItem): StoredItem {
  return { ...item, error: item.error && toStoredError(item.error) };
}

function toStoredError({
  kind,
  message,
  status,
  code = null,
  requestId,
}: AssistantsError): StoredError {
  return { kind, message, fields: { requestId, code, ...(status !== undefined && { status }) } };
}

function hasKey(value: unknown): value is { key: string } {
  return isRecord(value) && typeof value['key'] === 'string';
}
