import { setBounded } from '../../../common/setBounded.js';
import type { ModelEvent } from '../Model.js';
import { ServerFault } from './ServerFault.js';

/** Ways to ask a model, from the usual one to one that leaves out most of the prompt. */
export interface LastResortRequest {
  threadId: string;
  send: () => AsyncIterable<ModelEvent>;
  /** Sends the newest messages only, in the plainest form. Undefined if that is the usual request. */
  sendPlain: () => AsyncIterable<ModelEvent> | undefined;
}

const MAX_THREADS = 1_000;

/**
 * Returns a function that streams an answer. If a thread fails for the second time in a row, and the server says nothing
 * about the reason, its history may be the reason. The function then asks without it, because the thread would be of no use
 * otherwise. The first failure is thrown: most are failures of the server, and pass.
 */
export function createLastResort() {
  const failedThreads = new Map<string, true>();

  return async function* respond({
    threadId,
    send,
    sendPlain,
  }: LastResortRequest): AsyncGenerator<ModelEvent, void, void> {
    let hasStarted = false;
    try {
      for await (const event of send()) {
        hasStarted = true;
        yield event;
      }
      failedThreads.delete(threadId);
    } catch (error) {
      if (hasStarted || !isUnexplained(error)) throw error;
      const plain = failedThreads.has(threadId) ? sendPlain() : undefined;
      setBounded(failedThreads, threadId, true, MAX_THREADS);
      if (plain === undefined) throw error;
      yield* withFirstError(plain, error);
    }
  };
}

/** Throws the given error if the events fail before the first one. */
async function* withFirstError(
  events: AsyncIterable<ModelEvent>,
  firstError: unknown,
): AsyncGenerator<ModelEvent, void, void> {
  let hasStarted = false;
  try {
    for await (const event of events) {
      hasStarted = true;
      yield event;
    }
  } catch (error) {
    throw hasStarted ? error : firstError;
  }
}

/** Returns true for a failure of which the server does not say whether the request is the reason. */
function isUnexplained(error: unknown): boolean {
  return error instanceof ServerFault && error.kind === 'failure';
}
