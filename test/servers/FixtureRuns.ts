import type { Dialect, WireObject } from './Dialect.js';
import type { createDeferred } from '../createDeferred.js';

/** Event of a run, before it has the form of the server. */
export interface FixtureEvent {
  event: string;
  data: WireObject;
}

interface Answer {
  id: string;
  text: string;
}

/** A thread with everything that belongs to it. Lists are oldest first. */
export interface FixtureThread {
  thread: WireObject;
  messages: WireObject[];
  runs: FixtureRun[];
}

export interface FixtureRun {
  object: WireObject;
  steps: WireObject[];
  events: FixtureEvent[];
  answers: Answer[];
  /** Called after every event. */
  listeners: Set<() => void>;
  isCancelled: boolean;
}

/** Effects that runs need from their server. */
interface RunServer {
  dialect: Dialect;
  createId: (prefix: string) => string;
  now: () => number;
  /** Resolves when long answers may continue. */
  gate: ReturnType<typeof createDeferred<undefined>>;
}

const ACTIVE = new Set(['queued', 'in_progress', 'cancelling']);

/** Returns true if a run neither waits for an action nor has ended. */
export function isWorking({ object }: FixtureRun): boolean {
  return ACTIVE.has(String(object['status']));
}

/** Creates a run of a thread. `work` executes it. */
export function createFixtureRun(
  server: RunServer,
  { thread }: FixtureThread,
  body: Record<string, unknown>,
): FixtureRun {
  const object = {
    id: server.createId('run'),
    object: 'thread.run',
    created_at: server.now(),
    thread_id: thread.id,
    assistant_id: body['assistant_id'],
    status: 'queued',
    required_action: null,
    last_error: null,
    incomplete_details: null,
    expires_at: server.now() + 600,
    started_at: null,
    cancelled_at: null,
    failed_at: null,
    completed_at: null,
    model: 'fixture',
    instructions: '',
    tools: [
      { type: 'function', function: { name: 'get_weather' } },
      { type: 'function', function: { name: 'send_mail' } },
    ],
    metadata: {},
    usage: null,
  };
  const run: FixtureRun = {
    object,
    steps: [],
    events: [],
    answers: [],
    listeners: new Set(),
    isCancelled: false,
  };
  emit(run, 'thread.run.created', object);
  return run;
}

/** Works on a run until it waits for an action or ends. */
export async function work(
  server: RunServer,
  thread: FixtureThread,
  run: FixtureRun,
): Promise<void> {
  setStatus(run, 'in_progress', { started_at: server.now(), required_action: null });
  const text = getLastText(thread);
  if (run.answers.length === 0 && /tools|approve/.test(text)) {
    requireAction(server, run, text);
    return;
  }
  const outputs = run.answers.map((answer) => answer.text).join(' and ');
  await write(server, thread, run, outputs === '' ? `You said: ${text}` : `Done: ${outputs}`);
}

/** Accepts the answers to the calls of a run. */
export function submitAnswers(run: FixtureRun, body: Record<string, unknown>): void {
  const outputs = (body['tool_outputs'] ?? []) as { tool_call_id: string; output: string }[];
  const approvals = (body['tool_approvals'] ?? []) as { tool_call_id: string; approve: boolean }[];
  run.answers = [
    ...outputs.map(({ tool_call_id: id, output }) => ({ id, text: output })),
    ...approvals.map(({ tool_call_id: id, approve }) => ({
      id,
      text: approve ? 'approved' : 'declined',
    })),
  ];
}

export function cancelFixtureRun({ gate, now }: RunServer, run: FixtureRun): void {
  run.isCancelled = true;
  setStatus(run, 'cancelled', { cancelled_at: now() });
  gate.resolve(undefined);
}

function requireAction({ dialect, createId }: RunServer, run: FixtureRun, text: string): void {
  const isApproval = /approve/.test(text);
  const inputs = isApproval ? [{ to: 'ann@example.org' }] : [{ city: 'Oslo' }, { city: 'Bergen' }];
  const sharedId = createId('call');
  const calls = inputs.map((input) => ({
    id: dialect.sharesCallIds ? sharedId : createId('call'),
    name: isApproval ? 'send_mail' : 'get_weather',
    arguments: JSON.stringify(input),
  }));
  const toFunction = ({ id, ...call }: (typeof calls)[number]) => ({
    id,
    type: 'function',
    function: call,
  });
  const action =
    isApproval && dialect.asksForApprovals
      ? {
          type: 'submit_tool_approval',
          submit_tool_approval: {
            tool_calls: calls.map((call) => ({ ...call, type: 'mcp', server_label: 'mail' })),
          },
        }
      : {
          type: 'submit_tool_outputs',
          submit_tool_outputs: { tool_calls: calls.map(toFunction) },
        };
  setStatus(run, 'requires_action', { required_action: action });
}

async function write(
  { createId, now, gate }: RunServer,
  { messages }: FixtureThread,
  run: FixtureRun,
  text: string,
): Promise<void> {
  const { object } = run;
  const part = { type: 'text', text: { value: '', annotations: [] as unknown[] } };
  const message: WireObject = {
    id: createId('msg'),
    object: 'thread.message',
    created_at: now(),
    thread_id: object['thread_id'],
    run_id: object.id,
    assistant_id: object['assistant_id'],
    role: 'assistant',
    status: 'in_progress',
    incomplete_details: null,
    content: [],
    attachments: [],
    metadata: {},
  };
  messages.push(message);
  emit(run, 'thread.message.created', message);
  const half = Math.ceil(text.length / 2);
  for (const value of [text.slice(0, half), text.slice(half)]) {
    if (part.text.value !== '' && /long/.test(text)) await gate.promise;
    if (run.isCancelled) return;
    part.text.value += value;
    message['content'] = [part];
    const delta = { content: [{ index: 0, type: 'text', text: { value } }] };
    emit(run, 'thread.message.delta', { id: message.id, object: 'thread.message.delta', delta });
  }
  message['status'] = 'completed';
  message['completed_at'] = now();
  emit(run, 'thread.message.completed', message);
  const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
  setStatus(run, 'completed', { completed_at: now(), usage });
}

function setStatus(run: FixtureRun, status: string, fields: Record<string, unknown>): void {
  Object.assign(run.object, fields, { status });
  emit(run, `thread.run.${status}`, run.object);
}

function emit(run: FixtureRun, event: string, data: WireObject): void {
  run.events.push({ event, data: structuredClone(data) });
  for (const listener of run.listeners) listener();
}

function getLastText({ messages }: FixtureThread): string {
  const message = messages.findLast(({ role }) => role === 'user');
  const [part] = (message?.['content'] ?? []) as { text: { value: string } }[];
  return part?.text.value ?? '';
}
