import type { RunStep } from '../../protocol/types.js';
import { type Model, ModelError } from '../models/Model.js';
import type { Change, Collections } from '../stores/Store.js';
import { buildModelRequest } from './buildModelRequest.js';
import { createRunBatch, type Batch } from './batches.js';
import { type AnswerResult, createAnswerWriter } from './createAnswerWriter.js';
import type { RunContext } from './RunContext.js';
import { readModelStream } from './readModelStream.js';
import type { OverlayStore } from './overlayStore.js';

type Run = Collections['runs'];

/** Number of times in a row that a model may search before it has to answer. */
const MAX_SEARCHES = 10;

/**
 * Asks the model until it answers, calls functions, or fails. Searches of files are answered here.
 *
 * @returns how the run continues
 * @throws RunStoppedError if the signal is aborted, ModelError and errors of the model
 */
export async function executeRun(
  context: RunContext,
  model: Model,
  signal: AbortSignal,
): Promise<Exclude<AnswerResult, { status: 'searched' }>> {
  for (let searches = 0; searches <= MAX_SEARCHES; searches++) {
    const result = await requestAnswer(context, model, signal, searches < MAX_SEARCHES);
    if (!isSearch(result)) return result;
  }
  const message = `The model searched ${MAX_SEARCHES} times without an answer.`;
  throw new ModelError('server_error', message);
}

function isSearch(result: AnswerResult): result is { status: 'searched' } {
  return 'status' in result && result.status === 'searched';
}

async function requestAnswer(
  context: RunContext,
  model: Model,
  signal: AbortSignal,
  canSearch: boolean,
): Promise<AnswerResult> {
  const { run, store, memory } = context;
  const writer = createAnswerWriter(context);
  const held = memory.heldEvents.splice(0);
  for (const event of held) await writer.write(event);
  // Positions of annotations count from the start of a response, so it must not continue an earlier message.
  if (held.length > 0) await writer.write({ type: 'message' });
  memory.turn += 1;
  memory.pendingData = undefined;
  memory.pendingReasoning = undefined;
  memory.reasoningStartedAtMs = undefined;
  const request = await buildModelRequest(store, run, {
    signal,
    usage: memory.usage,
    canSearch,
    readText: context.readText,
  });
  await readModelStream(model.respond(request), signal, (event) => writer.write(event));
  return writer.end();
}

/** Creates the batch that lets a run wait for the outputs of its function calls. */
export async function createRequiresActionBatch(
  store: OverlayStore,
  run: Run,
  calls: RunStep,
): Promise<Batch> {
  const tool_calls =
    calls.step_details.type === 'tool_calls'
      ? calls.step_details.tool_calls.flatMap((call) =>
          call.type === 'function' ? [toPendingCall(call)] : [],
        )
      : [];
  const batch = createRunBatch({
    ...run,
    status: 'requires_action',
    required_action: { type: 'submit_tool_outputs', submit_tool_outputs: { tool_calls } },
  });
  const step = await store.get('steps', calls.id);
  const changes: Change[] = step ? [{ type: 'put', collection: 'steps', object: step }] : [];
  return { ...batch, changes: [...changes, ...batch.changes], settledIds: [calls.id] };
}

type FunctionCall = Extract<
  (RunStep['step_details'] & { type: 'tool_calls' })['tool_calls'][number],
  { type: 'function' }
>;

function toPendingCall({ id, function: { name, arguments: text } }: FunctionCall) {
  return { id, type: 'function' as const, function: { name, arguments: text } };
}
