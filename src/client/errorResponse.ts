import { AssistantsError } from './errors.js';
import { getRetryAfterMs } from './retry.js';

const MAX_MESSAGE_LENGTH = 1_000;

/**
 * The error that an HTTP answer stands for, whatever its body: the documented one, other JSON, text, HTML, nothing.
 *
 * @param body JSON already parsed, or text.
 */
export function errorFromResponse(
  operation: string,
  response: Response,
  body: unknown,
): AssistantsError {
  const { status, statusText, headers } = response;
  const { message = `The server answered ${status}${statusText && ` ${statusText}`}.`, ...wire } =
    readError(body);
  const runId = activeRunId(message);
  return new AssistantsError(runId === undefined ? 'http' : 'busy', message, {
    ...wire,
    operation,
    status,
    runId,
    requestId: getRequestId(headers),
    retryAfterMs: getRetryAfterMs(headers, Date.now()),
    retryable: runId !== undefined || isRetryable(status, headers, wire),
  });
}

/** The server's name for a request. */
export function getRequestId(headers: Headers): string | undefined {
  return headers.get('x-request-id') ?? headers.get('apim-request-id') ?? undefined;
}

function isRetryable(
  status: number,
  headers: Headers,
  { code, type }: Pick<ErrorBody, 'code' | 'type'>,
): boolean {
  const wish = headers.get('x-should-retry');
  if (wish === 'true' || wish === 'false') return wish === 'true';
  if (code === 'insufficient_quota' || type === 'insufficient_quota') return false;
  return status === 408 || status === 409 || status === 429 || status >= 500;
}

/** What an error says of itself. */
export interface ErrorBody {
  message: string | undefined;
  code: string | null;
  type: string | null;
  param: string | null;
}

/** Reads an error from parsed JSON or a text, in the form that is documented or in that of other servers. */
export function readError(body: unknown): ErrorBody {
  // A page is no message: it is a proxy or a login speaking, and a person should not read its source.
  const text = typeof body === 'string' && !body.trimStart().startsWith('<') ? body.trim() : '';
  const outer = toFields(body);
  const error = toFields(outer['error']);
  // What validators list; `detail` is a list on some servers, a text on others.
  const issues: unknown[] | undefined = [
    error['issues'],
    outer['issues'],
    outer['detail'],
    outer['errors'],
  ].find(Array.isArray);
  const issue = toFields(issues?.[0]);
  const message = firstText(
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
    code: firstText(error['code'], outer['code']) ?? null,
    type: firstText(error['type'], outer['type']) ?? null,
    param: firstText(error['param']) ?? null,
  };
}

function toFields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function firstText(...candidates: unknown[]): string | undefined {
  return candidates.find(
    (candidate): candidate is string => typeof candidate === 'string' && candidate !== '',
  );
}

/** The one place that reads a message text: no code or type tells that a thread is locked by a run. */
function activeRunId(message: string): string | undefined {
  const found = /already has an active run ([\w-]+)|while a run ([\w-]+) is active/.exec(message);
  return found?.[1] ?? found?.[2];
}
