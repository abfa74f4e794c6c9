/** Response of a server process. */
export interface ServerResponse {
  status: number;
  /** Parsed JSON. Undefined for other content. */
  body: {
    id: string;
    thread_id?: string;
    data?: { id: string }[];
    status?: string;
    has_more?: boolean;
  };
}

/** Sends a request to an operation. Rejects if the connection fails. */
export type Send = (
  method: string,
  path: string,
  body?: object | FormData,
  headers?: Record<string, string>,
) => Promise<ServerResponse>;

/** Server, or servers, that tests send requests to. */
export interface RequestTarget {
  send: Send;
}

/** Sends a request to a server and reads the whole response. */
export async function sendRequest(
  url: string,
  [method, path, body, headers = {}]: Parameters<Send>,
  signal?: AbortSignal,
): Promise<ServerResponse> {
  const isForm = body instanceof FormData;
  const response = await fetch(`${url}${path}`, {
    method,
    ...(signal === undefined ? {} : { signal }),
    headers: {
      ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  // JSON of the server, or the content of a file, which tests do not read.
  const json: unknown = text.startsWith('{') ? JSON.parse(text) : undefined;
  return { status: response.status, body: json as ServerResponse['body'] };
}
