import { matchOperation } from '../../src/protocol/matchOperation.js';
import type { OperationId } from '../../src/protocol/types.js';
import { createDeferred } from '../createDeferred.js';
import type { Dialect, WireObject } from './Dialect.js';
import {
  cancelFixtureRun,
  createFixtureRun,
  isWorking,
  submitAnswers,
  work,
  type FixtureRun,
  type FixtureThread,
} from './FixtureRuns.js';

type Body = Record<string, unknown>;

/** A request, with its ids and its body. */
interface Call {
  ids: Record<string, string>;
  body: Body;
  query: URLSearchParams;
  request: Request;
}

/** Shortest delay that the client accepts from a server, so that tests that poll need not wait longer. */
const HEADERS = { 'openai-poll-after-ms': '100' };

/**
 * Creates a server of a dialect in memory, as a `fetch`. Its assistant repeats the message of the user. A message with "tools"
 * makes two calls in parallel, one with "approve" makes a call that needs an approval, and one with "long" stops in the middle
 * until `continueLongAnswers` is called.
 */
export function createFixtureServer(dialect: Dialect) {
  const threads = new Map<string, FixtureThread>();
  const requests: { operationId: OperationId | undefined; body: Body; url: string }[] = [];
  let count = 0;
  const state = {
    dialect,
    createId(prefix: string): string {
      count += 1;
      return dialect.createId(prefix, count);
    },
    now: () => Math.floor(Date.now() / 1_000),
    gate: createDeferred<undefined>(),
  };
  const handlers = createHandlers(state, threads);

  return {
    dialect,
    requests,
    continueLongAnswers: () => state.gate.resolve(undefined),
    /** Creates a thread with messages, also if the server cannot, and returns its id. */
    createThread: (body: Body): string => createThread(state, threads, body).thread.id,
    async fetch(request: Request): Promise<Response> {
      const url = new URL(request.url);
      const match = matchOperation(request.method, url.pathname.replace(/^\/(?:v1|openai)/, ''));
      const body = (await request
        .clone()
        .json()
        .catch(() => ({}))) as Body;
      requests.push({ operationId: match?.operation, body, url: request.url });
      const refusal = dialect.authorize?.(request);
      if (refusal) return refusal;
      const handler = match && handlers[match.operation];
      if (!match || !handler || dialect.missing.includes(match.operation))
        return dialect.respondMissing(request);
      return handler({ ids: match.params, body, query: url.searchParams, request });
    },
  };
}

type State = Parameters<typeof createFixtureRun>[0];
type Handlers = Partial<Record<OperationId, (call: Call) => Response | Promise<Response>>>;

function createHandlers(state: State, threads: Map<string, FixtureThread>): Handlers {
  const { dialect } = state;
  const json = (object: WireObject, status = 200) =>
    Response.json(dialect.toWire(structuredClone(object)), { status, headers: HEADERS });
  const getThread = ({ ids }: Call) => threads.get(ids['thread_id'] ?? '');
  const getRun = (call: Call) =>
    getThread(call)?.runs.find(({ object }) => object.id === call.ids['run_id']);
  const startRun = (thread: FixtureThread, { body }: Call, isStreamed: boolean) => {
    const run = createFixtureRun(state, thread, body);
    thread.runs.push(run);
    return respondWithRun(state, thread, run, isStreamed && body['stream'] === true, 0);
  };
  return {
    createThread: ({ body }) =>
      json(createThread(state, threads, body).thread, dialect.createdStatus),
    createThreadAndRun: (call) =>
      startRun(
        createThread(state, threads, (call.body['thread'] ?? {}) as Body),
        call,
        !dialect.ignoresStreamOfThreads,
      ),
    getThread: (call) => respondIf(getThread(call), ({ thread }) => json(thread)),
    listThreads: (call) =>
      respondWithList(
        dialect,
        [...threads.values()].map(({ thread }) => thread),
        call,
      ),
    deleteThread: (call) =>
      respondIf(getThread(call), ({ thread }) => {
        threads.delete(thread.id);
        return json({ id: thread.id, object: 'thread.deleted', deleted: true });
      }),
    createMessage: (call) =>
      respondIf(getThread(call), (thread) =>
        json(addMessage(state, thread, call.body), dialect.createdStatus),
      ),
    listMessages: (call) =>
      respondIf(getThread(call), ({ messages }) => {
        const runId = call.query.get('run_id');
        const ofRun = messages.filter(({ run_id }) => runId === null || run_id === runId);
        return respondWithList(dialect, ofRun, call);
      }),
    listRuns: (call) =>
      respondIf(getThread(call), ({ runs }) => {
        const all = [...threads.values()].flatMap((thread) => thread.runs);
        const listed = dialect.listsAllRuns ? all : runs;
        if (dialect.listsAllRuns && all.length === 0)
          return new Response('Internal Server Error', { status: 500 });
        return respondWithList(
          dialect,
          listed.map(({ object }) => object),
          call,
        );
      }),
    createRun: (call) => respondIf(getThread(call), (thread) => startRun(thread, call, true)),
    getRun: (call) => respondIf(getRun(call), ({ object }) => json(object)),
    listRunSteps: (call) =>
      respondIf(getRun(call), ({ steps }) => respondWithList(dialect, steps, call)),
    submitToolOutputsToRun: (call) =>
      respondIf(getThread(call), (thread) => {
        const run = getRun(call);
        if (!run) return respondIf(run, () => json(thread.thread));
        submitAnswers(run, call.body);
        const isStreamed = call.body['stream'] === true;
        return respondWithRun(state, thread, run, isStreamed, run.events.length);
      }),
    cancelRun: (call) =>
      respondIf(getRun(call), (run) => {
        cancelFixtureRun(state, run);
        return json(run.object);
      }),
  };
}

