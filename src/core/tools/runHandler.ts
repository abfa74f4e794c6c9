import { AssistantsError } from '../../client/AssistantsError.js';
import { raceWithAbort } from '../../client/raceWithAbort.js';
import { encodeErrorOutput, type ToolErrorCode } from '../../protocol/toolOutput.js';
import { createPausableTimeout } from './createPausableTimeout.js';
import { encodeResult } from './encodeResult.js';
import type { FunctionTool, ToolCallContext, ToolContext } from './FunctionTool.js';
import { toError } from './toError.js';
import type { ToolSchema } from './ToolSchema.js';

/** Asks the user a question. Resolves with an answer that is valid for the schema. */
export type AskUser = (schema: ToolSchema, question: string | undefined) => Promise<unknown>;

export interface HandlerCall {
  tool: FunctionTool;
  input: unknown;
  context: ToolCallContext;
  askUser: AskUser;
  /** Arguments of the user, which the output reports to the model. Undefined if they are those of the model. */
  editedArguments: unknown;
}

/**
 * Runs a handler once and returns the output. A handler that throws, exceeds its time limit or returns an invalid result
 * returns the output of an error. Aborts the signal of the handler when it has ended. Never rejects.
 */
export async function runHandler({
  tool,
  input,
  context,
  askUser,
  editedArguments,
}: HandlerCall): Promise<string> {
  const controller = new AbortController();
  const onAbort = (): void => controller.abort(context.signal.reason);
  context.signal.addEventListener('abort', onAbort);
  const { signal } = controller;
  let isLate = false;
  const timeout = createPausableTimeout(tool.timeoutMs, () => {
    isLate = true;
    const message = `The tool took longer than ${tool.timeoutMs} ms.`;
    controller.abort(new AssistantsError('timeout', message));
  });
  const ask: ToolContext['ask'] = async (schema, question) => {
    timeout.pause();
    try {
      // The engine has validated the answer against the schema.
      return (await raceWithAbort(signal, () => askUser(schema, question))) as never;
    } finally {
      timeout.resume();
    }
  };

  try {
    context.signal.throwIfAborted();
    const result = await raceWithAbort(signal, async () =>
      tool.execute?.(input, { ...context, ask, signal }),
    );
    const encoded = await encodeResult(tool.outputSchema, result, editedArguments);
    return 'output' in encoded ? encoded.output : encodeErrorOutput(encoded.error);
  } catch (error) {
    const code: ToolErrorCode = isLate ? 'timeout' : 'failed';
    return encodeErrorOutput({ code, message: toError(error).message });
  } finally {
    timeout.clear();
    context.signal.removeEventListener('abort', onAbort);
    // Cancels a question that is still open.
    controller.abort(new AssistantsError('aborted', 'The tool has ended.'));
  }
}
