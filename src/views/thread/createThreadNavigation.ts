import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { createStore } from '../../common/createStore.js';
import type { Conversation } from '../../core/conversation/Conversation.js';
import { importModule } from '../../core/lazyModule.js';
import { findComposer } from './findComposer.js';
import type { MessageListAccess, ThreadNavigationStore } from './ThreadNavigation.js';

/** Creates the navigation of a thread. Its code is loaded when it is first used. */
export function createThreadNavigation(
  client: AssistantsClient,
  conversation: Conversation,
): ThreadNavigationStore {
  const list = createStore<MessageListAccess | undefined>(undefined);
  return {
    list,
    focusComposer: () =>
      findComposer(list.getState()?.scrollRef.current)?.focus({ preventScroll: true }),
    async scrollToMessage(messageId, options) {
      const { scrollToMessage } = await importModule(
        'the navigation of the thread',
        () => import('./createThreadNavigation.lazy.js'),
      );
      return scrollToMessage({ client, conversation, list }, messageId, options);
    },
  };
}
