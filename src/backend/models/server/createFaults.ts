import { parseRetryAfter } from '../../../protocol/parseRetryAfter.js';
import { ServerFault } from './ServerFault.js';
import { toFields, toText } from './toFields.js';

const MAX_MESSAGE_LENGTH = 500;

/** Error of a model server. Missing fields are empty. */
interface ErrorFields {
  message: string;
  code: string;
  type: string;
}

/**
 * Creates the fault for a response with an error status.
 *
 * @param redact Removes API keys from the message of the server.
 */
export function createResponseFault(
  status: number,
  headers: Headers,
  body: string,
  redact: (text: string) => string,
): ServerFault {
  const error = parseErrorBody(body);
  const message = redact(error.message).slice(0, MAX_MESSAGE_LENGTH);
  const suffix = message === '' ? '.' : `: ${message}`;
  const options = {
    retryable: isRetryable(status, headers, error),
    retryAfterMs: parseRetryAfter(headers, Date.now()),
    detail: `${error.code} ${error.message}`,
  };
  switch (status) {
    case 401:
    case 403:
      // The message is omitted because some servers repeat a part of the key in it.
      return new ServerFault(
        'server_error',
        `The model server rejected the API key (${status}).`,
        options,
      );
    case 429:
      return new ServerFault(
        'rate_limit_exceeded',
        `The model server received too many requests${suffix}`,
        options,
      );
    case 400:
    case 413:
    case 422:
      return new ServerFault(
        'invalid_prompt',
        `The model server rejected the request (${status})${suffix}`,
        options,
      );
    default:
      return new ServerFault(
        'server_error',
        `The model server failed (${status})${suffix}`,
        options,
      );
  }
}

/** Creates the fault for an `error` event inside a response that started successfully. */
export function createStreamFault(error: unknown, redact: (text: string) => string): ServerFault {
  const { message, code, type } = parseErrorBody(JSON.stringify({ error }));
  const text =
    redact(message).slice(0, MAX_MESSAGE_LENGTH) || 'The model server failed during its answer.';
  const kind = `${code} ${type}`;
  if (/rate_?limit|quota|too_many/.test(kind)) {
    return new ServerFault('rate_limit_exceeded', text, { retryable: !/quota/.test(kind) });
  }
  const isRejected = /invalid|context_length|content_?(?:filter|policy)|too_long/.test(kind);
  return new ServerFault(isRejected ? 'invalid_prompt' : 'server_error', text, {
    retryable: !isRejected,
  });
}

function isRetryable(status: number, headers: Headers, { code, type }: ErrorFields): boolean {
  const shouldRetry = headers.get('x-should-retry');
  if (shouldRetry !== null) return shouldRetry === 'true';
  // An exhausted quota has the status of a rate limit, but does not recover soon.
  if (status === 429) return code !== 'insufficient_quota' && type !== 'insufficient_quota';
  return status === 408 || status >= 500;
}

/** Reads `{error: {message, code, type}}` or a similar shape. The message falls back to the body itself. */
function parseErrorBody(body: string): ErrorFields {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    // The HTML page of a proxy contains no useful message.
    return { message: body.trimStart().startsWith('<') ? '' : body.trim(), code: '', type: '' };
  }
  const outer = toFields(parsed);
  const error = toFields(outer['error']);
  const message =
    toText(error['message']) ||
    toText(outer['error']) ||
    toText(outer['message']) ||
    toText(outer['detail']);
  return { message, code: toText(error['code']), type: toText(error['type']) };
}
