import type { ModelEvent } from '../Model.js';
import type { ToolCallCollector } from './collectToolCalls.js';
import { ServerFault } from './ServerFault.js';

export type FinishReason = (ModelEvent & { type: 'finish' })['reason'];

/**
 * Yields the last events of an answer: its usage, what remains of its tool calls, and the finish event. An answer with calls that
 * a server ends with `stop` is reported as `tool_calls`. Calls of a truncated answer are incomplete, so they are not reported.
 */
export function* finishAnswer(
  reason: FinishReason,
  usage: ModelEvent | undefined,
  calls: ToolCallCollector,
): Generator<ModelEvent, void, void> {
  const isComplete = reason === 'stop' || reason === 'tool_calls';
  if (usage !== undefined) yield usage;
  if (isComplete) yield* calls.finish();
  const hasCalls = calls.getKeys().length > 0;
  yield { type: 'finish', reason: isComplete && hasCalls ? 'tool_calls' : reason };
}

/** Creates the fault for a stream that ends without a finish reason. */
export function createInterruptedFault(): ServerFault {
  return new ServerFault(
    'server_error',
    'The model server closed the stream before the end of its answer.',
    { retryable: true },
  );
}
