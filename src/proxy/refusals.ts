import type { WireError } from '../protocol/types.js';

/** An answer of the proxy's own, in the error form of the wire. */
export function refuse(
  status: number,
  message: string,
  {
    type = 'invalid_request_error',
    code = null,
    headers = {},
  }: { type?: string; code?: string | null; headers?: Record<string, string> } = {},
): Response {
  const error: WireError = { message, type, param: null, code };
  return Response.json({ error }, { status, headers: { 'cache-control': 'no-store', ...headers } });
}

/** 404, as for a thread that is not there: who may not see it does not learn that it is. */
export function notFound(method: string, path: string): Response {
  return refuse(404, `Invalid URL (${method} ${path})`);
}

/** 502 for a server behind the proxy that fails, or answers what is not to be passed on. */
export function badGateway(message: string): Response {
  return refuse(502, message, { type: 'server_error' });
}

/**
 * An error answer of the server behind, rebuilt from the fields of the wire. Names of keys and organizations are taken out
 * of its message. A refusal of the server's key is the operator's affair, so the caller learns of a failure only.
 */
export async function relayError(
  upstream: Response,
  headers: Record<string, string>,
): Promise<Response> {
  if (upstream.status === 401 || upstream.status === 403) {
    await upstream.body?.cancel();
    return badGateway('The server behind this proxy refused its key.');
  }
  const { message, type, param, code } = errorOf(await upstream.text());
  const error = {
    message: (message ?? `The server behind this proxy answered ${upstream.status}.`).replaceAll(
      SECRETS,
      '***',
    ),
    type: type ?? (upstream.status >= 500 ? 'server_error' : 'invalid_request_error'),
    param: param ?? null,
    code: code ?? null,
  };
  return Response.json({ error }, { status: upstream.status, headers });
}

const SECRETS = /\b(?:sk|org|proj)[-_][\w*.-]+/g;

function errorOf(text: string): Partial<Record<keyof WireError, string>> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // A page or a text says nothing that a client of the wire could use.
    return {};
  }
  const error = toFields(toFields(body)['error']);
  const found: Partial<Record<keyof WireError, string>> = {};
  for (const name of ['message', 'type', 'param', 'code'] as const) {
    const value = error[name];
    if (typeof value === 'string') found[name] = value;
  }
  return found;
}

function toFields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
