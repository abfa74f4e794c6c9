import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Readable } from 'node:stream';

const MAX_STATUS = 599;

/**
 * Sends a request with a text body, like `fetch`, but without the limit of 300 s for silence that `fetch` has in Node. A local
 * model may need longer to read a long prompt. Redirects are not followed.
 */
export function fetchWithoutLimit(url: string, init: RequestInit): Promise<Response> {
  const send = url.startsWith('https:') ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: init.method ?? 'GET',
      headers: Object.fromEntries(new Headers(init.headers)),
      ...(init.signal ? { signal: init.signal } : {}),
    });
    request.on('error', reject);
    request.on('response', (message) => {
      // An error that this listener throws would end the process.
      try {
        resolve(toResponse(message));
      } catch (error) {
        message.destroy();
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    request.end(typeof init.body === 'string' ? init.body : undefined);
  });
}

function toResponse(message: IncomingMessage): Response {
  const headers = new Headers();
  for (const [name, values] of Object.entries(message.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  const { statusCode = 502 } = message;
  // Servers can send any status of three digits, but a Response cannot have all of them.
  const status = statusCode < 200 || statusCode > MAX_STATUS ? 502 : statusCode;
  // Responses with these statuses must not have a body.
  const hasBody = status !== 204 && status !== 205 && status !== 304;
  if (!hasBody) message.resume();
  // The streams of Node and of the web have different types for the same stream.
  const body = hasBody ? (Readable.toWeb(message) as ReadableStream<Uint8Array>) : null;
  return new Response(body, { status, headers });
}
