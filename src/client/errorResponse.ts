import { AssistantsError, type AssistantsErrorFields } from './errors.js';
import { retryAfterMs } from './retry.js';

const MAX_MESSAGE_LENGTH = 1_000;

/**
 * The error that an HTTP answer stands for, whatever its body: the documented one, other JSON, text, HTML, nothing.
 *
 * @param body JSON already parsed, or text.
 */
export function errorFromResponse(operation: string, response: Response, body: unknown): AssistantsError {
  const { status, headers } = response;
  const wire = readBody(body);
  const message = wire.message ?? `The server answered ${status}${response.statusText && ` ${response.statusText}`}.`;
  const fields: AssistantsErrorFields = { operation, status, code: wire.code, type: wire.type, param: wire.param };
  const requestId = requestIdOf(headers);
  if (requestId !== undefined) fields.requestId = requestId;
  const wait = retryAfterMs(headers, Date.now());
  if (wait !== undefined) fields.retryAfterMs = wait;
  const runId = activeRunId(message);
  if (runId !== undefined) return new AssistantsError('busy', message, { ...fields, runId, retryable: true });
  return new AssistantsError('http', message, { ...fields, retryable: isRetryable(status, headers, wire) });
}

/** The server's name for a request. */
export function requestIdOf(headers: Headers): string | undefined {
  return headers.get('x-request-id') ?? headers.get('apim-request-id') ?? undefined;
}

function isRetryable(status: number, headers: Headers, { code, type }: BodyFacts): boolean {
  const wish = headers.get('x-should-retry');
  if (wish === 'true' || wish === 'false') return wish === 'true';
  if (code === 'insufficient_quota' || type === 'insufficient_quota') return false;
  return status === 408 || status === 409 || status === 429 || status >= 500;
}

interface BodyFacts {
  message: string | undefined;
  code: string | null;
  type: string | null;
  param: string | null;
}

function readBody(body: unknown): BodyFacts {
  // A page is no message: it is a proxy or a login speaking, and a person should not read its source.
  const text = typeof body === 'string' && !body.trimStart().startsWith('<') ? body.trim() : '';
  const outer = fieldsOf(body);
  const error = fieldsOf(outer['error']);
  // What validators list; `detail` is a list on some servers, a text on others.
  const issues: unknown = [error['issues'], outer['issues'], outer['detail'], outer['errors']].find(Array.isArray);
  const issue = fieldsOf(Array.isArray(issues) ? issues[0] : undefined);
  const message =
    textOf(error['message']) ??
    textOf(outer['error']) ??
    textOf(outer['message']) ??
    textOf(outer['detail']) ??
    textOf(outer['title']) ??
    textOf(issue['message']) ??
    textOf(issue['msg']) ??
    textOf(text);
  return {
    message: message?.slice(0, MAX_MESSAGE_LENGTH),
    code: textOf(error['code']) ?? textOf(outer['code']) ?? null,
    type: textOf(error['type']) ?? textOf(outer['type']) ?? null,
    param: textOf(error['param']) ?? null,
  };
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The one place that reads a message text: no code or type tells that a thread is locked by a run. */
function activeRunId(message: string): string | undefined {
  return (
    /already has an active run ([\w-]+)/.exec(message)?.[1] ?? /while a run ([\w-]+) is active/.exec(message)?.[1]
  );
}
