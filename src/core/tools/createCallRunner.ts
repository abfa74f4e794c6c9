import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { AssistantsError } from '../../client/AssistantsError.js';
import { parseArguments } from '../../protocol/toolArguments.js';
import type { CallLock, CallLocks } from './createCallLocks.js';
import type { CallRecords } from './createCallRecords.js';
import type { CallsStore } from './createCallsStore.js';
import { createConcurrencyLimiter } from './createConcurrencyLimiter.js';
import { createQuestions, type Questions } from './createQuestions.js';
import type { ToolCallContext } from './FunctionTool.js';
import { runHandler } from './runHandler.js';
import type { ToolCallsEvent } from './ToolCallsEvent.js';
import { getOutput, type CallStart, type TrackedCall } from './TrackedCalls.js';

/** Performs the effects of running handlers. Reports each as an event. */
export interface CallRunner extends Pick<Questions, 'answer'> {
  /** Aborts the current work on a call. Returns the signal of the next work. */
  restart: (id: string) => AbortSignal;
  /** Returns the context of a call for its tool. */
  getContext: (id: string, signal: AbortSignal) => ToolCallContext;
  /** Dispatches an event. If it starts the handler of the call, runs it and resolves when it has ended. Never rejects. */
  dispatchAndRun: (id: string, event: ToolCallsEvent) => Promise<void>;
  /** Runs the handler of a call when no other tab holds its lock. Resolves when it has ended. Never rejects. */
  run: (id: string, start: CallStart) => Promise<void>;
  /** Aborts the work on a call that the run no longer waits for, and releases its lock. */
  close: (id: string) => void;
}

export interface CallRunnerOptions {
  client: AssistantsClient;
  runId: string;
  store: CallsStore;
  records: CallRecords;
  locks: CallLocks;
  getThreadId: () => string;
  /** Returns the maximum number of handlers that run at the same time. */
  getConcurrency: () => number;
}

export function createCallRunner(options: CallRunnerOptions): CallRunner {
  const { client, runId, getThreadId, store } = options;
  const { dispatch, getCall } = store;
  const controllers = new Map<string, AbortController>();
  /** Functions that release the locks that this page holds. */
  const releases = new Map<string, () => void>();
  const questions = createQuestions(dispatch);
  const limiter = createConcurrencyLimiter(options.getConcurrency);

  const getContext: CallRunner['getContext'] = (callId, signal) => ({
    threadId: getThreadId(),
    runId,
    callId,
    client,
    signal,
  });

  async function run(id: string, start: CallStart): Promise<void> {
    const signal = controllers.get(id)?.signal ?? AbortSignal.abort();
    const heldBefore = releases.get(id);
    const lock = heldBefore
      ? { before: undefined, release: heldBefore }
      : await acquireLock(options, id, signal);
    if (lock && !signal.aborted) {
      // Before the event: its listeners may close the call, which releases the lock.
      releases.set(id, lock.release);
      dispatch({ type: 'lockAcquired', id, record: lock.before });
      const tracked = getCall(id);
      if (tracked && isHandledHere(tracked)) return await execute(tracked, signal);
      if (!heldBefore) releases.delete(id);
    }
    if (lock && !heldBefore) lock.release();
    dispatch({ type: 'startCancelled', id, start });
  }

  async function execute({ call, tool }: TrackedCall, signal: AbortSignal): Promise<void> {
    if (call.state !== 'running' || !tool) return;
    const { id } = call;
    await limiter.run(tool, signal, async () => {
      dispatch({ type: 'started', id });
      const output = await runHandler({
        tool,
        input: call.input,
        context: getContext(id, signal),
        askUser: (schema, question) => questions.ask(id, schema, question),
        editedArguments: call.isEdited === true ? parseValue(call.argumentsText) : undefined,
      });
      if (!signal.aborted) dispatch({ type: 'completed', id, output });
    });
  }

  return {
    answer: questions.answer,
    getContext,
    run,
    restart(id) {
      controllers.get(id)?.abort(new AssistantsError('aborted', 'The call has an output.'));
      questions.remove(id);
      const controller = new AbortController();
      controllers.set(id, controller);
      return controller.signal;
    },
    async dispatchAndRun(id, event) {
      const startBefore = getCall(id)?.start;
      dispatch(event);
      const start = getCall(id)?.start;
      if (start && start !== startBefore) await run(id, start);
    },
    close(id) {
      const reason = new AssistantsError('aborted', 'The run no longer waits for this call.');
      controllers.get(id)?.abort(reason);
      releases.get(id)?.();
      controllers.delete(id);
      releases.delete(id);
      questions.remove(id);
    },
  };
}

/** Acquires the lock of a call. If another tab holds it, reports that, and waits until it is free. */
async function acquireLock(
  { locks, records, store }: CallRunnerOptions,
  id: string,
  signal: AbortSignal,
): Promise<CallLock | undefined> {
  const { key, tool } = store.getCall(id) ?? {};
  if (key === undefined) return undefined;
  const staleMs = tool?.timeoutMs ?? 0;
  try {
    const lock = await locks.acquire(key, { signal, staleMs, wait: false });
    if (lock || signal.aborted) return lock;
    store.dispatch({ type: 'heldElsewhere', id, output: records.read(key)?.output });
    return await locks.acquire(key, { signal, staleMs, wait: true });
  } catch {
    // Aborted, or the browser denies locks.
    return undefined;
  }
}

/** Returns true if this page keeps the lock: it runs the handler, or has taken over the output of a closed page. */
function isHandledHere({ call, isOwn }: TrackedCall): boolean {
  if (call.state === 'running') return call.place !== 'elsewhere';
  return isOwn && getOutput(call) !== undefined;
}

function parseValue(argumentsText: string): unknown {
  const parsed = parseArguments(argumentsText);
  return 'value' in parsed ? parsed.value : undefined;
}
