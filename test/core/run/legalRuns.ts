import fc from 'fast-check';
import type {
  AssistantStreamEvent,
  FileCitation,
  Message,
  MessageContent,
  MessageDelta,
  Run,
  RunStep,
  RunStepDelta,
  RunStepToolCall,
} from '../../../src/protocol/types.js';
import { aMessage, aRun, aStep } from './events.js';

type DeltaContent = NonNullable<MessageDelta['delta']['content']>[number];
type DeltaCall = NonNullable<
  (RunStepDelta['delta']['step_details'] & { type: 'tool_calls' })['tool_calls']
>[number];

/** Plan of a part of a message. Its text arrives in pieces. */
type Part =
  | { kind: 'text'; pieces: string[]; citations: number }
  | { kind: 'refusal'; pieces: string[] }
  | { kind: 'image' };
/** Plan of a tool call. */
type Call =
  { kind: 'function'; pieces: string[] } | { kind: 'code'; pieces: string[]; logs: string[] };
/** Plan of a step that creates a message or calls tools. */
type Step = { parts: Part[]; isIncomplete: boolean } | { calls: Call[]; isAnswered: boolean };

/** Events of a run, and the objects that they lead to. */
export interface LegalRun {
  events: AssistantStreamEvent[];
  /** Final objects of the server. */
  run: Run;
  messages: Message[];
  steps: RunStep[];
}

const piece = fc.constantFrom(
  '',
  'a',
  'Hello ',
  '{"city":',
  '"',
  '\n',
  '\r\n',
  '\0',
  'é',
  '👋🏽',
  '】',
  '\u2028',
  '[DONE]',
  '__proto__',
);
const pieces = fc.array(piece, { minLength: 1, maxLength: 5 });
const part: fc.Arbitrary<Part> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('text' as const), pieces, citations: fc.nat(2) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('refusal' as const), pieces }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'image' as const }) },
);
const call: fc.Arbitrary<Call> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('function' as const), pieces }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('code' as const), pieces, logs: pieces }) },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ parts: fc.array(part, { minLength: 1, maxLength: 3 }), isIncomplete: fc.boolean() }),
  fc.record({ calls: fc.array(call, { minLength: 1, maxLength: 3 }), isAnswered: fc.boolean() }),
);

const finalStatuses = [
  'completed',
  'incomplete',
  'failed',
  'cancelled',
  'expired',
  'requires_action',
] as const;

/** Runs that a server may stream: one step after the other, with parts and calls that grow in turns. */
export const legalRun: fc.Arbitrary<LegalRun> = fc
  .record({
    steps: fc.array(step, { maxLength: 3 }),
    end: fc.constantFrom(...finalStatuses),
    /** Selects the part or call that grows next. */
    turns: fc.array(fc.nat(2), { maxLength: 12 }),
  })
  .map(({ steps, end, turns }) => createRun(steps, end, turns));

function createRun(
  plan: readonly Step[],
  end: (typeof finalStatuses)[number],
  turns: readonly number[],
): LegalRun {
  const events: AssistantStreamEvent[] = [
    { event: 'thread.run.created', data: aRun() },
    { event: 'thread.run.queued', data: aRun() },
    { event: 'thread.run.in_progress', data: aRun({ status: 'in_progress' }) },
  ];
  const messages: Message[] = [];
  const steps: RunStep[] = [];
  plan.forEach((step, number) => {
    const created =
      'parts' in step
        ? createMessageStep(step, number, turns)
        : createToolStep(step, number, turns);
    events.push(...created.events);
    steps.push(created.step);
    if (created.message) messages.push(created.message);
  });
  const run = aRun({ status: end });
  events.push({ event: `thread.run.${end}`, data: run });
  return { events, run, messages, steps };
}

function createMessageStep(
  { parts, isIncomplete }: Extract<Step, { parts: Part[] }>,
  number: number,
  turns: readonly number[],
) {
  const messageId = `msg_${number}`;
  const created = aMessage(undefined, { id: messageId });
  const step = aStep({
    id: `step_${number}`,
    type: 'message_creation',
    step_details: { type: 'message_creation', message_creation: { message_id: messageId } },
  });
  const finished: Message = {
    ...created,
    content: parts.map(createPart),
    status: isIncomplete ? 'incomplete' : 'completed',
    incomplete_details: isIncomplete ? { reason: 'max_tokens' } : null,
  };
  const finishedStep: RunStep = { ...step, status: 'completed' };
  const deltas = interleave(
    parts.map((part, index) => createPartDeltas(part, index)),
    turns,
  );
  const events: AssistantStreamEvent[] = [
    { event: 'thread.run.step.created', data: step },
    { event: 'thread.run.step.in_progress', data: step },
    { event: 'thread.message.created', data: created },
    { event: 'thread.message.in_progress', data: created },
    ...deltas.map((content): AssistantStreamEvent => ({
      event: 'thread.message.delta',
      data: { id: messageId, object: 'thread.message.delta', delta: { content } },
    })),
    {
      event: isIncomplete ? 'thread.message.incomplete' : 'thread.message.completed',
      data: finished,
    },
    { event: 'thread.run.step.completed', data: finishedStep },
  ];
  return { events, message: finished, step: finishedStep };
}

