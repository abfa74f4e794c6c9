import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBackend } from '../../../src/backend/createBackend.js';
import { scriptedModel } from '../../../src/backend/models/scripted/scriptedModel.js';
import { createAssistantsClient } from '../../../src/client/createAssistantsClient.js';
import type { AssistantsClient } from '../../../src/client/AssistantsClient.js';
import type { Message, RunStep } from '../../../src/protocol/types.js';
import { followRun } from '../../../src/core/run/followRun.js';
import type { FollowedRun } from '../../../src/core/run/FollowedRun.js';

/** Where the server destroys the socket: behind so many bytes of an event of the nth stream of a thread. */
interface Cut {
  stream: number;
  event: number;
  bytes: 'none' | 'first' | 'second' | 'last';
}

const question = {
  message: 'Say something',
  tools: 'Ask two functions',
  incomplete: 'Run out of tokens',
} as const;
type Canonical = keyof typeof question;

const backend = createBackend({
  model: scriptedModel([
    {
      when: /two functions/,
      say: ['First a word. ', { call: 'f', with: { a: 1 } }, { call: 'g', with: { b: [2] } }],
      after: 'Then the *answer*.',
    },
    { when: /tokens/, say: ['Half of an ans', { cut: 'max_completion_tokens' }] },
    { say: 'Hello, **world**. 👋 Good to see you.' },
  ]),
});

/** A listener in front of the backend that destroys the sockets it is told to. */
function listen(cuts: Map<string, Cut>): Promise<Server> {
  const streams = new Map<string, number>();
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const headers = Object.entries(incoming.headers).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value]] : [],
      );
      const response = await backend.fetch(
        new Request(`http://127.0.0.1${incoming.url}`, {
          method: incoming.method ?? 'GET',
          headers: Object.fromEntries(headers) as Record<string, string>,
          ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
        }),
      );
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      const threadId = /threads\/(thread_\w+)/.exec(incoming.url ?? '')?.[1] ?? '';
      const isStream = response.headers.get('content-type')?.includes('event-stream');
      if (!isStream) return outgoing.end(Buffer.from(await response.arrayBuffer()));
      const nth = streams.get(threadId) ?? 0;
      streams.set(threadId, nth + 1);
      const cut = cuts.get(threadId);
      await relay(response, outgoing, cut?.stream === nth ? cut : undefined);
    })();
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

async function relay(
  response: Response,
  outgoing: ServerResponse,
  cut: Cut | undefined,
): Promise<void> {
  let event = 0;
  for await (const chunk of response.body ?? []) {
    // The backend hands out one event a chunk.
    const bytes = Buffer.from(chunk as Uint8Array);
    if (cut?.event === event) {
      const kept = { none: 0, first: 1, second: 2, last: bytes.length - 1 }[cut.bytes];
      outgoing.write(bytes.subarray(0, kept), () => outgoing.socket?.destroy());
      return;
    }
    outgoing.write(bytes);
    event += 1;
  }
  outgoing.end();
}

let server: Server;
const cuts = new Map<string, Cut>();
const clients: Record<string, AssistantsClient> = {};
let assistantId = '';

