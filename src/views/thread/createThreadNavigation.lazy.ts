import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { toAssistantsError } from '../../client/AssistantsError.js';
import type { Store } from '../../common/createStore.js';
import type { Conversation } from '../../core/conversation/Conversation.js';
import type { MessageListAccess, ScrollToMessageOptions } from './ThreadNavigation.js';

/** Parts of a thread that `scrollToMessage` uses. */
export interface NavigationContext {
  client: AssistantsClient;
  conversation: Conversation;
  list: Store<MessageListAccess | undefined>;
}

/** Lazy half of `createThreadNavigation`. */
export async function scrollToMessage(
  context: NavigationContext,
  messageId: string,
  { focus = false, signal }: ScrollToMessageOptions = {},
): Promise<boolean> {
  const { conversation, list } = context;
  const { threadId } = conversation.getState();
  const isStopped = (): boolean =>
    signal?.aborted === true ||
    list.getState() === undefined ||
    conversation.getState().threadId !== threadId;
  const waitForList = (condition: (current: MessageListAccess) => boolean): Promise<boolean> =>
    waitFor(
      list,
      (current) => isStopped() || (current !== undefined && condition(current)),
      signal,
    );

  const key = conversation.getState().rowKeys.get(messageId) ?? messageId;
  const hasRow = ({ rows }: MessageListAccess): boolean => rows.some((row) => row.key === key);
  await waitForList((current) => hasRow(current) || !current.query.isLoading);
  if (isStopped()) return false;
  if (!hasRow(getList(list)) && !(await hasMessage(context, threadId, messageId))) return false;
  while (!isStopped() && !hasRow(getList(list))) {
    const { query } = getList(list);
    if (!query.hasNextPage) return false;
    const { isError, error, data } = await query.fetchNextPage();
    if (isError) throw error;
    // The list renders the loaded messages in a later task.
    const newest = data?.length ?? 0;
    await waitForList((current) => (current.query.data?.length ?? 0) >= newest);
  }
  if (isStopped()) return false;
  return showRow(context, key, { focus, waitForList });
}

async function showRow(
  { list }: NavigationContext,
  key: string,
  options: {
    focus: boolean;
    waitForList: (condition: (current: MessageListAccess) => boolean) => Promise<boolean>;
  },
): Promise<boolean> {
  const current = getList(list);
  if (!isVisible(current, key)) current.showRow(key);
  await options.waitForList((next) => findRow(next, key) !== undefined);
  const row = findRow(getList(list), key);
  if (!row) return false;
  // Environments without layout, such as jsdom, do not scroll.
  if (typeof ResizeObserver === 'undefined') row.scrollIntoView?.();
  if (options.focus) {
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
  }
  return true;
}

/** Returns the list. It is mounted: the caller has checked. */
function getList(list: Store<MessageListAccess | undefined>): MessageListAccess {
  const current = list.getState();
  if (!current) throw new Error('scrollToMessage: Thread.Messages was unmounted.');
  return current;
}

/** Returns false if the server does not have the message: no older page has it. */
async function hasMessage(
  { client }: NavigationContext,
  threadId: string | undefined,
  messageId: string,
): Promise<boolean> {
  if (threadId === undefined) return false;
  try {
    await client.getMessage({ threadId, messageId });
    return true;
  } catch (reason) {
    const error = toAssistantsError(reason);
    // The message may be on an older page.
    if (error.kind === 'unsupported') return true;
    if (error.status === 404 || error.kind === 'invalid-id') return false;
    throw error;
  }
}

function findRow({ scrollRef }: MessageListAccess, key: string): HTMLElement | undefined {
  const rows = scrollRef.current?.querySelectorAll<HTMLElement>('[data-key]');
  return [...(rows ?? [])].find(({ dataset }) => dataset['key'] === key);
}

function isVisible(list: MessageListAccess, key: string): boolean {
  const row = findRow(list, key)?.getBoundingClientRect();
  const view = list.scrollRef.current?.getBoundingClientRect();
  if (!row || !view || row.height === 0) return false;
  return row.top >= view.top && row.bottom <= view.bottom;
}

/** Resolves with true once the condition holds, and with false when the signal aborts. */
function waitFor<State>(
  { getState, subscribe }: Store<State>,
  condition: (state: State) => boolean,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (condition(getState())) return Promise.resolve(true);
  return new Promise((resolve) => {
    const end = (result: boolean): void => {
      unsubscribe();
      signal?.removeEventListener('abort', onAbort);
      resolve(result);
    };
    const onAbort = (): void => end(false);
    const unsubscribe = subscribe(() => {
      if (condition(getState())) end(true);
    });
    signal?.addEventListener('abort', onAbort);
  });
}
