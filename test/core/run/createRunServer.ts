import { createAssistantsClient } from '../../../src/client/createAssistantsClient.js';
import { encodeEvent } from '../../../src/protocol/encodeEvent.js';
import type { AssistantStreamEvent, Message, RunStep } from '../../../src/protocol/types.js';
import { aRun } from './events.js';

/** Kind of a request: a GET of the run or one of its lists, a cancel, or another POST. */
type RequestKind = 'run' | 'messages' | 'steps' | 'create' | 'cancel';

interface RecordedRequest {
  atMs: number;
  kind: RequestKind;
}

interface RunServerOptions {
  /** Time by which the server's clock is ahead of the local clock. */
  skewMs?: number;
  latencyMs?: number;
  /** False if responses have no `Date` header. */
  hasDate?: boolean;
}

/** Creates a server with one run, whose state the test sets, and a client of it. */
export function createRunServer({
  skewMs = 0,
  latencyMs = 0,
  hasDate = true,
}: RunServerOptions = {}) {
  const createdAt = Math.floor((Date.now() + skewMs) / 1_000);
  const requests: RecordedRequest[] = [];
  let inFlight = 0;
  const server = {
    run: aRun({ status: 'in_progress', created_at: createdAt, expires_at: createdAt + 600 }),
    messages: [] as Message[],
    steps: [] as RunStep[],
    /** Headers of every response. */
    headers: {} as Record<string, string>,
    /** Replaces the responses to requests for which it returns one. */
    override: (_kind: RequestKind): Response | Promise<Response> | undefined => undefined,
    /** Events that createRun streams before the connection ends. Undefined if the server cannot stream. */
    stream: undefined as AssistantStreamEvent[] | undefined,
    maxInFlight: 0,
    requests,
    /** Times of the polls. Requests at the same time belong to one poll. */
    getPollTimes: () => [
      ...new Set(requests.filter(({ kind }) => kind !== 'create').map(({ atMs }) => atMs)),
    ],
    client: createAssistantsClient({ baseUrl: 'http://server.test/v1', fetch: respond }),
  };
  return server;

  async function respond(request: Request): Promise<Response> {
    const kind = getRequestKind(request);
    requests.push({ atMs: Date.now(), kind });
    inFlight += 1;
    server.maxInFlight = Math.max(server.maxInFlight, inFlight);
    try {
      if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
      return (await server.override(kind)) ?? createResponse(kind);
    } finally {
      inFlight -= 1;
    }
  }

  function createResponse(kind: RequestKind): Response {
    const date = hasDate ? { date: new Date(Date.now() + skewMs).toUTCString() } : undefined;
    const headers = { ...date, ...server.headers };
    if (kind === 'create' && server.stream) {
      const text = server.stream.map(({ event, data }) => encodeEvent(event, data)).join('');
      return new Response(text, { headers: { ...headers, 'content-type': 'text/event-stream' } });
    }
    if (kind === 'messages')
      return Response.json({ object: 'list', data: server.messages, has_more: false }, { headers });
    if (kind === 'steps')
      return Response.json({ object: 'list', data: server.steps, has_more: false }, { headers });
    return Response.json(server.run, { headers });
  }
}

function getRequestKind({ method, url }: Request): RequestKind {
  if (url.includes('/cancel')) return 'cancel';
  if (method === 'POST') return 'create';
  if (url.includes('/steps')) return 'steps';
  return url.includes('/messages') ? 'messages' : 'run';
}
