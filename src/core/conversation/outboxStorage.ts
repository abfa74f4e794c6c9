import {
  AssistantsError,
  type AssistantsErrorFields,
  type AssistantsErrorKind,
} from '../../client/AssistantsError.js';
import { isRecord } from '../../common/isRecord.js';
import { readSessionList, writeSessionList } from '../../common/sessionList.js';
import type { CreateMessageRequest } from '../../protocol/types.js';
import type { OutboxItem } from './OutboxItem.js';
import type { Outbox } from './reduceOutbox.js';

const PREFIX = 'assistants-react:outbox:';

/** Item as JSON. Other fields of `OutboxItem` may be stored, too, and are ignored. */
interface StoredItem {
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

interface StoredError {
  kind: AssistantsErrorKind;
  message: string;
  fields: AssistantsErrorFields;
}

/** Returns the name of the entry of a thread, or of new threads. */
export function getOutboxName(scope: string, threadId: string | undefined): string {
  return `${PREFIX}${scope}:${threadId ?? 'new'}`;
}

/** Reads the messages that earlier pages of this tab have not sent, in state 'failed'. They are sent again on request only. */
export function readOutbox(name: string): OutboxItem[] {
  return readSessionList(name, isStoredItem).map(toFailedItem);
}

/** Replaces the stored items of one conversation. Keeps those of other conversations and of earlier pages. */
export function updateStoredOutbox(name: string, previous: Outbox, next: Outbox): void {
  if (previous.length === 0 && next.length === 0) return;
  const replacedKeys = new Set([...previous, ...next].map(({ key }) => key));
  const otherItems = readSessionList(name, isStoredItem).filter(
    ({ key }) => !replacedKeys.has(key),
  );
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

function toFailedItem(item: StoredItem): OutboxItem {
  return {
    additionalInstructions: undefined,
    storedId: undefined,
    previousId: undefined,
    ...item,
    state: 'failed',
    opensThread: false,
    isUnconfirmed: item.isUnconfirmed === true || item.state === 'sending',
    isStopRequested: false,
    error: toError(item.error),
  };
}

function toError(stored: StoredError | undefined): AssistantsError {
  if (stored) return new AssistantsError(stored.kind, stored.message, stored.fields);
  const message = 'The page was closed before the message was sent. Send it again.';
  return new AssistantsError('aborted', message, { code: 'page_closed', retryable: true });
}

function isStoredItem(value: unknown): value is StoredItem {
  return (
    isRecord(value) &&
    typeof value['key'] === 'string' &&
    isBody(value['body']) &&
    isStringOrMissing(value['additionalInstructions']) &&
    typeof value['wantsRun'] === 'boolean' &&
    isItemState(value['state']) &&
    isStringOrMissing(value['storedId']) &&
    isStringOrMissing(value['previousId'] ?? undefined) &&
    (value['isUnconfirmed'] === undefined || typeof value['isUnconfirmed'] === 'boolean') &&
    (value['error'] === undefined || isStoredError(value['error'])) &&
    Number.isFinite(value['createdAt'])
  );
}

function isItemState(value: unknown): value is OutboxItem['state'] {
  return value === 'queued' || value === 'sending' || value === 'delivered' || value === 'failed';
}

function isBody(value: unknown): value is CreateMessageRequest {
  if (!isRecord(value)) return false;
  const { role, content, file_ids, attachments, metadata } = value;
  return (
    (role === 'user' || role === 'assistant') &&
    (typeof content === 'string' || isListOf(content, isContentPart)) &&
    (file_ids === undefined || isListOf(file_ids, isString)) &&
    (attachments === undefined || isListOf(attachments, isRecord)) &&
    (metadata === undefined || isRecord(metadata))
  );
}

function isContentPart(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { type, text, image_file: file, image_url: url } = value;
  switch (type) {
    case 'text':
      return isString(text);
    case 'image_file':
      return isRecord(file) && isString(file['file_id']);
    case 'image_url':
      return isRecord(url) && isString(url['url']);
    default:
      return false;
  }
}

/** Every kind, so that the compiler reports a missing one. */
const ERROR_KINDS: Record<AssistantsErrorKind, true> = {
  http: true,
  unsupported: true,
  network: true,
  timeout: true,
  aborted: true,
  protocol: true,
  stream: true,
  run: true,
  tool: true,
  busy: true,
  'invalid-id': true,
};

function isStoredError(value: unknown): value is StoredError {
  return (
    isRecord(value) &&
    isString(value['kind']) &&
    Object.hasOwn(ERROR_KINDS, value['kind']) &&
    isString(value['message']) &&
    isRecord(value['fields']) &&
    isStringOrMissing(value['fields']['requestId']) &&
    isStringOrMissing(value['fields']['code'] ?? undefined) &&
    (value['fields']['status'] === undefined || Number.isFinite(value['fields']['status']))
  );
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

function isStringOrMissing(value: unknown): boolean {
  return value === undefined || isString(value);
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}
