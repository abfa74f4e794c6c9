import { describeRedirect } from '../common/describeRedirect.js';
import { isRecord } from '../common/isRecord.js';
import { isRedirect } from '../common/isRedirect.js';
import { toFields } from '../common/toFields.js';
import { parseRetryAfter } from '../protocol/parseRetryAfter.js';
import type { OperationId } from '../protocol/types.js';
import { AssistantsError } from './AssistantsError.js';
import type { FailedExchange } from './FailedExchange.js';

const MAX_MESSAGE_LENGTH = 1_000;

const MAX_RETRY_AFTER_MS = 10 * 60_000;

/** Creates the error for a response that is not the result of its operation. */
export function describeResponse(
  operation: OperationId,
  { response, body: content, baseUrl = '' }: FailedExchange,
): AssistantsError {
  const body = typeof content === 'string' ? parseBody(content) : content;
  if (isRedirect(response)) return createRedirectError(operation, response, baseUrl);
  if (response.ok) return createUnexpectedResponseError(operation, response);
  if (response.status === 404 && !hasErrorOfApi(body))
    return createNoApiError(operation, response, baseUrl);
  return createStatusError(operation, response, body);
}

/** Returns text that is not JSON unchanged. */
function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Creates the error that an event of a stream reports. */
export function describeReport(data: unknown): AssistantsError {
  const { message = 'The server reported an error without a message.', ...fields } =
    readErrorBody(data);
  return new AssistantsError('stream', message, fields);
}

/** Creates the error for a successful response that is not from this API, such as the HTML page of a login or a proxy. */
function createUnexpectedResponseError(
  operation: OperationId,
  { status, headers }: Response,
): AssistantsError {
  const type = headers.get('content-type') || 'no content type';
  const message = `${operation}: got ${status} with ${type}, not an Assistants API response. Check baseUrl.`;
  return new AssistantsError('protocol', message, {
    operation,
    status,
    requestId: getRequestId(headers),
  });
}

/** Matches what servers and frameworks answer for a path that they do not have. */
const NO_SUCH_PATH =
  /^(?:404\b|cannot (?:get|post|delete) \/|no route\b)|^(?:(?:page|path|resource|route) )?not found\W*$/i;

/** Returns false for a 404 that does not come from an Assistants API: a page, no body, or the default message of a framework. */
function hasErrorOfApi(body: unknown): boolean {
  if (isRecord(toFields(body)['error'])) return true;
  const message = findMessage(body);
  return message !== undefined && !NO_SUCH_PATH.test(message);
}

function createNoApiError(
  operation: OperationId,
  { status, url, headers }: Response,
  baseUrl: string,
): AssistantsError {
  const [address] = (baseUrl || url).split(/[?#]/, 1);
  const message = `${operation}: no Assistants API at ${address || 'this address'}. The server answered 404 without an error of the API. Check baseUrl.`;
  return new AssistantsError('protocol', message, {
    operation,
    status,
    requestId: getRequestId(headers),
  });
}

/** Creates the error for a response that redirects. */
function createRedirectError(
  operation: OperationId,
  response: Response,
  baseUrl: string,
): AssistantsError {
  // A response that a custom `fetch` constructs has no address.
  const requestUrl = response.redirected ? baseUrl : response.url || baseUrl;
  const [address] = requestUrl.split(/[?#]/, 1);
  const target = describeRedirect(response, requestUrl);
  const message = `${operation}: ${address} redirects to ${target}. Redirects are not followed, because they would send the API key and the body to another address. Set baseUrl to the final address.`;
  return new AssistantsError('protocol', message, { operation });
}

function createStatusError(
  operation: OperationId,
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
function getRequestId(headers: Headers): string | undefined {
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
  // A server that has not implemented an operation does not do so within seconds.
  if (status === 501) return false;
  return status === 408 || status === 409 || status === 429 || status >= 500;
}

/** Fields of an error body. */
interface ErrorBody {
  message: string | undefined;
  code: string | null;
  type: string | null;
  param: string | null;
}

/** Fields that contain the message or lead to it, in the forms of servers, frameworks and validators. The first one counts. */
const MESSAGE_FIELDS = ['error', 'message', 'msg', 'detail', 'title', 'issues', 'errors'];
const MAX_DEPTH = 5;

/** Reads an error from parsed JSON or text, in any form. */
function readErrorBody(body: unknown): ErrorBody {
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
