import type { Deadline } from './createDeadline.js';
import type { RunSlot, RunSlots } from './createRunSlots.js';
import { createBadGateway } from './ProxyFailure.js';
import type { ProxyTarget } from './ProxyOptions.js';
import type { Settings } from './readOptions.js';
import { buildUpstreamHeaders, buildUpstreamUrl } from './request/upstreamRequest.js';
import { createObserver } from './response/createObserver.js';
import { createRedactor } from '../common/createRedactor.js';
import { relayResponse } from './response/relayResponse.js';

/** Request that has passed all checks. */
export interface ForwardedRequest {
  request: Request;
  target: ProxyTarget;
  body: string | FormData | undefined;
  slot: RunSlot | undefined;
  runSlots: RunSlots;
  deadline: Deadline;
  /** Called with an error that ends a stream after its beginning. */
  report: (error: unknown) => void;
}

/** Sends a request to the upstream server and returns the response for the caller. Throws a ProxyFailure if that fails. */
export async function forwardRequest(
  { request, target, body, slot, runSlots, deadline, report }: ForwardedRequest,
  settings: Settings,
): Promise<Response> {
  const { limits } = settings;
  const url = buildUpstreamUrl(request, target, settings);
  const { sent, secrets, values } = await buildUpstreamHeaders(request, target.user, settings);
  if (typeof body === 'string' && request.method === 'POST')
    sent.set('content-type', 'application/json');
  const init: RequestInit = {
    method: request.method,
    headers: sent,
    redirect: 'manual',
    signal: deadline.signal,
    ...(body !== undefined && request.method === 'POST' && { body }),
  };
  const response = await deadline.within(send(url, init, settings), limits.headersMs, () =>
    createBadGateway(`The upstream server did not respond within ${limits.headersMs / 1000} s.`),
  );
  const { apiKey, upstream } = settings;
  const redact = createRedactor(
    [...(apiKey === undefined ? [] : [apiKey]), ...secrets],
    [...values, ...upstream.searchParams.values(), ...listSecretSegments(upstream)],
  );
  const isReplay = response.headers.has('idempotent-replayed');
  const observer = createObserver({ request, target, isReplay, settings, runSlots, slot });
  return relayResponse(response, {
    operation: target.operation,
    url,
    settings,
    deadline,
    observer,
    redact,
    onError: report,
  });
}

/** Letters and digits without a separator, such as a token, but not the name of a model. */
const TOKEN = /(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z\d]{12,}/;

/** Some servers have a token of the account in the path of their address. */
function listSecretSegments({ pathname }: URL): string[] {
  return pathname.split('/').filter((segment) => TOKEN.test(segment));
}

async function send(
  url: URL,
  init: RequestInit,
  { fetch: fetchUpstream }: Pick<Settings, 'fetch'>,
): Promise<Response> {
  try {
    return await fetchUpstream(url, init);
  } catch (error) {
    // The original message is about sockets, and may contain the address of the server.
    throw createBadGateway('The upstream server cannot be reached.', error);
  }
}
