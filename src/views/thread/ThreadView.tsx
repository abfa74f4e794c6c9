'use client';
import type { ReactElement } from 'react';
import type { PartProps } from '../../components/part.js';
import type { ConversationOptions } from '../../hooks/useConversationStore.js';
import type { MessageActionsOptions } from './messages/MessageActionsContext.js';
import { Thread } from './Thread.js';

/** Props of `ThreadView`. */
export interface ThreadViewProps
  extends
    ConversationOptions,
    MessageActionsOptions,
    Omit<PartProps<'section'>, 'children' | keyof ConversationOptions> {
  /** Messages to begin with. */
  suggestions?: readonly string[];
}

/**
 * A whole chat: messages, steps, tool outputs, status, errors, composer. Fills its parent's height. To change what is in
 * it, put the parts of `Thread` together yourself. Element: section.
 */
export function ThreadView({ suggestions, ...props }: ThreadViewProps): ReactElement {
  return (
    <Thread.Root {...props}>
      <Thread.Messages empty={<Thread.Empty suggestions={suggestions} />}>
        <Thread.Steps />
        <Thread.ToolOutputs />
        <Thread.Status />
        <Thread.Error />
      </Thread.Messages>
      <Thread.Composer />
    </Thread.Root>
  );
}
