import { callSafely } from '../../common/callSafely.js';
import * as keys from '../../queries/keys.js';
import type { ConversationContext } from './ConversationContext.js';

/** Assigns the thread that was created for the first message. Does nothing if the conversation has a thread. */
export function assignThread(context: ConversationContext, threadId: string): void {
  if (context.getState().threadId !== undefined) return;
  context.dispatch({ type: 'threadCreated', threadId });
  notifyThreadChange(context, threadId);
}

/** Continues in a thread that was just created, or in a new one if `threadId` is undefined. */
export function leaveThread(context: ConversationContext, threadId: string | undefined): void {
  context.getState().followed?.detach();
  context.dispatch({ type: 'threadLeft', threadId });
  notifyThreadChange(context, threadId);
}

function notifyThreadChange(context: ConversationContext, threadId: string | undefined): void {
  const { client, queryClient } = context;
  const { onThreadCreated, onThreadIdChange } = context.getSettings();
  if (threadId !== undefined) {
    void queryClient.invalidateQueries({ queryKey: keys.threadLists(client.scope) });
    callSafely(onThreadCreated, threadId, { text: getFirstText(context) });
  }
  // A user who shows another thread by now must stay there.
  if (context.getPresence().viewerCount > 0) callSafely(onThreadIdChange, threadId);
}

/** Returns the text of the message that is being sent. */
function getFirstText({ getState }: ConversationContext): string | undefined {
  const content = getState().outbox[0]?.body.content;
  if (content === undefined || typeof content === 'string') return content;
  return content.find((part) => part.type === 'text')?.text;
}
