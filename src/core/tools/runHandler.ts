import { AssistantsError } from '../../client/AssistantsError.js';
import { parseArguments } from '../../protocol/toolArguments.js';
import { encodeOutput, type ToolError } from '../../protocol/toolOutput.js';
import type { Tool, ToolContext } from './defineTool.js';
import { checkSchema, type SchemaIssue, type ToolSchema } from './schema.js';

/** How a question is put to the person; resolves with an answer that fits. */
export type Ask = (schema: ToolSchema, question: string | undefined) => Promise<unknown>;

/**
 * Runs the handler of a tool once. Whatever it does, throws, hangs, returns something that is no JSON, it comes to an
 * output or an error. Aborts the handler's signal when its time is up, or with `signal`.
 */
export async function runHandler(
  tool: Tool,
  input: unknown,
  { ask, signal, edited, ...context }: Omit<ToolContext, 'ask'> & { ask: Ask; edited?: unknown },
): Promise<{ output: string } | { error: ToolError }> {
  const { timeoutMs } = tool;
  const ending = new AbortController();
  const end = () => ending.abort(signal.reason);
  signal.addEventListener('abort', end);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let leftMs = timeoutMs;
  let startedAt = 0;
  let isLate = false;
  const stopClock = () => {
    clearTimeout(timer);
    leftMs -= Date.now() - startedAt;
  };
  const startClock = () => {
    if (ending.signal.aborted) return;
    startedAt = Date.now();
    const late = () => {
      isLate = true;
      ending.abort(new AssistantsError('timeout', `The tool took longer than ${timeoutMs} ms.`));
    };
    // A longer timer would fire at once, and Infinity too.
    timer = leftMs < 2 ** 31 ? setTimeout(late, leftMs) : undefined;
  };
  let asking = 0;
  const stoppingClock: ToolContext['ask'] = async (schema, question) => {
    if (asking++ === 0) stopClock();
    try {
      return (await orAbort(ask(schema, question), ending.signal)) as never;
    } finally {
      if (--asking === 0) startClock();
    }
  };

  try {
    startClock();
    signal.throwIfAborted();
    const work = async () =>
      tool.execute?.(input, { ...context, ask: stoppingClock, signal: ending.signal });
    const value = await orAbort(work(), ending.signal);
    return await encodeChecked(tool.output, value, edited);
  } catch (error) {
    return { error: { code: isLate ? 'timeout' : 'failed', message: toError(error).message } };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    // A question that nobody waits for any more is taken back.
    ending.abort(new AssistantsError('aborted', 'The tool has ended.'));
  }
}

/**
 * A result as an output: held against the schema, then written.
 * @param edited the arguments in place of the model's own, which it is told with the result
 */
export async function encodeChecked(
  schema: ToolSchema | undefined,
  result: unknown,
  edited?: unknown,
): Promise<{ output: string } | { error: ToolError; issues: readonly SchemaIssue[] }> {
  const { value, issues } = await checkSchema(schema, result);
  try {
    if (issues.length === 0) {
      return {
        output: encodeOutput(
          edited === undefined ? value : { edited_arguments: edited, output: value ?? null },
        ),
      };
    }
    return { error: { code: 'invalid_output', message: describeIssues(issues) }, issues };
  } catch (error) {
    const { message } = toError(error);
    return { error: { code: 'invalid_output', message }, issues: [{ message, path: [] }] };
  }
}

/** Reads the arguments of a call and holds them against the parameters: the input, or in words what is wrong. */
export async function readInput(
  schema: ToolSchema | undefined,
  argumentsText: string,
): Promise<{ input: unknown; problem: undefined } | { input: undefined; problem: string }> {
  const parsed = parseArguments(argumentsText);
  if ('problem' in parsed) {
    const { problem, detail } = parsed;
    const words = {
      malformed: 'are no JSON',
      'duplicate-key': 'name a field twice',
      'reserved-key': 'name a reserved field',
    };
    return { input: undefined, problem: `The arguments ${words[problem]}: ${detail}` };
  }
  const { value, issues } = await checkSchema(schema, parsed.value);
  return issues.length > 0
    ? { input: undefined, problem: describeIssues(issues) }
    : { input: value, problem: undefined };
}

/** Issues in one line, each with its place. */
export function describeIssues(issues: readonly SchemaIssue[]): string {
  return issues
    .map(({ message, path }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
    .join(' ');
}

function toError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  try {
    return new Error(String(thrown));
  } catch {
    return new Error('The tool threw something that cannot be shown.');
  }
}

function orAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(toError(signal.reason));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
