/** Called with the share of the body that has been sent, 0 to 1. */
export type OnUploadProgress = (share: number) => void;

/**
 * A `fetch` that reports the progress of its upload. Through XMLHttpRequest, since fetch tells nothing of a body on its
 * way; the answer is read whole. The global fetch, and no report, where there is no XMLHttpRequest.
 */
export function fetchWithProgress(
  onProgress: OnUploadProgress,
): (request: Request) => Promise<Response> {
  if (typeof XMLHttpRequest === 'undefined') return fetch;
  return async (request) => {
    // As a Blob the parts of a form keep their boundary, which the request's own content-type names.
    const body = await request.blob();
    return new Promise((resolve, reject) => {
      const xhr = new XMLHttpRequest();
      xhr.open(request.method, request.url);
      request.headers.forEach((value, name) => xhr.setRequestHeader(name, value));
      xhr.withCredentials = request.credentials === 'include';
      xhr.responseType = 'blob';
      xhr.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
      xhr.onload = () => {
        const { status, statusText } = xhr;
        // These have no body, and Response insists that they are given none.
        const answer =
          status === 204 || status === 205 || status === 304 ? null : (xhr.response as Blob);
        resolve(new Response(answer, { status, statusText, headers: headersOf(xhr) }));
      };
      xhr.onerror = () => reject(new TypeError('The upload failed on its way.'));
      xhr.onabort = () => reject(request.signal.reason);
      request.signal.addEventListener('abort', () => xhr.abort(), { once: true });
      if (request.signal.aborted) return reject(request.signal.reason);
      xhr.send(body);
    });
  };
}

function headersOf(xhr: XMLHttpRequest): Headers {
  const headers = new Headers();
  for (const line of xhr.getAllResponseHeaders().trim().split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return headers;
}
