import type { Deadline } from '../createDeadline.js';
import { createBadGateway, ProxyFailure } from '../ProxyFailure.js';
import { readLimited, type ReadLimits } from '../request/readLimited.js';

/** Reads a body of the upstream server as text. Throws a ProxyFailure if it breaks off or exceeds a limit. */
export async function readUpstream(
  body: ReadableStream<Uint8Array>,
  deadline: Deadline,
  { maxBytes, silenceMs }: Pick<ReadLimits, 'maxBytes' | 'silenceMs'>,
): Promise<string> {
  const bytes = await readLimited(body, deadline, {
    maxBytes,
    silenceMs,
    createTooLarge: () =>
      createBadGateway(`The upstream server sent a response of more than ${maxBytes} bytes.`),
    createTooSlow: () => createSilence(silenceMs),
    createBroken: toUpstreamFailure,
  });
  return new TextDecoder().decode(bytes);
}

/** Creates the failure for an upstream server that sends no data. */
export function createSilence(silenceMs: number): ProxyFailure {
  return createBadGateway(`The upstream server sent no data for ${silenceMs / 1000} s.`);
}

/** Creates the failure for an upstream server whose stream has no event. */
export function createNoEvent(limitMs: number): ProxyFailure {
  return createBadGateway(`The upstream server sent no event for ${limitMs / 1000} s.`);
}

/** Returns a ProxyFailure unchanged. Other errors come from a connection that broke. */
export function toUpstreamFailure(error: unknown): ProxyFailure {
  if (error instanceof ProxyFailure) return error;
  return createBadGateway('The connection to the upstream server broke off.', error);
}