function respondIf<Found>(
  found: Found | undefined,
  respond: (found: Found) => Response | Promise<Response>,
): Response | Promise<Response> {
  if (found !== undefined) return respond(found);
  return Response.json({ error: { message: 'No object found with this id.' } }, { status: 404 });
}

function createThread(
  state: State,
  threads: Map<string, FixtureThread>,
  body: Body,
): FixtureThread {
  const thread = {
    id: state.createId('thread'),
    object: 'thread',
    created_at: state.now(),
    metadata: {},
    tool_resources: null,
  };
  const entry: FixtureThread = { thread, messages: [], runs: [] };
  for (const message of (body['messages'] ?? []) as Body[]) addMessage(state, entry, message);
  threads.set(thread.id, entry);
  return entry;
}

function addMessage(state: State, { thread, messages }: FixtureThread, body: Body): WireObject {
  const { content } = body;
  const parts = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
  const message: WireObject = {
    id: state.createId('msg'),
    object: 'thread.message',
    created_at: state.now(),
    thread_id: thread.id,
    run_id: null,
    assistant_id: null,
    role: body['role'],
    status: 'completed',
    incomplete_details: null,
    content: (parts as { type: string; text: string }[]).map(({ type, text }) => ({
      type,
      text: { value: text, annotations: [] },
    })),
    attachments: [],
    metadata: {},
  };
  messages.push(message);
  return message;
}

/** Answers with a page, newest first unless the request says otherwise. */
function respondWithList(dialect: Dialect, items: WireObject[], { query }: Call): Response {
  const after = query.get('after');
  if (after !== null && dialect.respondToAfter) return dialect.respondToAfter();
  const ordered = query.get('order') === 'asc' ? items : items.toReversed();
  const start = after === null ? 0 : ordered.findIndex(({ id }) => id === after) + 1;
  const end = start + Number(query.get('limit') ?? 20);
  const page = ordered.slice(start, end).map((item) => dialect.toWire(structuredClone(item)));
  const list = { items: page as WireObject[], hasMore: end < ordered.length };
  return Response.json(dialect.toList(list), { headers: HEADERS });
}

/** Works on a run, and answers with its stream, or with the run. */
async function respondWithRun(
  state: State,
  thread: FixtureThread,
  run: FixtureRun,
  isStreamed: boolean,
  firstEvent: number,
): Promise<Response> {
  const { dialect } = state;
  const working = work(state, thread, run);
  if (isStreamed && dialect.frames !== 'none')
    return new Response(streamEvents(dialect, run, firstEvent), {
      headers: { 'content-type': 'text/event-stream' },
    });
  if (dialect.finishesInPost) await working;
  const object = dialect.toWire(structuredClone(run.object));
  return Response.json(object, { status: dialect.createdStatus, headers: HEADERS });
}

function streamEvents(
  dialect: Dialect,
  run: FixtureRun,
  firstEvent: number,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let next = firstEvent;
  let write: () => void = () => undefined;
  return new ReadableStream({
    start(controller) {
      write = () => {
        for (; next < run.events.length; next += 1) {
          const frame = encodeFrame(dialect, run.events[next] as FixtureRun['events'][number]);
          controller.enqueue(encoder.encode(`${dialect.heartbeat ?? ''}${frame}`));
        }
        if (isWorking(run)) return;
        run.listeners.delete(write);
        controller.enqueue(encoder.encode(dialect.doneFrame));
        controller.close();
      };
      run.listeners.add(write);
      write();
    },
    cancel() {
      run.listeners.delete(write);
    },
  });
}

function encodeFrame(dialect: Dialect, { event, data }: FixtureRun['events'][number]): string {
  const object = dialect.toWire(structuredClone(data));
  switch (dialect.frames) {
    case 'wrapped':
      return `data: ${JSON.stringify({ event, data: object })}\n\n`;
    case 'bare':
      return `data: ${JSON.stringify(object)}\n\n`;
    default:
      return `event: ${event}\ndata: ${JSON.stringify(object)}\n\n`;
  }
}
