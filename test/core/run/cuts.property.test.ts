import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { numRuns } from '../../budget.js';
import { createBackend } from '../../../src/backend/createBackend.js';
import { scriptedModel } from '../../../src/backend/models/scripted/scriptedModel.js';
import { createAssistantsClient } from '../../../src/client/createAssistantsClient.js';
import type { AssistantsClient } from '../../../src/client/AssistantsClient.js';
import type { Message, RunStep } from '../../../src/protocol/types.js';
import { followRun } from '../../../src/core/run/followRun.js';
import { EXTENSIONS_HEADER } from '../../../src/protocol/extensions.js';
import type { FollowedRun } from '../../../src/core/run/FollowedRun.js';

/** Position at which the server destroys the socket. */
interface Cut {
  /** Index of the stream of the thread, without those that continue a broken one. */
  stream: number;
  /** Index of the event in the stream, also if the server sends several events together. */
  event: number;
  /** Bytes of the event that are sent. */
  bytes: 'none' | 'one' | 'two' | 'all but one';
}

const questions = {
  message: 'Say something',
  tools: 'Ask two functions',
  incomplete: 'Use up all tokens',
} as const;
type Scenario = keyof typeof questions;

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

/**
 * Starts an HTTP server in front of the backend that destroys sockets at the given positions, by thread id.
 *
 * @param canRejoin False to hide that the backend can continue a stream.
 */
function listen(cuts: Map<string, Cut>, canRejoin: boolean): Promise<Server> {
  const streamCounts = new Map<string, number>();
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
      if (!canRejoin) response.headers.delete(EXTENSIONS_HEADER);
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      const threadId = /threads\/(thread_\w+)/.exec(incoming.url ?? '')?.[1] ?? '';
      const isStream = response.headers.get('content-type')?.includes('event-stream');
      if (!isStream) return outgoing.end(Buffer.from(await response.arrayBuffer()));
      if (incoming.method === 'GET') {
        rejoins += 1;
        return relay(response, outgoing, undefined);
      }
      const stream = streamCounts.get(threadId) ?? 0;
      streamCounts.set(threadId, stream + 1);
      const cut = cuts.get(threadId);
      await relay(response, outgoing, cut?.stream === stream ? cut : undefined);
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
  for await (const bytes of readFrames(response)) {
    if (cut?.event === event) {
      const length = { none: 0, one: 1, two: 2, 'all but one': bytes.length - 1 }[cut.bytes];
      outgoing.write(bytes.subarray(0, length), () => outgoing.socket?.destroy());
      return;
    }
    outgoing.write(bytes);
    event += 1;
  }
  outgoing.end();
}

/** Reads the frames of a stream. The backend sends several at once if they are ready. */
async function* readFrames(response: Response): AsyncGenerator<Buffer, void, void> {
  for await (const chunk of response.body ?? [])
    for (const frame of Buffer.from(chunk as Uint8Array)
      .toString('latin1')
      .split(/(?<=\n\n)/))
      yield Buffer.from(frame, 'latin1');
}

const servers: Server[] = [];
/** Number of streams that were continued. */
let rejoins = 0;
const cuts = new Map<string, Cut>();
const clients: Record<string, AssistantsClient> = {};
let assistantId = '';

beforeAll(async () => {
  for (const canRejoin of [true, false]) {
    const server = await listen(cuts, canRejoin);
    servers.push(server);
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    const rejoining = canRejoin ? 'rejoining' : 'polling';
    clients[`${rejoining}, with idempotency keys`] = createAssistantsClient({
      baseUrl,
      idempotencyKeys: true,
    });
    clients[`${rejoining}, without idempotency keys`] = createAssistantsClient({ baseUrl });
  }
  const tools = ['f', 'g'].map((name) => ({ type: 'function' as const, function: { name } }));
  assistantId = (
    await createAssistantsClient({ fetch: backend.fetch }).createAssistant({
      body: { model: 'x', tools },
    })
  ).id;
});
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