function createToolStep(
  { calls, isAnswered }: Extract<Step, { calls: Call[] }>,
  number: number,
  turns: readonly number[],
) {
  const id = `step_${number}`;
  const created = aStep({ id });
  const toolCalls = calls.map((call, index) =>
    createCall(call, `call_${number}_${index}`, isAnswered),
  );
  const step: RunStep = {
    ...created,
    status: isAnswered ? 'completed' : 'in_progress',
    step_details: { type: 'tool_calls', tool_calls: toolCalls },
  };
  const deltas = interleave(
    calls.map((call, index) => createCallDeltas(call, index, `call_${number}_${index}`)),
    turns,
  );
  const events: AssistantStreamEvent[] = [
    { event: 'thread.run.step.created', data: created },
    { event: 'thread.run.step.in_progress', data: created },
    ...deltas.map((tool_calls): AssistantStreamEvent => ({
      event: 'thread.run.step.delta',
      data: {
        id,
        object: 'thread.run.step.delta',
        delta: { step_details: { type: 'tool_calls', tool_calls } },
      },
    })),
  ];
  if (isAnswered) events.push({ event: 'thread.run.step.completed', data: step });
  return { events, step, message: undefined };
}

/** Lists the first element of each list in order, then the others in turns. Sometimes combines two in one delta. */
function interleave<T>(lists: readonly T[][], turns: readonly number[]): T[][] {
  const rest = lists.map((list) => list.slice(1));
  const deltas = lists.map((list) => list.slice(0, 1));
  for (let index = 0; rest.some(({ length }) => length > 0); index += 1) {
    const remaining = rest.filter(({ length }) => length > 0);
    const turn = turns[index % (turns.length || 1)] ?? 0;
    const isCombined = turn === 2 && remaining.length > 1;
    const selected = isCombined ? [turn, turn + 1] : [turn];
    deltas.push(selected.flatMap((each) => remaining[each % remaining.length]?.splice(0, 1) ?? []));
  }
  return deltas;
}

function createPartDeltas(part: Part, index: number): DeltaContent[] {
  if (part.kind === 'image')
    return [{ index, type: 'image_file', image_file: { file_id: `file-${index}` } }];
  if (part.kind === 'refusal')
    return part.pieces.map((refusal) => ({ index, type: 'refusal', refusal }));
  const [first = '', ...rest] = part.pieces;
  return [
    { index, type: 'text', text: { value: first, annotations: [] } },
    ...rest.map((value): DeltaContent => ({ index, type: 'text', text: { value } })),
    ...createCitations(part.citations).map((citation, place): DeltaContent => ({
      index,
      type: 'text',
      text: { annotations: [{ index: place, ...citation }] },
    })),
  ];
}

function createPart(part: Part, index: number): MessageContent {
  if (part.kind === 'image')
    return { type: 'image_file', image_file: { file_id: `file-${index}` } };
  if (part.kind === 'refusal') return { type: 'refusal', refusal: part.pieces.join('') };
  return {
    type: 'text',
    text: { value: part.pieces.join(''), annotations: createCitations(part.citations) },
  };
}

function createCitations(count: number): FileCitation[] {
  return Array.from({ length: count }, (_, place) => ({
    type: 'file_citation',
    text: `【${place}】`,
    file_citation: { file_id: `file-${place}` },
    start_index: place,
    end_index: place + 3,
  }));
}

function createCallDeltas(call: Call, index: number, id: string): DeltaCall[] {
  const [first = '', ...rest] = call.pieces;
  if (call.kind === 'function') {
    return [
      { index, id, type: 'function', function: { name: 'f', arguments: first, output: null } },
      ...rest.map((text): DeltaCall => ({
        index,
        type: 'function',
        function: { arguments: text },
      })),
    ];
  }
  return [
    { index, id, type: 'code_interpreter', code_interpreter: { input: first, outputs: [] } },
    ...rest.map((input): DeltaCall => ({
      index,
      type: 'code_interpreter',
      code_interpreter: { input },
    })),
    ...call.logs.map((logs): DeltaCall => ({
      index,
      type: 'code_interpreter',
      code_interpreter: { outputs: [{ index: 0, type: 'logs', logs }] },
    })),
  ];
}

function createCall(call: Call, id: string, isAnswered: boolean): RunStepToolCall {
  if (call.kind === 'function') {
    const output = isAnswered ? 'sunny' : null;
    return {
      id,
      type: 'function',
      function: { name: 'f', arguments: call.pieces.join(''), output },
    };
  }
  const outputs = [{ type: 'logs' as const, logs: call.logs.join('') }];
  return {
    id,
    type: 'code_interpreter',
    code_interpreter: { input: call.pieces.join(''), outputs },
  };
}
