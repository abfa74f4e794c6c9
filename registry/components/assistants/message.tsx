'use client';

import { Thread as ThreadPrimitive, type ThreadMessageProps } from 'assistants-react';
import { cn } from '@/lib/utils';

/**
 * One message with its files, sources and actions. The text of the user is in a bubble, that of the assistant on the page
 * itself. Pass `avatar`, `actions` or `footer` to replace a part of it.
 */
export function Message({ className, ...props }: ThreadMessageProps) {
  return (
    <ThreadPrimitive.Message
      className={cn(
        'data-[role=user]:**:data-[part=message-text]:rounded-2xl',
        'data-[role=user]:**:data-[part=message-text]:rounded-ee-md',
        'data-[role=user]:**:data-[part=message-text]:bg-secondary',
        'data-[role=user]:**:data-[part=message-text]:text-secondary-foreground',
        '**:data-[part=message-footer]:text-xs **:data-[part=message-footer]:text-muted-foreground',
        className,
      )}
      {...props}
    />
  );
}
