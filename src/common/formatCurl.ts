/** Headers that a command shows. All others, such as cookies, may identify a user. */
const SHOWN_HEADERS = ['accept', 'content-type', 'openai-beta', 'idempotency-key'];

/** Names of query parameters that may hold a key. `sig` signs a URL of Azure. */
const SECRET_PARAMETER = /key|token|secret|password|signature|^sig$|^code$/i;

/** A request, as `formatCurl` describes it. */
export interface CurlRequest {
  method: string;
  /** Absolute URL. */
  url: string;
  headers: Iterable<readonly [string, string]>;
  /** Text of the body. */
  body?: string | undefined;
}

/**
 * Formats a request as a command for curl in a POSIX shell. Keys are left out: the command reads the bearer token from the
 * environment variable API_KEY, and the values of other headers that may be secret are not part of it.
 */
export function formatCurl({ method, url, headers, body }: CurlRequest): string {
  const lines = [`curl ${quote(redactUrl(url))}`];
  if (method !== 'GET' && !(method === 'POST' && body !== undefined)) lines[0] += ` -X ${method}`;
  lines.push('-H "Authorization: Bearer $API_KEY"');
  for (const [name, value] of headers)
    if (SHOWN_HEADERS.includes(name.toLowerCase())) lines.push(`-H ${quote(`${name}: ${value}`)}`);
  if (body !== undefined) lines.push(`--data-raw ${quote(body)}`);
  return lines.join(' \\\n  ');
}

/** Replaces the user and parameters that may hold a key. */
function redactUrl(text: string): string {
  const url = new URL(text);
  url.username = '';
  url.password = '';
  url.hash = '';
  for (const name of new Set(url.searchParams.keys()))
    if (SECRET_PARAMETER.test(name)) url.searchParams.set(name, 'REDACTED');
  return url.href;
}

/** In single quotes, a shell reads each character as it is. */
function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