beforeAll(async () => {
  server = await listen(cuts);
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  clients['with idempotency keys'] = createAssistantsClient({ baseUrl, idempotencyKeys: true });
  clients['without'] = createAssistantsClient({ baseUrl });
  const tools = ['f', 'g'].map((name) => ({ type: 'function' as const, function: { name } }));
  assistantId = (
    await createAssistantsClient({ fetch: backend.fetch }).createAssistant({
      body: { model: 'x', tools },
    })
  ).id;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Follows a canonical run to its end, answering its calls, and gives what a person then sees. */
async function play(client: AssistantsClient, canonical: Canonical, cut?: Cut) {
  const thread = await client.createThread({
    body: { messages: [{ role: 'user', content: question[canonical] }] },
  });
  if (cut) cuts.set(thread.id, cut);
  const followed = followRun(client, {
    createRun: { threadId: thread.id, body: { assistant_id: assistantId } },
  });
  const seen: string[] = [];
  followed.subscribe(() => {
    seen.push(shownText(followed));
    void answerCalls(followed);
  });
  const run = await followed.settled;
  const state = followed.getState();
  const stored = await client.listMessages({ threadId: thread.id, query: { order: 'asc' } });
  return { run, seen, messages: state.messages, steps: state.steps, stored: stored.data.slice(1) };
}

const submitting = new WeakSet<FollowedRun>();

async function answerCalls(followed: FollowedRun): Promise<void> {
  const { run, phase } = followed.getState();
  if (phase !== 'waiting' || submitting.has(followed)) return;
  submitting.add(followed);
  const calls = run?.required_action?.submit_tool_outputs.tool_calls ?? [];
  await followed.submit(
    calls.map(({ id }) => ({ tool_call_id: id, output: `output of ${id}`.slice(0, 9) })),
  );
}

function shownText(followed: FollowedRun): string {
  return followed.getState().messages.map(textOf).join('|');
}

function textOf({ content }: Message): string {
  return content
    .map((part) => (part.type === 'text' ? part.text.value : `[${part.type}]`))
    .join('');
}

/** A transcript without what differs from run to run: ids and times. */
function transcript({
  run,
  messages,
  steps,
}: {
  run: { status: string };
  messages: readonly Message[];
  steps: readonly RunStep[];
}) {
  return {
    status: run.status,
    messages: messages.map((message) => [
      message.status,
      message.incomplete_details,
      textOf(message),
    ]),
    steps: steps.map(({ type, status, step_details }) => [
      type,
      status,
      step_details.type === 'tool_calls' &&
        step_details.tool_calls.map((call) => call.type === 'function' && call.function),
    ]),
  };
}

/** How many events each stream of a canonical run has. */
async function eventCounts(canonical: Canonical): Promise<number[]> {
  const counts: number[] = [];
  const counting = createAssistantsClient({
    fetch: async (request) => {
      const response = await backend.fetch(request);
      if (!response.headers.get('content-type')?.includes('event-stream') || !response.body)
        return response;
      const index = counts.push(0) - 1;
      const count = new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          counts[index] = (counts[index] ?? 0) + 1;
          controller.enqueue(chunk);
        },
      });
      return new Response(response.body.pipeThrough(count), response);
    },
  });
  await play(counting, canonical);
  return counts;
}

describe('a connection that is cut', () => {
  it.each(['message', 'tools', 'incomplete'] as const)(
    'anywhere in the run %s leaves the transcript as without the cut',
    async (canonical) => {
      const counts = await eventCounts(canonical);
      expect(counts).toHaveLength(canonical === 'tools' ? 2 : 1);
      const places = counts.flatMap((count, stream) =>
        Array.from({ length: count }, (_, event) => event).flatMap((event) =>
          (['none', 'first', 'second', 'last'] as const).map((bytes) => ({ stream, event, bytes })),
        ),
      );
      for (const [name, client] of Object.entries(clients)) {
        const uncut = transcript(await play(client, canonical));
        await inParallel(places, 24, async (cut) => {
          const began = performance.now();
          const result = await play(client, canonical, cut);
          const where = `${name}, ${JSON.stringify(cut)}`;
          expect({ where, ...transcript(result) }).toEqual({ where, ...uncut });
          expect({ where, messages: result.messages }).toEqual({ where, messages: result.stored });
          const whole = result.messages.map(textOf).join('|');
          const strays = result.seen.filter((text) => !whole.startsWith(text));
          expect({ where, strays }).toEqual({ where, strays: [] });
          // Far more than one poll interval and a second: this machine is shared, and a hang is what is looked for.
          expect(performance.now() - began).toBeLessThan(20_000);
        });
      }
    },
    120_000,
  );
});

async function inParallel<T>(
  items: readonly T[],
  width: number,
  task: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await task(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