/** Follows a run until it settles and answers its calls. Returns every text that the user saw, and the stored messages. */
async function play(client: AssistantsClient, scenario: Scenario, cut?: Cut) {
  const thread = await client.createThread({
    body: { messages: [{ role: 'user', content: questions[scenario] }] },
  });
  if (cut) cuts.set(thread.id, cut);
  const followed = followRun(client, {
    createRun: { threadId: thread.id, body: { assistant_id: assistantId } },
  });
  const seenTexts: string[] = [];
  followed.subscribe(() => {
    seenTexts.push(getVisibleText(followed));
    void answerCalls(followed);
  });
  const run = await followed.settled;
  const state = followed.getState();
  const stored = await client.listMessages({ threadId: thread.id, query: { order: 'asc' } });
  return {
    run,
    seenTexts,
    messages: state.messages,
    steps: state.steps,
    stored: stored.data.slice(1),
  };
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

function getVisibleText(followed: FollowedRun): string {
  return followed.getState().messages.map(getText).join('|');
}

function getText({ content }: Message): string {
  return content
    .map((part) => (part.type === 'text' ? part.text.value : `[${part.type}]`))
    .join('');
}

/** Returns the transcript of a run without ids and times, which differ from run to run. */
function createTranscript({
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
      getText(message),
    ]),
    steps: steps.map(({ type, status, step_details }) => [
      type,
      status,
      step_details.type === 'tool_calls' &&
        step_details.tool_calls.map((call) => call.type === 'function' && call.function),
    ]),
  };
}

/** Counts the events of each stream of a run. */
async function countEvents(scenario: Scenario): Promise<number[]> {
  const counts: number[] = [];
  const countingClient = createAssistantsClient({
    fetch: async (request) => {
      const response = await backend.fetch(request);
      if (!response.headers.get('content-type')?.includes('event-stream') || !response.body)
        return response;
      const frames: Buffer[] = [];
      for await (const frame of readFrames(response)) frames.push(frame);
      counts.push(frames.length);
      return new Response(Buffer.concat(frames), response);
    },
  });
  await play(countingClient, scenario);
  return counts;
}

describe('a run whose connection is cut', () => {
  it.each(['message', 'tools', 'incomplete'] as const)(
    'has the same transcript as without the cut: %s',
    async (scenario) => {
      const counts = await countEvents(scenario);
      expect(counts).toHaveLength(scenario === 'tools' ? 2 : 1);
      const positions = counts.flatMap((count, stream) =>
        Array.from({ length: count }, (_, event) => event).flatMap((event) =>
          (['none', 'one', 'two', 'all but one'] as const).map((bytes) => ({
            stream,
            event,
            bytes,
          })),
        ),
      );
      const count = numRuns(positions.length, Math.min(positions.length, 16));
      for (const [name, client] of Object.entries(clients)) {
        rejoins = 0;
        const [sample = []] = fc.sample(
          fc.shuffledSubarray(positions, { minLength: count, maxLength: count }),
          1,
        );
        const uncut = createTranscript(await play(client, scenario));
        await runInParallel(sample, 24, async (cut) => {
          const result = await play(client, scenario, cut);
          const where = `${name}, ${JSON.stringify(cut)}`;
          expect({ where, ...createTranscript(result) }).toEqual({ where, ...uncut });
          expect({ where, messages: result.messages }).toEqual({ where, messages: result.stored });
          const finalText = result.messages.map(getText).join('|');
          const wrongTexts = result.seenTexts.filter((text) => !finalText.startsWith(text));
          expect({ where, wrongTexts }).toEqual({ where, wrongTexts: [] });
        });
        // Cuts near the end, and those before the run is known, need no further stream.
        expect(rejoins > count / 4).toBe(name.startsWith('rejoining'));
      }
    },
  );
});

async function runInParallel<T>(
  items: readonly T[],
  concurrency: number,
  task: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await task(item);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}
