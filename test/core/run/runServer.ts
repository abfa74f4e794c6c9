import { createAssistantsClient } from '../../../src/client/createAssistantsClient.js';
import { encodeEvent } from '../../../src/protocol/encodeEvent.js';
import type { AssistantStreamEvent, Message, RunStep } from '../../../src/protocol/types.js';
import { aRun } from './events.js';

type Part = 'run' | 'messages' | 'steps' | 'create' | 'cancel';

/** One request as a server has seen it. */
interface Asked {
  atMs: number;
  part: Part;
}

/** A server of one run, as it is told to be, and a client of it. Its clock is the machine's, or ahead of it. */
export function runServer({ skewMs = 0, latencyMs = 0, hasDate = true } = {}) {
  const created = Math.floor((Date.now() + skewMs) / 1_000);
  const asked: Asked[] = [];
  let inFlight = 0;
  const server = {
    run: aRun({ status: 'in_progress', created_at: created, expires_at: created + 600 }),
    messages: [] as Message[],
    steps: [] as RunStep[],
    /** Sent with every answer. */
    headers: {} as Record<string, string>,
    /** Answers in place of the server, where it answers at all. */
    instead: (_part: Part): Response | Promise<Response> | undefined => undefined,
    /** What createRun streams before the connection is cut; undefined for a server without streams. */
    stream: undefined as AssistantStreamEvent[] | undefined,
    mostInFlight: 0,
    asked,
    /** The moments at which something was asked for, one for each poll. */
    polls: () => [
      ...new Set(asked.filter(({ part }) => part !== 'create').map(({ atMs }) => atMs)),
    ],
    client: createAssistantsClient({ baseUrl: 'http://server.test/v1', fetch: answer }),
  };
  return server;

  async function answer(request: Request): Promise<Response> {
    const part = partOf(request);
    asked.push({ atMs: Date.now(), part });
    server.mostInFlight = Math.max(server.mostInFlight, (inFlight += 1));
    try {
      if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
      return (await server.instead(part)) ?? own(part);
    } finally {
      inFlight -= 1;
    }
  }

  function own(part: Part): Response {
    const date = hasDate ? { date: new Date(Date.now() + skewMs).toUTCString() } : undefined;
    const headers = { ...date, ...server.headers };
    if (part === 'create' && server.stream) {
      const text = server.stream.map(({ event, data }) => encodeEvent(event, data)).join('');
      return new Response(text, { headers: { ...headers, 'content-type': 'text/event-stream' } });
    }
    if (part === 'messages')
      return Response.json({ object: 'list', data: server.messages, has_more: false }, { headers });
    if (part === 'steps')
      return Response.json({ object: 'list', data: server.steps, has_more: false }, { headers });
    return Response.json(server.run, { headers });
  }
}

function partOf({ method, url }: Request): Part {
  if (url.includes('/cancel')) return 'cancel';
  if (method === 'POST') return 'create';
  if (url.includes('/steps')) return 'steps';
  return url.includes('/messages') ? 'messages' : 'run';
}
