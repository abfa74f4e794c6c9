import type { FollowedRun } from '../run/FollowedRun.js';
import { isFollowing } from '../run/runPhase.js';
import type { ConversationState } from './Conversation.js';
import { reduceOutbox, type Outbox, type OutboxEvent } from './reduceOutbox.js';

export type ConversationEvent =
  | OutboxEvent
  /** A run is being followed, in place of the one before. */
  | { type: 'runFollowed'; followed: FollowedRun }
  /** The thread of the first message was created. */
  | { type: 'threadCreated'; threadId: string }
  /** The conversation continues in another thread, or in a new one if `threadId` is undefined. */
  | { type: 'threadLeft'; threadId: string | undefined };

/** Returns the state of a conversation after an event. Returns the same object if the event changes nothing. */
export function reduceConversation(
  state: ConversationState,
  event: ConversationEvent,
): ConversationState {
  switch (event.type) {
    case 'runFollowed':
      return { ...state, followed: event.followed };
    case 'threadCreated':
      return state.threadId === undefined ? { ...state, threadId: event.threadId } : state;
    case 'threadLeft':
      return {
        threadId: event.threadId,
        outbox: moveOutbox(state.outbox, event.threadId),
        followed: undefined,
        rowKeys: new Map(),
      };
    case 'stored':
    case 'confirmed': {
      const next = withOutboxEvent(state, event);
      if (event.messageId === undefined) return next;
      return { ...next, rowKeys: new Map(state.rowKeys).set(event.messageId, event.key) };
    }
    default:
      return withOutboxEvent(state, event);
  }
}

/** Returns true if the conversation follows a run that has not ended. */
export function isBusy({ followed }: ConversationState): boolean {
  return followed !== undefined && isFollowing(followed.getState());
}

function withOutboxEvent(state: ConversationState, event: OutboxEvent): ConversationState {
  const outbox = reduceOutbox(state.outbox, event);
  return outbox === state.outbox ? state : { ...state, outbox };
}

/** Returns the items that move along to another thread. A new thread has none of the stored messages. */
function moveOutbox(outbox: Outbox, threadId: string | undefined): Outbox {
  const moved = outbox
    .filter(({ state }) => state !== 'delivered')
    .map((item) => ({ ...item, previousId: undefined }));
  if (threadId !== undefined) return moved;
  return moved.map((item) => (item.state === 'sending' ? item : { ...item, storedId: undefined }));
}
