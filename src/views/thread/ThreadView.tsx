'use client';
import type { ReactElement, ReactNode } from 'react';
import type { Suggestion } from '../../components/feedback/EmptyState.js';
import type { PartProps } from '../../components/part.js';
import type { ConversationOptions } from '../../hooks/useConversationStore.js';
import type { MessageActionsOptions } from './messages/MessageActionsContext.js';
import { Thread } from './Thread.js';
import type { ReasoningOptions, ThreadNavigationOptions, ThreadRootState } from './ThreadRoot.js';

/** Props of `ThreadView`. */
export interface ThreadViewProps
  extends
    ConversationOptions,
    MessageActionsOptions,
    ThreadNavigationOptions,
    ReasoningOptions,
    Omit<PartProps<'section', ThreadRootState>, keyof ConversationOptions> {
  /** First messages that the user can choose from: texts, or cards with a title. */
  suggestions?: readonly (string | Suggestion)[];
  /** Content of a thread without messages. @default a `Thread.Empty` with the suggestions */
  empty?: ReactNode;
  /** @default a `Thread.Composer` */
  composer?: ReactNode;
  /** More parts of the thread, such as `ThreadQuote`. */
  children?: ReactNode;
  /**
   * Opens a search in the thread with Ctrl+F or Cmd+F if the thread is so long that only a part of it is in the page. Pressed
   * again, these keys open the search of the browser.
   *
   * @default true
   */
  hasSearch?: boolean | undefined;
}

/**
 * Complete chat: messages, reasoning, tool calls, tool outputs, status, errors and composer. Fills the height of its
 * parent. To change what it contains, compose the parts of `Thread` instead.
 *
 * Element: section, a `Thread.Root`.
 * Data attributes: `data-status`, the status of the run.
 * Context: `AssistantsProvider`.
 *
 * @example
 * ```tsx
 * import { AssistantsProvider, createAssistantsClient, ThreadView } from 'assistants-react';
 * import 'assistants-react/styles.css';
 *
 * const client = createAssistantsClient({ baseUrl: '/api/v1' });
 *
 * export function App() {
 *   return (
 *     <AssistantsProvider client={client}>
 *       <div style={{ height: '100dvh' }}>
 *         <ThreadView assistantId="asst_123" suggestions={['What can you do?']} />
 *       </div>
 *     </AssistantsProvider>
 *   );
 * }
 * ```
 */
export function ThreadView({
  suggestions,
  empty = <Thread.Empty suggestions={suggestions} />,
  composer = <Thread.Composer />,
  hasSearch = true,
  children,
  ...props
}: ThreadViewProps): ReactElement {
  return (
    <Thread.Root {...props}>
      <Thread.Messages empty={empty}>
        <Thread.Reasoning />
        <Thread.ToolOutputs />
        <Thread.Status />
        <Thread.Error />
      </Thread.Messages>
      {composer}
      {hasSearch && <Thread.Search />}
      {children}
    </Thread.Root>
  );
}
