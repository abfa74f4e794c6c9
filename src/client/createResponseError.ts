import { isRecord } from '../common/isRecord.js';
import { toFields } from '../common/toFields.js';
import { parseRetryAfter } from '../protocol/parseRetryAfter.js';
import { AssistantsError } from './AssistantsError.js';

const MAX_MESSAGE_LENGTH = 1_000;

const MAX_RETRY_AFTER_MS = 10 * 60_000;

/**
 * Creates the error for a response with an error status.
 *
 * @param body Parsed JSON, or text.
 */
export function createResponseError(
  operation: string,
  response: Response,
  body: unknown,
): AssistantsError {
  const { status, statusText, headers } = response;
  const { message = `The server answered ${status}${statusText && ` ${statusText}`}.`, ...fields } =
    readErrorBody(body);
  const runId = findActiveRunId(message);
  const retryAfterMs = parseRetryAfter(headers, Date.now());
  return new AssistantsError(runId === undefined ? 'http' : 'busy', message, {
    ...fields,
    operation,
    status,
    runId,
    requestId: getRequestId(headers),
    retryAfterMs:
      retryAfterMs === undefined ? undefined : Math.min(retryAfterMs, MAX_RETRY_AFTER_MS),
    retryable: runId !== undefined || isRetryable(status, headers, fields),
  });
}

/** Returns the id that the server gave to the request. Azure uses a header name of its own. */
export function getRequestId(headers: Headers): string | undefined {
  return headers.get('x-request-id') ?? headers.get('apim-request-id') ?? undefined;
}

function isRetryable(
  status: number,
  headers: Headers,
  { code, type }: Pick<ErrorBody, 'code' | 'type'>,
): boolean {
  const shouldRetry = headers.get('x-should-retry');
  if (shouldRetry === 'true' || shouldRetry === 'false') return shouldRetry === 'true';
  if (code === 'insufficient_quota' || type === 'insufficient_quota') return false;
  return status === 408 || status === 409 || status === 429 || status >= 500;
}

/** Fields of an error body. */
export interface ErrorBody {
  message: string | undefined;
  code: string | null;
  type: string | null;
  param: string | null;
}

/** Fields that contain the message or lead to it, in the forms of servers, frameworks and validators. The first one counts. */
const MESSAGE_FIELDS = ['error', 'message', 'msg', 'detail', 'title', 'issues', 'errors'];
const MAX_DEPTH = 5;

/** Reads an error from parsed JSON or text, in any form. */
export function readErrorBody(body: unknown): ErrorBody {
  const outer = toFields(body);
  const error = toFields(outer['error']);
  return {
    message: findMessage(body)?.slice(0, MAX_MESSAGE_LENGTH),
    code: toText(error['code']) ?? toText(outer['code']) ?? null,
    type: toText(error['type']) ?? toText(outer['type']) ?? null,
    param: toText(error['param']) ?? null,
  };
}

function findMessage(value: unknown, depth = 0): string | undefined {
  // The source of an HTML page, such as that of a proxy or a login, is not a message for users.
  const isPage = depth === 0 && typeof value === 'string' && value.trimStart().startsWith('<');
  if (typeof value === 'string') return isPage ? undefined : toText(value.trim());
  if (!isRecord(value) || depth > MAX_DEPTH) return undefined;
  for (const name of MESSAGE_FIELDS) {
    const field = value[name];
    const message = findMessage(Array.isArray(field) ? field[0] : field, depth + 1);
    if (message !== undefined) return message;
  }
  return undefined;
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Parses the message, because the API has no code or type for a thread that is locked by an active run. */
function findActiveRunId(message: string): string | undefined {
  const match = /already has an active run ([\w-]+)|while a run ([\w-]+) is active/.exec(message);
  return match?.[1] ?? match?.[2];
}
