import { ModelError } from '../model.js';
import { toFields, toText } from './fields.js';

/** What went wrong at a model server, and whether it is worth to ask again. */
export class ServerFault extends ModelError {
  /** Whether the same request may do better later. */
  readonly retryable: boolean;
  /** How long the server asks to wait. */
  readonly retryAfterMs: number | undefined;
  /** What the server said, to look for names of parameters in; not for people. */
  readonly detail: string;

  constructor(
    code: ModelError['code'],
    message: string,
    {
      retryable = false,
      retryAfterMs,
      detail = '',
      cause,
    }: {
      retryable?: boolean;
      retryAfterMs?: number | undefined;
      detail?: string;
      cause?: unknown;
    } = {},
  ) {
    super(code, message, cause === undefined ? undefined : { cause });
    this.retryable = retryable;
    this.retryAfterMs = retryAfterMs;
    this.detail = detail;
  }
}

const LONGEST = 500;

/** The fault that an answer tells of which is not 2xx. `redact` takes secrets out of what the server says. */
export function createResponseFault(
  status: number,
  headers: Headers,
  body: string,
  redact: (text: string) => string,
): ServerFault {
  const { message, code, type } = saidIn(body);
  const said = redact(message).slice(0, LONGEST);
  const because = said === '' ? '.' : `: ${said}`;
  const detail = `${code} ${message}`;
  const mayRetry = headers.get('x-should-retry');
  const quota = code === 'insufficient_quota' || type === 'insufficient_quota';
  const retryable =
    mayRetry === null
      ? status === 408 || (status === 429 && !quota) || status >= 500
      : mayRetry === 'true';
  const options = { retryable, retryAfterMs: retryAfterMs(headers), detail };
  // Servers repeat part of the key in their refusal, so it is not passed on.
  if (status === 401 || status === 403)
    return new ServerFault(
      'server_error',
      `The model server refused the key (${status}).`,
      options,
    );
  if (status === 429)
    return new ServerFault(
      'rate_limit_exceeded',
      `The model server has had too many requests${because}`,
      options,
    );
  if (status === 400 || status === 413 || status === 422) {
    return new ServerFault(
      'invalid_prompt',
      `The model server refused the request (${status})${because}`,
      options,
    );
  }
  return new ServerFault('server_error', `The model server failed (${status})${because}`, options);
}

/** The fault that an `error` tells of which comes inside an answer that had begun well. */
export function createNetworkFault(error: unknown, redact: (text: string) => string): ServerFault {
  const { message, code, type } = saidIn(JSON.stringify({ error }));
  const said = redact(message).slice(0, LONGEST) || 'The model server failed in its answer.';
  const words = `${code} ${type}`;
  if (/rate_?limit|quota|too_many/.test(words)) {
    return new ServerFault('rate_limit_exceeded', said, { retryable: !/quota/.test(words) });
  }
  const refused = /invalid|context_length|content_?(?:filter|policy)|too_long/.test(words);
  return new ServerFault(refused ? 'invalid_prompt' : 'server_error', said, {
    retryable: !refused,
  });
}

/** Takes keys out of a text: these, and whatever looks like one. */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const known = secrets
    .filter((secret) => secret.length >= 4)
    .toSorted((one, other) => other.length - one.length);
  return (text) =>
    known
      .reduce((shown, secret) => shown.replaceAll(secret, '***'), text)
      .replace(/\b(?:sk|pk|gsk|key)-[\w*-]{4,}|\bBearer\s+[^\s"']+/g, '***');
}

/** `{error: {message, code, type}}`, or one of the other shapes that servers use; at worst the text itself. */
function saidIn(body: string): { message: string; code: string; type: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    // A page of a proxy says nothing to anybody.
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

function retryAfterMs(headers: Headers): number | undefined {
  const exact = Number(headers.get('retry-after-ms') ?? NaN);
  if (exact >= 0) return exact;
  const header = headers.get('retry-after');
  if (header === null) return undefined;
  const seconds = Number(header);
  if (seconds >= 0) return seconds * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
