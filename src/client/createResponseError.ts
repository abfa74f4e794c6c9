import { toFields } from '../common/toFields.js';
import { parseRetryAfter } from '../protocol/parseRetryAfter.js';
import { AssistantsError } from './AssistantsError.js';

const MAX_MESSAGE_LENGTH = 1_000;
const MAX_RETRY_AFTER_MS = 10 * 60_000;

/**
 * Creates the error for a response with an error status. Reads the documented error body, the bodies of other servers, text,
 * HTML and empty bodies.
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

/** Reads an error from parsed JSON or text. Supports the documented form and the forms of other servers. */
export function readErrorBody(body: unknown): ErrorBody {
  // The source of an HTML page, such as that of a proxy or a login, is not a message for users.
  const text = typeof body === 'string' && !body.trimStart().startsWith('<') ? body.trim() : '';
  const outer = toFields(body);
  const error = toFields(outer['error']);
  const issue = findIssue(outer, error);
  const message = findText(
    error['message'],
    outer['error'],
    outer['message'],
    outer['detail'],
    outer['title'],
    issue['message'],
    issue['msg'],
    text,
  );
  return {
    message: message?.slice(0, MAX_MESSAGE_LENGTH),
    code: findText(error['code'], outer['code']) ?? null,
    type: findText(error['type'], outer['type']) ?? null,
    param: findText(error['param']) ?? null,
  };
}

type Fields = ReturnType<typeof toFields>;

/** Returns the first entry of the list that validators send. `detail` is a list on some servers and a text on others. */
function findIssue(outer: Fields, error: Fields): Fields {
  const lists = [error['issues'], outer['issues'], outer['detail'], outer['errors']];
  const issues: unknown[] | undefined = lists.find(Array.isArray);
  return toFields(issues?.[0]);
}

function findText(...candidates: unknown[]): string | undefined {
  return candidates.find(
    (candidate): candidate is string => typeof candidate === 'string' && candidate !== '',
  );
}

/** Parses the message, because the API has no code or type for a thread that is locked by an active run. */
function findActiveRunId(message: string): string | undefined {
  const match = /already has an active run ([\w-]+)|while a run ([\w-]+) is active/.exec(message);
  return match?.[1] ?? match?.[2];
}
