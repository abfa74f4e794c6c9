'use client';

import { ThreadList as ThreadListPrimitive, type ThreadListProps } from 'assistants-react';
import { SquarePen } from 'lucide-react';
import { cn } from '@/lib/utils';

export interface ThreadSidebarProps extends ThreadListProps {
  /** Called when the user starts a new conversation. */
  onNew: () => void;
}

/** The user's conversations: opens, renames, pins, archives and deletes them. */
export function ThreadList({ onNew, className, ...props }: ThreadSidebarProps) {
  return (
    <nav
      aria-label="Conversations"
      className={cn(
        'flex h-full min-h-0 flex-col gap-2 bg-sidebar p-2 text-sidebar-foreground',
        className,
      )}
    >
      <button
        type="button"
        onClick={onNew}
        className="flex h-9 shrink-0 items-center gap-2 rounded-md px-2 text-sm font-medium outline-none hover:bg-sidebar-accent hover:text-sidebar-accent-foreground focus-visible:ring-3 focus-visible:ring-ring/50"
      >
        <SquarePen aria-hidden className="size-4" />
        New chat
      </button>
      <ThreadListPrimitive className="min-h-0 flex-1 overflow-y-auto text-sm" {...props} />
    </nav>
  );
}
