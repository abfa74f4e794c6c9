import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { toAssistantsError } from '../../client/AssistantsError.js';
import { isHidden } from '../../common/isHidden.js';
import { sleep } from '../../common/sleep.js';

const FIRST_DELAY_MS = 5_000;
const MAX_DELAY_MS = 30_000;

interface ConnectionCheck {
  /** Number of callers that wait. */
  waiting: number;
  controller: AbortController;
  ended: Promise<void>;
}

/** Checks in progress. All errors of a client share one. */
const checks = new WeakMap<AssistantsClient, ConnectionCheck>();

/**
 * Resolves when the server can be reached again: requests something small at growing intervals, and as soon as the browser is
 * online, until any response arrives. Requests nothing while the page is hidden, and nothing more once the signals of all callers
 * have been aborted. Never rejects. Source: listMessages, or listAssistants without a thread.
 */
export function waitForConnection(
  client: AssistantsClient,
  threadId: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const check = checks.get(client) ?? startCheck(client, threadId);
  check.waiting += 1;
  signal.addEventListener('abort', () => {
    check.waiting -= 1;
    if (check.waiting > 0) return;
    if (checks.get(client) === check) checks.delete(client);
    check.controller.abort();
  });
  return check.ended;
}

function startCheck(client: AssistantsClient, threadId: string | undefined): ConnectionCheck {
  const controller = new AbortController();
  const ended = requestUntilResponse(client, threadId, controller.signal).then(() => {
    if (checks.get(client) === check) checks.delete(client);
  });
  const check = { waiting: 0, controller, ended };
  checks.set(client, check);
  return check;
}

async function requestUntilResponse(
  client: AssistantsClient,
  threadId: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  for (let delayMs = FIRST_DELAY_MS; !signal.aborted;) {
    await sleepUntilOnline(delayMs, signal);
    delayMs = Math.min(delayMs * 2, MAX_DELAY_MS);
    if (!isHidden() && (await canReach(client, threadId, signal))) return;
  }
}

/** Resolves after a delay, or when the browser gets a network connection. */
async function sleepUntilOnline(delayMs: number, signal: AbortSignal): Promise<void> {
  const online = new AbortController();
  const onOnline = (): void => online.abort();
  globalThis.addEventListener?.('online', onOnline);
  await sleep(delayMs, AbortSignal.any([signal, online.signal]));
  globalThis.removeEventListener?.('online', onOnline);
}

async function canReach(
  client: AssistantsClient,
  threadId: string | undefined,
  signal: AbortSignal,
): Promise<boolean> {
  const query = { limit: 1 };
  try {
    await (threadId === undefined
      ? client.listAssistants({ query }, { signal })
      : client.listMessages({ threadId, query }, { signal }));
    return true;
  } catch (reason) {
    // An error of the server is a response, too.
    return toAssistantsError(reason).status !== undefined;
  }
}
