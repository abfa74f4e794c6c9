import { AssistantsError, type AssistantsErrorKind } from '../../client/AssistantsError.js';
import { isRecord } from '../../common/isRecord.js';
import { readSessionList } from '../../common/sessionList.js';
import type { CreateMessageRequest } from '../../protocol/types.js';
import type { OutboxItem } from './OutboxItem.js';
import type { StoredError, StoredItem } from './outboxStorage.js';

/** Reads the messages that earlier pages of this tab have not sent, in state 'failed'. They are sent again on request only. */
export function readOutbox(name: string): OutboxItem[] {
  return readSessionList(name, isStoredItem).map(toFailedItem);
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
