/** Receives the share of the upload that has been sent, from 0 to 1. */
export type OnUploadProgress = (share: number) => void;

/**
 * Creates a `fetch` that reports the progress of its upload. It uses XMLHttpRequest, because `fetch` does not report the
 * progress of request bodies. The response body is read completely before it resolves. Returns the global `fetch`, which
 * reports nothing, in runtimes without XMLHttpRequest.
 *
 * @param form The body of the request, if it is a form. WebKit cannot read the files of a form back from a request.
 */
export function fetchWithProgress(
  onProgress: OnUploadProgress,
  form?: FormData,
): (request: Request) => Promise<Response> {
  if (typeof XMLHttpRequest === 'undefined') return fetch;
  return async (request) => {
    const body = form ?? (await request.blob());
    return new Promise((resolve, reject) => {
      const xhr = new XMLHttpRequest();
      xhr.open(request.method, request.url);
      request.headers.forEach((value, name) => {
        // The content type of a form names the boundary of its parts, which differs each time that it is sent.
        if (!form || name !== 'content-type') xhr.setRequestHeader(name, value);
      });
      xhr.withCredentials = request.credentials === 'include';
      xhr.responseType = 'blob';
      xhr.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
      xhr.onload = () => resolve(toResponse(xhr, request.url));
      xhr.onerror = () => reject(new TypeError('The connection broke during the upload.'));
      xhr.onabort = () => reject(request.signal.reason);
      request.signal.addEventListener('abort', () => xhr.abort(), { once: true });
      if (request.signal.aborted) return reject(request.signal.reason);
      xhr.send(body);
    });
  };
}

/** `Response` throws if a body is passed with one of these status codes. */
const EMPTY_STATUS_CODES = new Set([204, 205, 304]);

function toResponse(xhr: XMLHttpRequest, requestUrl: string): Response {
  const { status, statusText, responseURL } = xhr;
  // `responseType` is 'blob'.
  const body = EMPTY_STATUS_CODES.has(status) ? null : (xhr.response as Blob);
  const response = new Response(body, { status, statusText, headers: parseHeaders(xhr) });
  // XMLHttpRequest follows every redirect. The client rejects the response, as it does with those of `fetch`.
  const isRedirected = responseURL !== '' && responseURL !== requestUrl.split('#', 1)[0];
  Object.defineProperty(response, 'redirected', { value: isRedirected });
  if (isRedirected) Object.defineProperty(response, 'url', { value: responseURL });
  return response;
}

function parseHeaders(xhr: XMLHttpRequest): Headers {
  const headers = new Headers();
  for (const line of xhr.getAllResponseHeaders().trim().split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return headers;
}
