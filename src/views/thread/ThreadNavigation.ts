import type { Store } from '../../common/createStore.js';
import type { useConversationRows } from '../../hooks/useConversationRows.js';
import type { UseRowWindowResult } from '../../hooks/useRowWindow.js';

/** Options for `scrollToMessage`. */
export interface ScrollToMessageOptions {
  /** Moves the focus to the message. @default false */
  focus?: boolean | undefined;
  /** Stops loading and scrolling when it aborts. */
  signal?: AbortSignal | undefined;
}

/** Moves the view of a thread. */
export interface ThreadNavigation {
  /**
   * Scrolls to a message and keeps it in place until the user scrolls. Loads older messages up to it, and does not scroll if
   * all of it is visible. Resolves with true when the message is in view, and with false if the thread does not have it, shows
   * another thread meanwhile or has no `Thread.Messages`. Rejects with an AssistantsError if messages cannot be loaded. Source:
   * getMessage, listMessages.
   */
  scrollToMessage: (messageId: string, options?: ScrollToMessageOptions) => Promise<boolean>;
  /** Moves the focus to the text field of the composer, for example when the user opens a new thread. */
  focusComposer: () => void;
}

/** The message list of a thread, as `Thread.Messages` renders it. */
export interface MessageListAccess
  extends
    Pick<ReturnType<typeof useConversationRows>, 'rows' | 'query'>,
    Pick<
      UseRowWindowResult,
      'scrollRef' | 'showRow' | 'isFollowing' | 'jumpToLatest' | 'indexes'
    > {}

/** Navigation of a thread and its message list. */
export interface ThreadNavigationStore extends ThreadNavigation {
  /** Undefined while `Thread.Messages` is not mounted. */
  list: Store<MessageListAccess | undefined>;
}
