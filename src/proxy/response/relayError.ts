import { toFields } from '../../common/toFields.js';
import { createErrorBody } from '../../protocol/createErrorBody.js';
import type { Deadline } from '../createDeadline.js';
import { createBadGateway } from '../ProxyFailure.js';
import { readUpstream } from './readUpstream.js';
import type { Settings } from '../readOptions.js';
import type { Redactor } from '../../common/createRedactor.js';

const MAX_ERROR_BYTES = 64 * 1024;
const MAX_STATUS = 599;

/**
 * Rebuilds an error response from the fields of the API, without secrets. A rejected key is a problem of the operator, so the
 * caller gets a 502.
 */
export async function relayError(
  upstream: Response,
  headers: Record<string, string>,
  {
    limits,
    redact,
    deadline,
  }: { limits: Settings['limits']; redact: Redactor; deadline: Deadline },
): Promise<Response> {
  if (upstream.status === 401 || upstream.status === 403) {
    deadline.abort();
    throw createBadGateway('The upstream server rejected the key of the proxy.');
  }
  const error = await readErrorFields(upstream, limits.silenceMs, deadline);
  const read = (name: string) => {
    const value = error[name];
    return typeof value === 'string' ? redact(value) : undefined;
  };
  const body = createErrorBody(
    read('message') ?? `The upstream server responded with status ${upstream.status}.`,
    {
      type: read('type') ?? (upstream.status >= 500 ? 'server_error' : 'invalid_request_error'),
      param: read('param') ?? null,
      code: read('code') ?? null,
    },
  );
  // Servers can send any status of three digits, but a Response cannot have all of them.
  const status = upstream.status > MAX_STATUS ? 502 : upstream.status;
  return Response.json(body, { status, headers });
}

/** Returns no fields for a body that is broken, too large, or not an error of the API. */
async function readErrorFields(
  { body }: Response,
  silenceMs: number,
  deadline: Deadline,
): Promise<Readonly<Record<string, unknown>>> {
  if (body === null) return {};
  try {
    const text = await readUpstream(body, deadline, { maxBytes: MAX_ERROR_BYTES, silenceMs });
    return toFields(toFields(JSON.parse(text))['error']);
  } catch {
    // HTML pages and plain texts contain nothing that a client of the API could use.
    return {};
  }
}
