'use client';

import {
  Thread as ThreadPrimitive,
  type PositionedRow,
  type ThreadRootProps,
} from 'assistants-react';
import { Composer } from '@/components/assistants/composer';
import { Message } from '@/components/assistants/message';
import { RunStatus } from '@/components/assistants/run-status';
import { ToolForm } from '@/components/assistants/tool-form';
import { Welcome } from '@/components/assistants/welcome';
import { cn } from '@/lib/utils';

export interface ThreadProps extends ThreadRootProps {
  /** First messages that the user can choose from. */
  suggestions?: readonly string[];
}

/** Chat with messages, tool calls, status and composer. Fills the height of its parent, and scrolls inside. */
export function Thread({ suggestions = [], className, ...props }: ThreadProps) {
  return (
    <ThreadPrimitive.Root
      className={cn('flex h-full min-h-0 flex-col bg-background text-foreground', className)}
      {...props}
    >
      <ThreadPrimitive.Messages
        className="min-h-0 flex-1 **:data-[part=message-list]:max-w-3xl"
        renderMessage={renderMessage}
        empty={<Welcome suggestions={suggestions} />}
      >
        <ThreadPrimitive.Reasoning />
        <ToolForm />
        <RunStatus />
      </ThreadPrimitive.Messages>
      <Composer />
      <ThreadPrimitive.Search />
    </ThreadPrimitive.Root>
  );
}

// Outside of the component: a new function would render all messages again.
const renderMessage = (row: PositionedRow) => <Message row={row} />;
