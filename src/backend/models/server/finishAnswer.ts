import type { ModelEvent } from '../Model.js';
import type { ToolCallCollector } from './collectToolCalls.js';
import { ServerFault } from './ServerFault.js';

export type FinishReason = (ModelEvent & { type: 'finish' })['reason'];

const COMPLETE = [
  'stop',
  'end_turn',
  'stop_sequence',
  'stop_token',
  'eos',
  'eos_token',
  'eot',
  'complete',
  'completed',
  'done',
  'finish',
];
const CALLED = ['tool_calls', 'tool_call', 'function_call', 'tool_use', 'function_calls'];
const TOO_LONG = ['length', 'max_tokens', 'max_output_tokens', 'model_length', 'token_limit'];
const FILTERED = [
  'content_filter',
  'content_filtered',
  'safety',
  'sensitive',
  'recitation',
  'prohibited_content',
  'blocklist',
  'spii',
  'image_safety',
  'refusal',
  'error_toxic',
  'guardrail_intervened',
];
/** Reason of servers that stopped because the prompt and the answer fill the context of the model. */
const CONTEXT_FULL = ['model_context_window_exceeded', 'context_length', 'context_length_exceeded'];

const FINISH_REASONS: ReadonlyMap<string, FinishReason> = new Map([
  ...COMPLETE.map((name) => [name, 'stop'] as const),
  ...CALLED.map((name) => [name, 'tool_calls'] as const),
  ...[...TOO_LONG, ...CONTEXT_FULL].map((name) => [name, 'max_completion_tokens'] as const),
  ...FILTERED.map((name) => [name, 'content_filter'] as const),
]);

/** Reasons that other names mean, unless they name an error. */
const PATTERNS: readonly (readonly [pattern: RegExp, reason: FinishReason])[] = [
  [/length|max.*token|tokens?_limit|token_budget|context/, 'max_completion_tokens'],
  [/filter|safety|moderat|policy|blocked|prohibited|flagged/, 'content_filter'],
];

/**
 * Returns the finish reason for the one that a server names, in any case and notation.
 *
 * @throws ServerFault for an error, and for an unknown reason, which may mean that the answer is not complete.
 */
export function toFinishReason(reason: string): FinishReason {
  const name = normalizeReason(reason);
  const known = FINISH_REASONS.get(name);
  if (known !== undefined) return known;
  const isError = /error|fail/.test(name);
  const similar = PATTERNS.find(([pattern]) => pattern.test(name))?.[1];
  if (similar !== undefined && !isError) return similar;
  throw new ServerFault(
    'server_error',
    isError
      ? `The model server failed during its answer (${reason.slice(0, 100)}).`
      : `The model server ended its answer for an unknown reason: ${reason.slice(0, 100)}.`,
  );
}

/** Returns true for the reason of an answer that is not cut off. */
export function isComplete(reason: FinishReason): boolean {
  return reason === 'stop' || reason === 'tool_calls';
}

/** Returns true for a known name of a reason that cuts an answer off. */
export function isEarlyEnd(reason: string): boolean {
  const known = FINISH_REASONS.get(normalizeReason(reason));
  return known !== undefined && !isComplete(known);
}

function normalizeReason(reason: string): string {
  const name = reason
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  return name.replace(/^finish_reason_/, '');
}

/**
 * Yields the last events of an answer: its usage, what remains of its tool calls, and the finish event. An answer with calls that
 * a server ends with `stop` is reported as `tool_calls`. Calls of a truncated answer are incomplete, so they are not reported.
 *
 * @param turn Data of the answer that the server needs back with the outputs of its calls.
 */
export function* finishAnswer(
  reason: FinishReason,
  usage: ModelEvent | undefined,
  calls: ToolCallCollector,
  turn?: unknown,
): Generator<ModelEvent, void, void> {
  if (usage !== undefined) yield usage;
  const hasCalls = calls.list().length > 0;
  if (reason === 'tool_calls' && !hasCalls && calls.mayCall) throw createMissingCallFault();
  if (isComplete(reason) && hasCalls) {
    // Before the searches, which start steps of their own.
    const events = calls.finish();
    yield* events.filter(({ type }) => type !== 'search');
    if (turn !== undefined) yield { type: 'providerData', data: turn };
    yield* events.filter(({ type }) => type === 'search');
  }
  yield { type: 'finish', reason: isComplete(reason) && hasCalls ? 'tool_calls' : reason };
}

/** Creates the fault for an answer whose calls the server has lost, for example because it could not parse them. */
function createMissingCallFault(): ServerFault {
  return new ServerFault(
    'server_error',
    'The model server announced a function call, and sent none. Check its settings for function calls, such as its parser.',
    { retryable: true },
  );
}

/** Returns true for a reason that means that the model had no room for an answer, if it has given none. */
export function isContextFull(reason: string): boolean {
  return CONTEXT_FULL.includes(normalizeReason(reason));
}

/** Creates the fault for a prompt that fills the context of the model. It leads to a shorter prompt. */
export function createContextFault(reason: string): ServerFault {
  return new ServerFault(
    'invalid_prompt',
    `The messages of the thread leave the model no room for an answer (${reason}).`,
    { kind: 'rejected', detail: 'context_length_exceeded' },
  );
}

/** Creates the fault for a stream that ends without a finish reason. */
export function createInterruptedFault(): ServerFault {
  return new ServerFault(
    'server_error',
    'The model server closed the stream before the end of its answer.',
    { retryable: true },
  );
}
