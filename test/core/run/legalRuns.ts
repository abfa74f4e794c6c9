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

/** What a part of a message, or a call of a step, is made of. */
type Part =
  | { kind: 'text'; pieces: string[]; citations: number }
  | { kind: 'refusal'; pieces: string[] }
  | { kind: 'image' };
type Call =
  { kind: 'function'; pieces: string[] } | { kind: 'code'; pieces: string[]; logs: string[] };
type Step = { parts: Part[]; isCut: boolean } | { calls: Call[]; isAnswered: boolean };

export interface LegalRun {
  events: AssistantStreamEvent[];
  /** What the server has in the end. */
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
  fc.record({ parts: fc.array(part, { minLength: 1, maxLength: 3 }), isCut: fc.boolean() }),
  fc.record({ calls: fc.array(call, { minLength: 1, maxLength: 3 }), isAnswered: fc.boolean() }),
);

const ends = [
  'completed',
  'incomplete',
  'failed',
  'cancelled',
  'expired',
  'requires_action',
] as const;

/** Runs as a server may tell them: parts and calls grow in turns, a step behind the other. */
export const legalRun: fc.Arbitrary<LegalRun> = fc
  .record({
    steps: fc.array(step, { maxLength: 3 }),
    end: fc.constantFrom(...ends),
    /** In what turns things grow. */
    turns: fc.array(fc.nat(2), { maxLength: 12 }),
  })
  .map(({ steps, end, turns }) => tell(steps, end, turns));

function tell(
  plan: readonly Step[],
  end: (typeof ends)[number],
  turns: readonly number[],
): LegalRun {
  const events: AssistantStreamEvent[] = [
    { event: 'thread.run.created', data: aRun() },
    { event: 'thread.run.queued', data: aRun() },
    { event: 'thread.run.in_progress', data: aRun({ status: 'in_progress' }) },
  ];
  const messages: Message[] = [];
  const steps: RunStep[] = [];
  plan.forEach((each, number) => {
    const told =
      'parts' in each ? tellMessage(each, number, turns) : tellCalls(each, number, turns);
    events.push(...told.events);
    steps.push(told.step);
    if (told.message) messages.push(told.message);
  });
  const run = aRun({ status: end });
  events.push({ event: `thread.run.${end}`, data: run });
  return { events, run, messages, steps };
}

function tellMessage(
  { parts, isCut }: Extract<Step, { parts: Part[] }>,
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
  const ended: Message = {
    ...created,
    content: parts.map(wholePart),
    status: isCut ? 'incomplete' : 'completed',
    incomplete_details: isCut ? { reason: 'max_tokens' } : null,
  };
  const done: RunStep = { ...step, status: 'completed' };
  const deltas = inTurns(
    parts.map((each, index) => partDeltas(each, index)),
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
    { event: isCut ? 'thread.message.incomplete' : 'thread.message.completed', data: ended },
    { event: 'thread.run.step.completed', data: done },
  ];
  return { events, message: ended, step: done };
}

function tellCalls(
  { calls, isAnswered }: Extract<Step, { calls: Call[] }>,
  number: number,
  turns: readonly number[],
) {
  const id = `step_${number}`;
  const created = aStep({ id });
  const whole = calls.map((each, index) => wholeCall(each, `call_${number}_${index}`, isAnswered));
  const step: RunStep = {
    ...created,
    status: isAnswered ? 'completed' : 'in_progress',
    step_details: { type: 'tool_calls', tool_calls: whole },
  };
  const deltas = inTurns(
    calls.map((each, index) => callDeltas(each, index, `call_${number}_${index}`)),
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

/** First the beginnings in their order, then the rest of each in turns; here and there two in one delta. */
function inTurns<T>(lists: readonly T[][], turns: readonly number[]): T[][] {
  const waiting = lists.map((list) => list.slice(1));
  const deltas = lists.map((list) => list.slice(0, 1));
  for (let at = 0; waiting.some(({ length }) => length > 0); at++) {
    const from = waiting.filter(({ length }) => length > 0);
    const turn = turns[at % (turns.length || 1)] ?? 0;
    const first = from[turn % from.length]?.splice(0, 1) ?? [];
    const second =
      turn === 2 && from.length > 1 ? (from[(turn + 1) % from.length]?.splice(0, 1) ?? []) : [];
    deltas.push([...first, ...second]);
  }
  return deltas;
}

function partDeltas(part: Part, index: number): DeltaContent[] {
  if (part.kind === 'image')
    return [{ index, type: 'image_file', image_file: { file_id: `file-${index}` } }];
  if (part.kind === 'refusal')
    return part.pieces.map((refusal) => ({ index, type: 'refusal', refusal }));
  const [first = '', ...rest] = part.pieces;
  return [
    { index, type: 'text', text: { value: first, annotations: [] } },
    ...rest.map((value): DeltaContent => ({ index, type: 'text', text: { value } })),
    ...citations(part.citations).map((citation, place): DeltaContent => ({
      index,
      type: 'text',
      text: { annotations: [{ index: place, ...citation }] },
    })),
  ];
}

function wholePart(part: Part, index: number): MessageContent {
  if (part.kind === 'image')
    return { type: 'image_file', image_file: { file_id: `file-${index}` } };
  if (part.kind === 'refusal') return { type: 'refusal', refusal: part.pieces.join('') };
  return {
    type: 'text',
    text: { value: part.pieces.join(''), annotations: citations(part.citations) },
  };
}

function citations(count: number): FileCitation[] {
  return Array.from({ length: count }, (_, place) => ({
    type: 'file_citation',
    text: `【${place}】`,
    file_citation: { file_id: `file-${place}` },
    start_index: place,
    end_index: place + 3,
  }));
}

function callDeltas(call: Call, index: number, id: string): DeltaCall[] {
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

function wholeCall(call: Call, id: string, isAnswered: boolean): RunStepToolCall {
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
