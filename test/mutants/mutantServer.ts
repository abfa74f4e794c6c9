import { EXTENSIONS_HEADER } from '../../src/protocol/extensions.js';
import { sampleObjects } from './sampleObjects.js';

const runEvents = [
  'created',
  'queued',
  'in_progress',
  'requires_action',
  'completed',
  'incomplete',
  'failed',
  'cancelling',
  'cancelled',
  'expired',
] as const;
const stepEvents = [
  'created',
  'in_progress',
  'completed',
  'failed',
  'cancelled',
  'expired',
] as const;
const messageEvents = ['created', 'in_progress', 'completed', 'incomplete'] as const;

/** Objects that the views request, and events of a run, by the sample object from which their mutants are made. */
export const mutantGroups = [
  ...(['message', 'run', 'step', 'assistant', 'file', 'thread'] as const).map((name) => ({
    kinds: [name],
    sample: sampleObjects[name],
  })),
  { kinds: runEvents.map((name) => `thread.run.${name}` as const), sample: sampleObjects.run },
  {
    kinds: stepEvents.map((name) => `thread.run.step.${name}` as const),
    sample: sampleObjects.step,
  },
  { kinds: ['thread.run.step.delta'], sample: sampleObjects.stepDelta },
  {
    kinds: messageEvents.map((name) => `thread.message.${name}` as const),
    sample: sampleObjects.message,
  },
  { kinds: ['thread.message.delta'], sample: sampleObjects.messageDelta },
  { kinds: ['thread.created'], sample: sampleObjects.thread },
  { kinds: ['error'], sample: { code: 'server_error', message: 'Failed' } },
] as const satisfies readonly { kinds: readonly string[]; sample: object }[];

export type MutantKind = (typeof mutantGroups)[number]['kinds'][number];

/** Mutants of one kind. */
export interface Mutants {
  kind: MutantKind;
  mutants: readonly unknown[];
}

export function isEvent(kind: MutantKind): boolean {
  return kind.includes('.') || kind === 'error';
}

/** Returns true if a page can show only one mutant: of a thread, its newest run, or what ends a stream. */
export function needsOwnPage(kind: MutantKind): boolean {
  return /^(?:thread(?:\.created)?|run|thread\.run\.[a-z_]+|error)$/.test(kind);
}

type Objects = Record<string, readonly unknown[]>;

/**
 * Creates a server of one thread with some mutants of one kind, as a `fetch`. Mutants of events arrive in the stream of
 * a run that is in progress.
 */
export function createMutantServer(given: Mutants): (request: Request) => Promise<Response> {
  const objects = createObjects(given);
  const find = (name: string, id: string | undefined) =>
    objects[name]?.find((object) => (object as { id?: unknown } | null)?.id === id) ??
    objects[name]?.[0] ??
    null;
  const page = (name: string) => ({ object: 'list', data: objects[name], has_more: false });
  return async ({ url }) => {
    const { pathname, searchParams } = new URL(url);
    const [collection, id, nested, nestedId, steps] = pathname.split('/').slice(2);
    if (steps !== undefined) return Response.json(page('step'));
    if (searchParams.has('stream')) return createEventStream(given);
    const name = (nested ?? collection ?? '').slice(0, -1);
    const isPage = (nested ?? id) === nested ? nestedId === undefined : id === undefined;
    const body = isPage ? page(name) : find(name, nestedId ?? id);
    return Response.json(body, { headers: { [EXTENSIONS_HEADER]: 'run-events' } });
  };
}

function createObjects({ kind, mutants }: Mutants): Objects {
  const samples = Object.entries(sampleObjects).map(([name, object]) => [name, [object]]);
  const objects = Object.fromEntries(samples) as Objects;
  if (isEvent(kind)) return { ...objects, run: [activeRun], message: [], step: [] };
  if (needsOwnPage(kind)) return { ...objects, message: [question], [kind]: mutants };
  // Each file is shown below a message.
  const message = kind === 'file' ? mutants.map(createMessage) : undefined;
  return { ...objects, ...(message && { message }), [kind]: mutants };
}

const question = {
  ...sampleObjects.message,
  role: 'user',
  content: [{ type: 'text', text: { value: 'Weather?', annotations: [] } }],
  attachments: [],
};

const activeRun = {
  ...sampleObjects.run,
  status: 'in_progress',
  required_action: null,
  last_error: null,
  incomplete_details: null,
  completed_at: null,
};

/** Creates a message with a file. */
function createMessage(file: unknown, index: number): object {
  const { id } = (file ?? {}) as { id?: unknown };
  const text = JSON.stringify({ ...sampleObjects.message, id: `msg_${index}` });
  return JSON.parse(text.replaceAll('"file-1"', JSON.stringify(id ?? 'file-1'))) as object;
}

/** Objects that a stream announces before an event changes them. */
const announcements: Readonly<Record<string, readonly [MutantKind, object]>> = {
  message: [
    'thread.message.created',
    { ...sampleObjects.message, status: 'in_progress', content: [], attachments: [] },
  ],
  step: [
    'thread.run.step.created',
    {
      ...sampleObjects.step,
      status: 'in_progress',
      step_details: { type: 'tool_calls', tool_calls: [] },
      last_error: null,
    },
  ],
};

/** Text of a message of each stream. */
export const STREAMED_TEXT = 'The other message.';

const streamedMessage = {
  ...sampleObjects.message,
  id: 'msg_other',
  content: [{ type: 'text', text: { value: STREAMED_TEXT, annotations: [] } }],
  attachments: [],
};

type Frame = readonly [event: string, data: unknown];

/** Creates an event stream that stays open, so that the page shows its last event. */
function createEventStream(given: Mutants): Response {
  const texts = listFrames(given).map(
    ([event, data], index) => `id: ${index}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`,
  );
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(texts.join('')));
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

function listFrames({ kind, mutants }: Mutants): readonly Frame[] {
  const [, name = ''] = /^thread\.(?:run\.)?(message|step)\./.exec(kind) ?? [];
  const announced = announcements[name];
  const frames = mutants.flatMap((mutant): readonly Frame[] => {
    const { id } = (mutant ?? {}) as { id?: unknown };
    const frame: Frame = [kind, mutant];
    if (announced === undefined || typeof id !== 'string') return [frame];
    return [[announced[0], { ...announced[1], id }], frame];
  });
  const other: readonly Frame[] = [
    ['thread.message.created', { ...streamedMessage, status: 'in_progress', content: [] }],
    ['thread.message.completed', streamedMessage],
  ];
  // The mutants of a run are read last, because the next event would replace them.
  const isLast = needsOwnPage(kind);
  const start: Frame = ['thread.run.in_progress', activeRun];
  return isLast ? [start, ...other, ...frames] : [start, ...frames, ...other];
}
